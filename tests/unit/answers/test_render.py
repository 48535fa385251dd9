"""Texts are filled with today's facts; what is no longer true is not said."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.answers.render import Renderer, Situation
from bot.content import Answer, load_answers, load_facts
from bot.content.facts import Amount, Facts, format_amount

FACTS = Facts(
    amounts={
        "bijdrage": (
            Amount(21.0, "EUR per maand", date(2025, 1, 1), date(2025, 12, 31)),
            Amount(21.8, "EUR per maand", date(2026, 1, 1), date(2026, 12, 31)),
        )
    },
    terms={"onderzoek": {"tekst": "6 weken"}},
    phones={"113": {"naam": "113 Zelfmoordpreventie", "nummer": "113", "wanneer": "dag en nacht", "kosten": "gratis"}},
    municipalities={
        "GM9999": {"loket": "Sociaal Loket"},
        "_landelijk": {"loket": "het Wmo-loket", "wijkteam": "het wijkteam"},
    },
)
TODAY = date(2026, 11, 24)


def answer(key: str, text: str, **more: object) -> tuple[str, list[Answer]]:
    return key, [Answer(key=key, text=text, source="test.yml:1", **more)]  # type: ignore[arg-type]


def say(text: str, slots: dict | None = None, today: date = TODAY, municipality: str | None = None) -> str:
    renderer = Renderer(dict([answer("utter_x", text)]), FACTS, {})
    return renderer.render("utter_x", Situation(slots or {}, today, municipality))["text"]


def test_this_years_amount_is_said_with_its_year() -> None:
    assert (
        say("U betaalt hoogstens {bedrag.bijdrage} in {bedrag.bijdrage.jaar}.")
        == "U betaalt hoogstens € 21,80 in 2026."
    )


def test_an_expired_amount_takes_its_sentence_with_it_and_nothing_else() -> None:
    text = "Hulp kost soms geld. U betaalt hoogstens {bedrag.bijdrage}. Bel het CAK.\nVraag het na."
    assert say(text, today=date(2027, 1, 1)) == "Hulp kost soms geld. Bel het CAK.\nVraag het na."


def test_a_line_with_only_an_expired_amount_disappears() -> None:
    assert say("Kosten:\n- U betaalt {bedrag.bijdrage}.\n- Het CAK stuurt de rekening.", today=date(2027, 1, 1)) == (
        "Kosten:\n- Het CAK stuurt de rekening."
    )


def test_municipal_words_come_first_and_national_words_fill_the_gap() -> None:
    assert (
        say("Ga naar {gemeente.loket} of {gemeente.wijkteam}.", municipality="GM9999")
        == "Ga naar Sociaal Loket of het wijkteam."
    )
    assert say("Ga naar {gemeente.loket}.") == "Ga naar het Wmo-loket."


def test_an_empty_slot_leaves_its_sentence_out() -> None:
    assert say("Dag. U woont in {plaats}. Fijn.") == "Dag. Fijn."
    assert say("U woont in {plaats}.", {"plaats": "Voorbeeldstad"}) == "U woont in Voorbeeldstad."


def test_the_variation_that_fits_best_is_said() -> None:
    variations = [
        Answer("utter_x", "Voor uw moeder of vader.", "t:1", conditions={"voor_wie": "ouder"}),
        Answer("utter_x", "Voor uzelf.", "t:2"),
    ]
    renderer = Renderer({"utter_x": variations}, FACTS, {})
    assert renderer.render("utter_x", Situation({"voor_wie": "ouder"}, TODAY))["text"] == "Voor uw moeder of vader."
    assert renderer.render("utter_x", Situation({"voor_wie": "kind"}, TODAY))["text"] == "Voor uzelf."


def test_a_condition_may_be_a_list_of_values() -> None:
    texts = [
        Answer(key="utter_x", text="Gratis.", source="t", conditions={"onderwerp": ["bezwaar", "klacht"]}),
        Answer(key="utter_x", text="Dat verschilt.", source="t"),
    ]
    renderer = Renderer({"utter_x": texts}, FACTS, {})
    said = [
        renderer.render("utter_x", Situation({"onderwerp": topic}, TODAY))["text"]
        for topic in ("bezwaar", "klacht", "wlz")
    ]
    assert said == ["Gratis.", "Gratis.", "Dat verschilt."]


def test_a_child_who_asks_for_its_mother_is_spoken_to_as_a_child() -> None:
    texts = [
        Answer(key="utter_x", text="Uw ouder.", source="t", conditions={"voor_wie": "ouder"}),
        Answer(key="utter_x", text="Jij.", source="t", conditions={"jongere": "ja"}),
    ]
    renderer = Renderer({"utter_x": texts}, FACTS, {})
    assert renderer.render("utter_x", Situation({"voor_wie": "ouder", "jongere": "ja"}, TODAY))["text"] == "Jij."
    assert renderer.render("utter_x", Situation({"voor_wie": "ouder"}, TODAY))["text"] == "Uw ouder."


def test_a_text_past_its_date_makes_way_for_a_safe_one() -> None:
    answers = dict(
        [answer("utter_x", "Oud nieuws.", valid_until="2026-01-01"), answer("utter_tekst_verlopen", "Vraag het na.")]
    )
    assert Renderer(answers, FACTS, {}).render("utter_x", Situation({}, TODAY))["text"] == "Vraag het na."


def test_simple_version_is_used_when_there_is_one() -> None:
    answers = dict([answer("utter_x", "Moeilijk.", simple="Makkelijk."), answer("utter_y", "Enig.")])
    renderer = Renderer(answers, FACTS, {})
    assert renderer.render("utter_x", Situation({}, TODAY), simple=True)["text"] == "Makkelijk."
    assert renderer.render("utter_y", Situation({}, TODAY), simple=True)["text"] == "Enig."


def test_phone_blocks_get_the_numbers_themselves() -> None:
    answers = dict([answer("utter_x", "Bel.", blocks=({"type": "noodnummers", "items": ["113"]},))])
    block = Renderer(answers, FACTS, {}).render("utter_x", Situation({}, TODAY))["blocks"][0]
    assert block["items"][0]["nummer"] == "113"


def test_clarifying_buttons_carry_the_names_of_the_topics() -> None:
    answers = dict(
        [answer("utter_verduidelijken", "Wat bedoelt u?", buttons=({"title": "Iets anders", "payload": "/anders"},))]
    )
    renderer = Renderer(answers, FACTS, {"pgb_uitleg": "Wat een pgb is"})
    choices = renderer.render("utter_verduidelijken", Situation({"verduidelijk_flows": ["pgb_uitleg"]}, TODAY))[
        "choices"
    ]
    assert choices == [
        {"label": "Wat een pgb is", "payload": "/pgb_uitleg"},
        {"label": "Iets anders", "payload": "/anders"},
    ]


@pytest.mark.parametrize(("value", "said"), [(21.8, "€ 21,80"), (1442, "€ 1.442"), (2002.13, "€ 2.002,13")])
def test_euros_are_written_the_dutch_way(value: float, said: str) -> None:
    assert format_amount(Amount(value, "EUR", None, None)) == said


def test_one_key_in_two_files_names_both_places(tmp_path: Path) -> None:
    (tmp_path / "antwoorden").mkdir()
    for name in ("een", "twee"):
        (tmp_path / "antwoorden" / f"{name}.yml").write_text(
            'responses:\n  utter_x:\n    - text: "Hallo"\n', encoding="utf-8"
        )
    with pytest.raises(ValueError, match=r"twee\.yml:2.*een\.yml:3"):
        load_answers(tmp_path)


def test_facts_of_an_empty_folder_are_empty(tmp_path: Path) -> None:
    assert load_facts(tmp_path).lookup("bedrag.niets", TODAY, None) is None


def test_the_name_of_a_topic_says_je_to_the_young() -> None:
    names = {"pgb_voorwaarden": "Wanneer u een pgb kunt krijgen", "privacy": "Uw gegevens"}
    answers = dict([answer("utter_verduidelijken", "Wat?"), answer("utter_x", "Verder met {onderwerp_naam}.")])
    renderer = Renderer(answers, FACTS, names)
    slots = {"verduidelijk_flows": ["pgb_voorwaarden", "privacy"], "onderwerp_naam": "Uw gegevens", "jongere": "ja"}
    young, old = Situation(slots, TODAY), Situation({**slots, "jongere": None}, TODAY)
    labels = [choice["label"] for choice in renderer.render("utter_verduidelijken", young)["choices"]]
    assert labels == ["Wanneer je een pgb kunt krijgen", "Je gegevens"]
    assert renderer.render("utter_x", young)["text"] == "Verder met Je gegevens."
    assert renderer.render("utter_x", old)["text"] == "Verder met Uw gegevens."


def test_a_name_with_a_capital_u_stays_a_name_to_the_young() -> None:
    facts = Facts(amounts={}, terms={}, phones={}, municipalities={"GM9999": {"loket": "uw Steunpunt Naast U"}})
    renderer = Renderer(dict([answer("utter_x", "Bel {gemeente.loket}.")]), facts, {})
    said = renderer.render("utter_x", Situation({"jongere": "ja"}, TODAY, "GM9999"))["text"]
    assert said == "Bel je Steunpunt Naast U."
