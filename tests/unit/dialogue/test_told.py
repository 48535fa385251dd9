"""What a resident tells along the way answers questions that then need not be asked."""

from __future__ import annotations

import pytest

from bot.dialogue.answers_to_questions import Question, read_answer
from bot.dialogue.commands_from_nlu import commands_for
from bot.dialogue.situation import Situation
from bot.dialogue.told import slots_of, told, value_in, vocabulary
from bot.dialogue.understanding import Understanding
from bot.flows import load_flows
from bot.flows.commands import SetSlots, StartFlow
from bot.yamlsource import load
from tests.conftest import ROOT

FLOWS = load_flows(ROOT / "data" / "flows")
SLOTS = load(ROOT / "domain.yml")["slots"]
AID = Question("hulpmiddel_soort", "categorical", ("nieuw", "reparatie", "tijdelijk", "weet_niet"))


@pytest.mark.parametrize(
    ("slot", "text", "value"),
    [
        ("hulpmiddel_soort", "mijn scootmobiel doet het niet meer", "reparatie"),
        ("hulpmiddel_soort", "ik heb een rolstoel nodig", "nieuw"),
        ("hulpmiddel_soort", "die heb ik maar even nodig", "tijdelijk"),  # the longer phrase wins from "nodig"
        ("hulpmiddel_soort", "hij is kapot en ik wil een nieuwe", None),  # two things: ask
        ("hulpmiddel_soort", "kapotte stoel", None),  # only whole words
        ("wijzer_nodig", "wassen en stofzuigen", "dagelijks_en_lichaam"),
        ("wijzer_nodig", "iets heel anders", None),
    ],
)
def test_words_give_a_value_when_they_are_clear(slot: str, text: str, value: str | None) -> None:
    assert value_in(slot, text) == value


@pytest.mark.parametrize(("age", "value"), [(9, "onder_17"), (17, "bijna_18"), (18, "volwassen"), (None, None)])
def test_an_age_counts_where_the_list_names_ages(age: int | None, value: str | None) -> None:
    assert told(["kind_leeftijd"], "mijn kind", age).get("kind_leeftijd") == value


def test_words_go_before_an_age() -> None:
    assert value_in("kind_leeftijd", "zij wordt bijna 18", 18) == "bijna_18"


def test_an_open_question_takes_free_words_and_a_bare_number() -> None:
    assert read_answer(AID, Understanding("nou hij is stuk")) == {"hulpmiddel_soort": "reparatie"}
    age = Question("kind_leeftijd", "categorical", ("onder_17", "bijna_18", "volwassen", "weet_niet"))
    assert read_answer(age, Understanding("12")) == {"kind_leeftijd": "onder_17"}


def test_a_topic_takes_along_what_was_said_and_forgets_what_was_told_before() -> None:
    details = {"hulpmiddelen": frozenset({"hulpmiddel_soort", "woning_soort"})}
    situation = Situation({"hulpmiddelen": "hulpmiddelen"}, frozenset(), frozenset(), details=details)
    said = Understanding("kan ik een rolstoel lenen", (("hulpmiddelen", 0.9),))
    assert commands_for(said, situation) == [
        StartFlow("hulpmiddelen"),
        SetSlots({"hulpmiddel_soort": "tijdelijk", "woning_soort": None}),
    ]


def test_another_answer_to_an_earlier_question_changes_it() -> None:
    place = Question("plaats", "text")
    situation = Situation({}, frozenset(), frozenset(), place, answered={"hulpmiddel_soort": "nieuw"})
    assert commands_for(Understanding("nee, hij is kapot"), situation) == [SetSlots({"hulpmiddel_soort": "reparatie"})]


def test_a_flow_listens_for_what_it_and_its_followers_ask() -> None:
    assert {"hulpmiddel_soort"} <= slots_of(FLOWS["hulpmiddelen"], FLOWS)
    assert {"loket_vraag", "wijzer_nodig"} <= slots_of(FLOWS["contact_gemeente"], FLOWS)
    assert slots_of(FLOWS["smalltalk_bye"], FLOWS) == frozenset()


@pytest.mark.parametrize("slot", sorted(vocabulary()))
def test_every_list_is_about_a_slot_and_its_values_and_some_flow_uses_it(slot: str) -> None:
    assert set(vocabulary()[slot]) <= set(SLOTS[slot].get("values", vocabulary()[slot]))
    assert any(slot in slots_of(flow, FLOWS) | flow.asked_slots() for flow in FLOWS.values())


def _loose(text: str, intent: str, **entities: str | float) -> Understanding:
    return Understanding(text, ((intent, 0.9),), entities)


TOPICS = {"ontkennen": "los_nee", "bevestigen": "los_antwoord", "hulpmiddelen": "hulpmiddelen"}
KNOWN = frozenset({"voor_wie", "leeftijd", "gemeente", "plaats"})


def test_another_person_is_a_correction_that_keeps_what_was_answered() -> None:
    said = _loose("nee het is voor mijn moeder", "ontkennen", voor_wie="ouder")
    asked = Situation(TOPICS, frozenset(), KNOWN, Question("plaats", "text"), answered={"hulpmiddel_soort": "nieuw"})
    assert commands_for(said, asked) == [SetSlots({"voor_wie": "ouder"}, correction=True)]


def test_an_answer_that_names_somebody_is_no_correction() -> None:
    asked = Situation(TOPICS, frozenset(), KNOWN, Question("wijzer_dagnacht", "categorical", ("ja", "nee")))
    said = _loose("ja mijn moeder heeft dat nodig", "bevestigen", voor_wie="ouder")
    assert SetSlots({"wijzer_dagnacht": "ja"}, answer=True) in commands_for(said, asked)


def test_another_person_has_another_age() -> None:
    said = _loose("rolstoel voor mijn zoon", "hulpmiddelen", voor_wie="kind")
    situation = Situation(TOPICS, frozenset(), KNOWN, person="ouder")
    assert commands_for(said, situation)[0] == SetSlots({"leeftijd": None, "voor_wie": "kind"})


def test_the_place_that_was_asked_is_an_answer_whatever_it_sounds_like() -> None:
    asked = Situation(TOPICS, frozenset(), KNOWN, Question("plaats", "text"))
    said = Understanding("Voorbeeldstad", (("leg_uit", 0.62),), {"plaats": "Voorbeeldstad", "gemeente": "GM9999"})
    assert SetSlots({"plaats": "Voorbeeldstad"}, answer=True) in commands_for(said, asked)


@pytest.mark.parametrize(
    "topic", ["pgb_uitleg", "zin_uitleg", "pgb_vs_zin", "pgb_voorwaarden", "keuzehulp", "pgb_zelftest"]
)
def test_a_questionnaire_takes_no_answers_from_a_question_about_something_else(topic: str) -> None:
    slots = slots_of(FLOWS[topic], FLOWS)
    assert not [slot for slot in slots if slot.startswith(("keuze_", "kan_"))]
    assert topic in {"keuzehulp", "pgb_zelftest"} or "pgb_wens" in slots
