"""Each action: found, not found, store down."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher

from actions import services as services_module
from actions.gemeente import ActionBepaalGemeente
from actions.keuzehulp import ActionKeuzehulp
from actions.lokale_opties import ActionZoekLokaleOpties
from actions.services import CallbacksUnavailable, Services, configure
from actions.termijnen import ActionBerekenTermijnen
from actions.terugbelverzoek import ActionTerugbelverzoek
from actions.voorbereiding import ActionVoorbereiding
from actions.wie_eerst import ActionWieEerst
from actions.zelftest import ActionZelftest
from actions.zorgvormen import ActionVergelijkZorgvormen
from bot.content import load_answers, load_facts
from bot.yamlsource import load
from steunwijzer.directory.exchange import read_file
from steunwijzer.directory.service import build, themes
from steunwijzer.guidance import choice_aid, self_check
from steunwijzer.guidance.care_forms import FORMS, read
from tests.conftest import ROOT

CONTENT = ROOT / "content"
RECORDS = {record["id"]: record for record in read_file(CONTENT / "opties" / "GM9999.csv", themes(CONTENT)).accepted}


class Callbacks:
    """Remembers requests, or is down."""

    def __init__(self) -> None:
        self.kept: list[tuple[str, str | None, str | None]] = []
        self.down = False

    async def begin(self, conversation_id: str, topic: str | None, gemeente: str | None) -> None:
        if self.down:
            raise CallbacksUnavailable
        self.kept.append((conversation_id, topic, gemeente))


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("opties") / "directory.sqlite"
    build(CONTENT, path)
    return path


@pytest.fixture
def callbacks() -> Callbacks:
    return Callbacks()


@pytest.fixture(autouse=True)
def world(directory: Path, callbacks: Callbacks) -> Iterator[None]:
    before = list(services_module._services)
    use(directory, callbacks)
    yield
    services_module._services[:] = before


def use(directory: Path, callbacks: Callbacks) -> None:
    terms = load_facts(CONTENT).terms
    clock = lambda: datetime(2026, 11, 24, 12, tzinfo=UTC)  # noqa: E731
    configure(Services(directory, CONTENT, terms, read(CONTENT / "zorgvormen.yml"), callbacks, clock))


async def run(action: Action, **slots: Any) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The messages, and the slots that were set."""
    dispatcher = CollectingDispatcher()
    tracker = Tracker("gesprek-1", slots, {}, [], False, None, {}, "action_listen")
    events = await action.run(dispatcher, tracker, {})
    return dispatcher.messages, {event["name"]: event["value"] for event in events or []}


def said(messages: list[dict[str, Any]]) -> list[str]:
    return [message["response"] for message in messages]


def values(message: dict[str, Any]) -> dict[str, Any]:
    return {**message.get("custom", {}), **message}


async def test_a_place_gives_its_municipality() -> None:
    _, slots = await run(ActionBepaalGemeente(), plaats="Voorbeeldstad")
    assert (slots["gemeente"], slots["gemeente_status"]) == ("GM9999", "gevonden")


async def test_a_place_in_two_municipalities_is_asked() -> None:
    _, slots = await run(ActionBepaalGemeente(), plaats="Hengelo")
    assert slots["gemeente_status"] == "kies"
    assert len(slots["gemeente_kandidaten"]) > 1
    _, slots = await run(ActionBepaalGemeente(), gemeente_keuze=slots["gemeente_kandidaten"][0]["gm"])
    assert slots["gemeente_status"] == "gevonden"


@pytest.mark.parametrize("place", ["Nergenshuizen", "", "0000", "'; drop table"])
async def test_an_unknown_place_stops_nothing(place: str) -> None:
    messages, slots = await run(ActionBepaalGemeente(), plaats=place)
    assert slots["gemeente_status"] == "onbekend"
    assert not messages


async def test_help_nearby_is_shown_as_cards_and_as_text() -> None:
    messages, slots = await run(ActionZoekLokaleOpties(), thema="huishouden", gemeente="GM9999")
    assert said(messages) == [f"utter_opties_{slots['opties_status']}"]
    shown = values(messages[0])
    cards = shown["blokken"][0]["items"]
    assert cards
    assert shown["opties_tekst"].count("\n- ") == len(cards) - 1


async def test_without_help_nearby_there_is_always_something_national() -> None:
    messages, slots = await run(ActionZoekLokaleOpties(), thema="eenzaamheid", gemeente="GM0014")
    assert slots["opties_status"] != "storing"
    assert values(messages[0])["blokken"][0]["items"]


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ({"voor_wie": "kind", "leeftijd": 22.0}, True),  # a grown-up son
        ({"voor_wie": "kind"}, True),  # how old is not known
        ({"voor_wie": "kind", "leeftijd": 9.0}, False),
        ({"voor_wie": "ander", "leeftijd": 9.0}, True),
        ({"jongere": "ja"}, False),  # who speaks is under 18
        ({"voor_wie": "mijzelf", "leeftijd": 16.0, "jongere": "ja"}, False),
        ({"voor_wie": "kind", "leeftijdsgroep": "jongere"}, False),  # "mijn puber"
        ({"voor_wie": "kind", "leeftijdsgroep": "kind"}, False),  # "mijn kleuter"
        ({"voor_wie": "ouder", "jongere": "ja"}, True),  # a child who looks for its mother
        ({"voor_wie": "kind", "leeftijd": 30.0, "leeftijdsgroep": "kind"}, True),  # an age goes before a word
    ],
)
async def test_only_a_child_gets_only_offers_for_the_young(told: dict[str, Any], found: bool) -> None:
    messages, _ = await run(ActionZoekLokaleOpties(), thema="opvang", gemeente="GM9999", **told)
    assert ("Nachtopvang De Haven" in messages[0]["opties_tekst"]) is found


@pytest.mark.parametrize(
    "told", [{"jongere": "ja"}, {"voor_wie": "kind", "leeftijd": 9.0}, {"leeftijdsgroep": "jongere"}]
)
@pytest.mark.parametrize("theme", ["jeugd", "ontmoeting", "mantelzorg", "vervoer", "vrijwilligers", "ggz"])
async def test_who_is_young_never_sees_an_offer_near_by_for_grown_ups_only(theme: str, told: dict[str, Any]) -> None:
    messages, _ = await run(ActionZoekLokaleOpties(), thema=theme, gemeente="GM9999", **told)
    for card in values(messages[-1])["blokken"][0]["items"]:
        record = RECORDS.get(card["id"])
        if record:
            assert {"jeugdige", "ouder_verzorger", "iedereen"} & set(record.get("doelgroep") or ["iedereen"]), record


async def test_when_the_store_is_down_the_resident_hears_it_kindly(tmp_path: Path, callbacks: Callbacks) -> None:
    use(tmp_path / "weg.sqlite", callbacks)
    messages, slots = await run(ActionZoekLokaleOpties(), thema="huishouden", gemeente="GM9999")
    assert said(messages) == ["utter_opties_storing"]
    assert slots["opties_status"] == "storing"


@pytest.mark.parametrize("law", ["wmo", "jeugdwet", "wlz", "weet_niet", None])
async def test_care_forms_are_compared_for_every_law(law: str | None) -> None:
    messages, _ = await run(ActionVergelijkZorgvormen(), wet=law)
    assert said(messages) == ["utter_vergelijking", "utter_vergelijking_voorwaarden"]


@pytest.mark.parametrize(
    ("slots", "law"),
    [
        ({"pgb_kind": "ja"}, "Jeugdwet"),
        ({"voor_wie": "kind", "leeftijd": 12.0}, "Jeugdwet"),
        ({"voor_wie": "kind"}, "hangt af van de wet"),
        ({"leeftijd": 17.0}, "Jeugdwet"),
        ({"pgb_kind": "ja", "wet": "wlz"}, "zorgkantoor"),
        ({"pgb_kind": "ja", "leeftijd": 40.0}, "hangt af van de wet"),
        ({"voor_wie": "ouder"}, "hangt af van de wet"),
    ],
)
async def test_the_law_follows_from_who_it_is_about(slots: dict[str, Any], law: str) -> None:
    messages, _ = await run(ActionVergelijkZorgvormen(), **slots)
    assert law in values(messages[1])["voorwaarden_tekst"]


async def test_the_texts_name_first_what_the_comparison_names_first() -> None:
    messages, slots = await run(ActionWieEerst())
    compared, _ = await run(ActionVergelijkZorgvormen())
    assert messages == []
    first = values(compared[0])["blokken"][0]["kolommen"][0]
    assert FORMS[slots["zorgvorm_eerst"]] == first


CHOICES = [question["slot"] for question in choice_aid.read(CONTENT)["vragen"]]
POINTS = [question["slot"] for question in self_check.read(CONTENT)["vragen"]]


async def test_the_choice_aid_gives_a_picture_and_questions_to_ask() -> None:
    answers = {**dict.fromkeys(CHOICES[:4], "zin"), **dict.fromkeys(CHOICES[4:], "pgb")}
    messages, slots = await run(ActionKeuzehulp(), **answers)
    assert said(messages) == ["utter_keuzehulp_beeld", "utter_keuzehulp_vragen"]
    shown = values(messages[0])
    assert {shown["keuze_eerste"], shown["keuze_tweede"]} == {
        "4 dingen die bij zorg in natura passen",
        "6 dingen die bij een pgb passen",
    }
    assert shown["keuzes_tekst"].count("\n- ") == 10
    assert len(values(messages[1])["vragen_tekst"].splitlines()) == 6
    assert slots == {}


async def test_the_choice_aid_with_only_doubt_says_that_that_is_normal() -> None:
    messages, _ = await run(ActionKeuzehulp(), **dict.fromkeys(CHOICES, "weet_niet"))
    assert said(messages) == ["utter_keuzehulp_open", "utter_keuzehulp_vragen"]
    assert values(messages[0])["keuzes_tekst"].startswith("Weet u nog niet: Wie er komt, De tijden")


async def test_the_choice_aid_half_done_counts_what_there_is() -> None:
    messages, _ = await run(ActionKeuzehulp(), **dict.fromkeys(CHOICES[:7], "zin"))
    assert values(messages[0])["keuze_rest"] == "3 vragen hebben nog geen antwoord."
    assert values(messages[0])["keuzes_tekst"].count("\n- ") == 7


async def test_the_choice_aid_without_answers_still_gives_questions_to_ask() -> None:
    messages, _ = await run(ActionKeuzehulp())
    assert said(messages) == ["utter_keuzehulp_leeg", "utter_keuzehulp_vragen"]


@pytest.mark.parametrize(
    ("slots", "counter"),
    [({}, "de gemeente"), ({"wet": "wlz"}, "het zorgkantoor"), ({"wet": "zvw"}, "de zorgverzekeraar"), ({"pgb_kind": "ja"}, "de gemeente")],
)  # fmt: skip
async def test_the_questions_are_for_who_decides(slots: dict[str, Any], counter: str) -> None:
    messages, _ = await run(ActionKeuzehulp(), **slots)
    assert values(messages[-1])["keuze_loket"] == counter


@pytest.mark.parametrize(
    ("answers", "key"),
    [
        (dict.fromkeys(POINTS, "ja"), "utter_zelftest_alles_ja"),
        (dict.fromkeys(POINTS, "nee"), "utter_zelftest_punten"),
        (dict.fromkeys(POINTS[:3], "soms"), "utter_zelftest_punten"),
        ({}, "utter_zelftest_leeg"),
    ],
)
async def test_the_self_check_ends_in_something_to_talk_about(answers: dict[str, Any], key: str) -> None:
    messages, slots = await run(ActionZelftest(), **answers)
    assert said(messages) == [key]
    assert slots == {}


async def test_dates_follow_from_the_day_of_the_melding() -> None:
    messages, slots = await run(ActionBerekenTermijnen(), stap="melding", datum="3 november", vandaag="2026-11-24")
    assert said(messages) == ["utter_termijnen_melding"]
    shown = values(messages[0])
    assert shown["dag_onderzoek"] == "dinsdag 15 december 2026"
    block = shown["blokken"][0]
    assert [step["voorbij"] for step in block["stappen"]][:2] == [True, True]
    assert block["agenda"] == {"stap": "melding", "datum": "2026-11-03"}
    assert slots == {"datum_status": "goed"}


@pytest.mark.parametrize(
    ("stage", "day", "late"),
    [
        ("melding", "1 september", "utter_termijnen_melding_te_laat_beschikking"),
        ("melding", "8 oktober", "utter_termijnen_melding_te_laat_onderzoek"),
        ("aanvraag", "2 november", "utter_termijnen_aanvraag_te_laat_beschikking"),
        ("besluit", "1 september", "utter_termijnen_besluit_te_laat_bezwaar"),
        ("ingediend", "1 september", "utter_termijnen_ingediend_te_laat_beslissing_bezwaar"),
    ],
)
async def test_what_is_late_gets_a_next_step(stage: str, day: str, late: str) -> None:
    messages, slots = await run(ActionBerekenTermijnen(), stap=stage, datum=day, vandaag="2026-11-24")
    assert said(messages) == [f"utter_termijnen_{stage}", late]
    assert late in load_answers(CONTENT)
    assert slots["datum_status"] == "te_laat"


async def test_an_agenda_is_only_offered_for_days_to_come() -> None:
    messages, _ = await run(ActionBerekenTermijnen(), stap="besluit", datum="1 september", vandaag="2026-11-24")
    assert "agenda" not in values(messages[0])["blokken"][0]


@pytest.mark.parametrize(
    ("day", "answer", "ask"),
    [
        ("1 maart 2027", "utter_termijnen_einde", "maandag 4 januari 2027"),
        ("31 december", "utter_termijnen_einde_nu", "donderdag 5 november 2026"),
    ],
)
async def test_help_that_ends_gives_the_day_to_ask_for_more(day: str, answer: str, ask: str) -> None:
    messages, _ = await run(ActionBerekenTermijnen(), stap="einde", datum=day, vandaag="2026-11-24")
    assert said(messages) == [answer]
    assert values(messages[0])["dag_bellen"] == ask


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("begin november", "onduidelijk"),
        ("31 februari", "bestaat_niet"),
        ("2027-03-01", "toekomst"),
        (None, "onduidelijk"),
    ],
)
async def test_a_day_that_cannot_be_is_asked_again(day: str | None, status: str) -> None:
    messages, slots = await run(ActionBerekenTermijnen(), stap="melding", datum=day, vandaag="2026-11-24")
    assert not messages
    assert slots["datum_status"] == status
    assert slots["datum"] is None


async def test_the_preparation_is_a_form_and_a_text() -> None:
    messages, _ = await run(ActionVoorbereiding(), voor_wie="ouder")
    assert said(messages) == ["utter_voorbereiding_lijst"]
    shown = values(messages[0])
    assert len(shown["blokken"][0]["vragen"]) == len(shown["vragen_tekst"].split("\n"))


async def test_a_call_back_request_is_stored_before_the_form_is_shown(callbacks: Callbacks) -> None:
    messages, _ = await run(ActionTerugbelverzoek(), onderwerp="wmo_melding", gemeente="GM9999")
    assert callbacks.kept == [("gesprek-1", "wmo_melding", "GM9999")]
    assert said(messages) == ["utter_terugbel_formulier"]


async def test_a_request_that_cannot_be_stored_is_not_promised(callbacks: Callbacks) -> None:
    callbacks.down = True
    messages, _ = await run(ActionTerugbelverzoek())
    assert said(messages) == ["utter_terugbel_storing"]


def test_every_action_is_in_the_domain_and_every_answer_it_gives_exists() -> None:
    executor = ActionExecutor()
    executor.register_package("actions")
    known = load(ROOT / "domain.yml")["actions"]
    assert set(executor.actions) == {name for name in known if name.startswith("action_")} & set(executor.actions)
    assert len(executor.actions) == 9
    answers = load_answers(CONTENT)
    for literal in _strings():
        if literal.startswith("utter_") and not literal.endswith("_"):
            assert literal in answers, literal


def test_actions_hold_no_sentences_for_residents() -> None:
    sentences = [text for text in _strings() if text.count(" ") >= 3]
    assert not sentences, sentences


def _strings() -> list[str]:
    """String literals of the actions, without docstrings and messages of errors."""
    found = []
    for path in sorted((ROOT / "actions").glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        skipped = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Raise):
                skipped |= {id(part) for part in ast.walk(node)}
        found += [
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped
        ]
    return found
