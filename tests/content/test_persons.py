"""Who asks for somebody else gets his own words and his own next step, and is asked for the consent of that person."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answers.render import Renderer, Situation
from bot.content import load_answers, load_facts
from steunwijzer.checks.young import FORMAL
from tests.conftest import ROOT

TODAY = date(2026, 11, 24)
ANSWERS = load_answers(ROOT / "content")
RENDERER = Renderer(ANSWERS, load_facts(ROOT / "content"), {})
# The first answer of each topic of daily life, and the step to the municipality.
SPOKEN_TO = [
    "utter_huishoudelijke_hulp",
    "utter_begeleiding_thuis",
    "utter_dagbesteding",
    "utter_vervoer_buurt",
    "utter_woningaanpassing",
    "utter_hulpmiddelen",
    "utter_opvang_vannacht",
    "utter_wijkverpleging",
    "utter_wlz",
    "utter_vrijwilliger_zoeken",
    "utter_clientondersteuning_en_melding",
]
CONSENT = ("toestemming", "goed vind", "wil", "overleg", "praat", "bespreek", "samen")


def for_whom(key: str) -> dict[str | None, str]:
    return {answer.conditions.get("voor_wie"): answer.text for answer in ANSWERS[key]}


@pytest.mark.parametrize("key", SPOKEN_TO)
@pytest.mark.parametrize("person", ["ouder", "ander", "client"])
def test_another_person_is_spoken_of_as_another_person(key: str, person: str) -> None:
    texts = for_whom(key)
    assert person in texts, f"{key}: geen tekst voor '{person}'"
    assert texts[person] != texts[None]


@pytest.mark.parametrize("person", ["ouder", "partner", "kind", "ander", "client"])
def test_the_step_to_the_municipality_asks_for_consent_and_names_support_before_the_call(person: str) -> None:
    text = for_whom("utter_clientondersteuning_en_melding")[person].lower()
    assert any(word in text for word in CONSENT)
    assert text.index("cliëntondersteun") < text.index("{gemeente.telefoon}")


@pytest.mark.parametrize("key", [key for key in SPOKEN_TO if key != "utter_clientondersteuning_en_melding"])
def test_every_variation_has_simple_words(key: str) -> None:
    assert all(answer.simple for answer in ANSWERS[key])


def test_nobody_without_a_home_is_sent_to_his_own_municipality() -> None:
    for answer in ANSWERS["utter_opvang_vannacht"]:
        assert "elke gemeente" in answer.text.lower()
        assert "eigen gemeente" not in answer.text.lower()
        assert "112" in answer.text


# Topics where who asks for another gets another next step: every person has words of his own.
ALSO_SPOKEN_TO = [
    "utter_herindicatie",
    "utter_status_aanvraag",
    "utter_status_aanvraag_bel",
    "utter_maaltijden",
    "utter_verhuizen_met_hulp",
    "utter_spoed_zorg",
    "utter_spoed_bellen",
]


def words_for(key: str, person: str | None) -> str:
    """The text that fits somebody who asks for this person, where nothing else is known."""
    slots = {"voor_wie": person}
    return next(answer.text for answer in ANSWERS[key] if answer.fits(slots, TODAY))


@pytest.mark.parametrize("key", ALSO_SPOKEN_TO)
@pytest.mark.parametrize("person", ["ouder", "partner", "kind", "ander", "client"])
def test_who_asks_for_another_reads_his_own_next_step(key: str, person: str) -> None:
    assert words_for(key, person) != words_for(key, None)


@pytest.mark.parametrize(
    "key", ["utter_herindicatie", "utter_status_aanvraag", "utter_spoed_zorg", "utter_verhuizen_met_hulp"]
)
def test_a_professional_is_asked_for_consent(key: str) -> None:
    assert "toestemming" in words_for(key, "client")


@pytest.mark.parametrize("person", ["ouder", "partner", "ander", "client"])
def test_the_municipality_is_that_of_who_needs_the_help(person: str) -> None:
    for key in ("utter_spoed_bellen", "utter_verhuizen_verder"):
        assert "waar de ander" in words_for(key, person)


YOUNG = {"jongere": "ja"}
# Texts in which "u" is right for everybody: letters to the municipality, questions to somebody else in quotation marks,
# the welcome and other languages (nobody has said an age yet), what only parents reach, and the lines for adults in danger,
# who have a counterpart for children.
U_IS_RIGHT = {
    "utter_bezwaar_brief", "utter_bezwaar_brief_kort", "utter_klacht_brief", "utter_ingebrekestelling_brief", "utter_melding_tekst",
    "utter_vervolg_ouders", "utter_welkom", "utter_andere_taal", "utter_tekst_verlopen",
    "utter_jeugdhulp", "utter_jeugdhulp_volwassen",
}  # fmt: skip


def said_to_the_young() -> list[object]:
    """Every text, in each situation that it has words of its own for, but for whom help is asked."""
    found = []
    for key, answers in ANSWERS.items():
        if key in U_IS_RIGHT or ("crisis.yml" in answers[0].source and not key.startswith("utter_spoed")):
            continue
        for answer in answers:
            if "voor_wie" in answer.conditions or "jongere" in answer.conditions:
                continue
            slots = {name: value[0] if isinstance(value, list) else value for name, value in answer.conditions.items()}
            found.append(pytest.param(key, slots, id=f"{key} {slots or ''}"))
    return found


@pytest.mark.parametrize(("key", "slots"), said_to_the_young())
@pytest.mark.parametrize("person", [None, "ouder"])
def test_somebody_under_18_is_spoken_to_with_je(key: str, slots: dict[str, object], person: str | None) -> None:
    message = RENDERER.render(key, Situation({**YOUNG, **slots, "voor_wie": person}, TODAY))
    simple = RENDERER.render(key, Situation({**YOUNG, **slots, "voor_wie": person}, TODAY), simple=True)
    labels = " ".join(choice["label"] for choice in message["choices"])
    assert not FORMAL.search(f"{message['text']}\n{simple['text']}\n{labels}")
