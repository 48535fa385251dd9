"""The step engine on small flows: questions, interruptions, going back, changing one's mind, danger."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.flows import FlowEngine, load_flows
from bot.flows.commands import (
    Back,
    Cancel,
    CannotHandle,
    Clarify,
    Command,
    Crisis,
    Explain,
    ExplainTerm,
    Repeat,
    Restart,
    SetSlots,
    StartFlow,
)
from bot.flows.state import MAX_DEPTH, State

FLOWS = load_flows(Path(__file__).parent / "voorbeeld")
ENGINE = FlowEngine(FLOWS, frozenset({"plaats"}))


class Talk:
    """A conversation with the engine alone."""

    def __init__(self, engine: FlowEngine = ENGINE) -> None:
        self.engine = engine
        self.state = State()
        self.slots: dict[str, Any] = {}
        self.events: list[dict[str, Any]] = []

    def hears(self, *commands: Command) -> list[str]:
        """Apply commands; returns the actions until it waits."""
        decision = self.engine.receive(self.state, self.slots, list(commands))
        self.slots |= decision.slots
        self.events = list(decision.events)
        said = []
        for _ in range(60):
            decision = self.engine.advance(self.state, self.slots, {})
            self.slots |= decision.slots
            self.events += decision.events
            self.state = State.from_json(json.loads(json.dumps(self.state.to_json())))
            if decision.action is None:
                return said
            said.append(decision.action)
        raise AssertionError(f"de motor blijft praten: {said[-6:]}")


def test_a_topic_asks_waits_and_goes_on() -> None:
    talk = Talk()
    assert talk.hears(StartFlow("hulp")) == ["utter_hulp", "utter_ask_soort"]
    assert talk.hears(SetSlots({"soort": "schoon"}, answer=True)) == ["utter_schoon", "utter_ask_plaats"]
    assert talk.hears(SetSlots({"plaats": "Voorbeeldstad"}, answer=True)) == ["utter_klaar"]
    # The part that was called is told of too: a rule may be about it.
    assert talk.events == [{"type": "flow_completed", "flow": flow} for flow in ("vraag_plaats", "hulp")]


def test_what_is_known_is_not_asked_again() -> None:
    talk = Talk()
    assert talk.hears(SetSlots({"soort": "anders", "plaats": "Voorbeeldstad"}), StartFlow("hulp")) == [
        "utter_hulp",
        "utter_anders",
        "utter_klaar",
    ]


def test_slots_of_a_topic_end_with_it_and_facts_about_the_resident_stay() -> None:
    talk = Talk()
    talk.hears(SetSlots({"soort": "anders", "plaats": "Voorbeeldstad"}), StartFlow("hulp"))
    assert talk.slots["soort"] is None
    assert talk.slots["plaats"] == "Voorbeeldstad"


def test_another_topic_interrupts_and_the_question_comes_back() -> None:
    talk = Talk()
    talk.hears(StartFlow("hulp"))
    said = talk.hears(StartFlow("kosten"))
    assert said == ["utter_kosten", "utter_verder_met", "utter_ask_soort"]
    assert talk.slots["onderwerp_naam"] == "Hulp"


def test_whoever_asks_something_else_twice_is_not_asked_the_same_a_third_time() -> None:
    talk = Talk()
    talk.hears(StartFlow("hulp"))
    talk.hears(StartFlow("kosten"))
    assert talk.hears(StartFlow("kosten")) == ["utter_kosten"]
    assert not talk.state.frames
    assert talk.slots["onderwerp"] == "kosten"
    assert talk.hears(StartFlow("hulp")) == ["utter_hulp", "utter_ask_soort"]


def test_a_topic_instead_of_another_leaves_that_for_good() -> None:
    talk = Talk()
    talk.hears(StartFlow("hulp"))
    assert talk.hears(StartFlow("kosten", instead=True)) == ["utter_kosten"]
    assert not talk.state.frames


def test_what_belongs_to_the_topic_of_before_is_forgotten_when_another_begins() -> None:
    talk = Talk()
    talk.hears(SetSlots({"datum_van": "besluit"}), StartFlow("kosten"))
    assert talk.slots["datum_van"] is None


def test_a_topic_inside_another_is_left_with_it() -> None:
    talk = Talk()
    talk.hears(StartFlow("hulp"))
    talk.hears(SetSlots({"soort": "schoon"}, answer=True))
    assert talk.hears(StartFlow("kosten"))[-1] == "utter_ask_plaats"
    assert talk.hears(StartFlow("kosten")) == ["utter_kosten"]
    assert not talk.state.frames
    assert not talk.slots["soort"]


def test_a_changed_answer_takes_the_other_road() -> None:
    talk = Talk()
    talk.hears(StartFlow("hulp"))
    talk.hears(SetSlots({"soort": "schoon"}, answer=True))
    assert talk.hears(SetSlots({"soort": "anders"})) == ["utter_gecorrigeerd", "utter_anders", "utter_ask_plaats"]


def test_back_asks_the_question_before() -> None:
    talk = Talk()
    talk.hears(StartFlow("hulp"))
    talk.hears(SetSlots({"soort": "schoon"}, answer=True))
    assert talk.hears(Back()) == ["utter_terug", "utter_ask_soort"]


def test_an_answer_that_cannot_be_is_refused_and_asked_again() -> None:
    talk = Talk()
    talk.hears(StartFlow("leeftijd"))
    assert talk.hears(SetSlots({"jaren": 300}, answer=True)) == ["utter_jaren_ongeldig", "utter_ask_jaren"]
    assert talk.hears(SetSlots({"jaren": 82}, answer=True)) == ["utter_oud"]


def test_stop_forgets_the_topic() -> None:
    talk = Talk()
    talk.hears(StartFlow("hulp"))
    assert talk.hears(Cancel()) == ["utter_gestopt"]
    assert talk.state.frames == []


def test_repeat_says_the_last_things_again() -> None:
    talk = Talk()
    talk.hears(StartFlow("hulp"))
    assert talk.hears(Repeat()) == ["utter_herhaal", "utter_hulp", "utter_ask_soort"]


def test_repeat_twice_says_no_more_than_once() -> None:
    talk = Talk()
    talk.hears(StartFlow("hulp"))
    talk.hears(Repeat())
    assert talk.hears(Repeat()) == ["utter_herhaal", "utter_hulp", "utter_ask_soort"]


def test_back_at_the_first_question_says_so_and_asks_it_again() -> None:
    talk = Talk()
    talk.hears(StartFlow("hulp"))
    assert talk.hears(Back()) == ["utter_terug_niets", "utter_ask_soort"]
    assert Talk().hears(Back()) == ["utter_terug_niets"]


def test_back_after_the_end_opens_the_last_question_of_the_topic_again() -> None:
    talk = Talk()
    talk.hears(StartFlow("hulp"))
    talk.hears(SetSlots({"soort": "schoon"}, answer=True))
    talk.hears(SetSlots({"plaats": "Voorbeeldstad"}, answer=True))
    assert talk.slots["soort"] is None
    assert talk.hears(Back()) == ["utter_terug", "utter_ask_soort"]
    assert talk.hears(SetSlots({"soort": "anders"}, answer=True)) == ["utter_anders", "utter_klaar"]


def test_again_asks_the_questions_of_the_topic_anew() -> None:
    talk = Talk()
    talk.hears(StartFlow("hulp"))
    talk.hears(SetSlots({"soort": "schoon"}, answer=True))
    assert talk.hears(Restart()) == ["utter_opnieuw", "utter_hulp", "utter_ask_soort"]
    assert Talk().hears(Restart()) == ["utter_onderwerpen"]


def test_a_word_is_explained_and_the_question_comes_back() -> None:
    talk = Talk()
    talk.hears(StartFlow("hulp"))
    assert talk.hears(ExplainTerm("beschikking")) == ["utter_begrip", "utter_ask_soort"]
    assert talk.slots["begrip"] == "beschikking"
    assert talk.hears(Explain()) == ["utter_leg_uit", "utter_uitleg"]
    assert talk.slots["uitleg_sleutel"] == "utter_hulp utter_ask_soort"


def test_a_question_without_simpler_words_is_asked_after_the_explanation() -> None:
    talk = Talk(FlowEngine(FLOWS, simpler=frozenset({"utter_hulp"})))
    talk.hears(StartFlow("hulp"))
    assert talk.hears(Explain()) == ["utter_leg_uit", "utter_uitleg", "utter_ask_soort"]


def test_what_was_just_explained_is_not_explained_again() -> None:
    talk = Talk()
    talk.hears(StartFlow("hulp"))
    talk.hears(Explain())
    assert talk.hears(Explain()) == ["utter_leg_uit_geen", "utter_uitleg"]
    assert talk.slots["uitleg_sleutel"] == "utter_ask_soort"


def test_a_repetition_after_an_explanation_says_the_easy_words_only() -> None:
    talk = Talk()
    talk.hears(StartFlow("hulp"))
    talk.hears(Explain())
    assert talk.hears(Repeat()) == ["utter_herhaal", "utter_uitleg"]


def test_who_leaves_is_not_asked_the_open_question_again() -> None:
    talk = Talk()
    talk.hears(StartFlow("leeftijd"))
    assert talk.hears(StartFlow("smalltalk_bye")) == ["utter_dag"]
    assert talk.hears(SetSlots({"jaren": 82}, answer=True)) == ["utter_oud"]


def test_only_answers_with_a_simpler_version_are_explained() -> None:
    engine = FlowEngine(FLOWS, simpler=frozenset({"utter_hulp"}))
    state = State()
    engine.receive(state, {}, [StartFlow("hulp")])
    while engine.advance(state, {}, {}).action:
        pass
    decision = engine.receive(state, {}, [Explain()])
    assert decision.slots["uitleg_sleutel"] == "utter_hulp"


def test_explain_takes_the_last_answer() -> None:
    talk = Talk()
    talk.hears(StartFlow("kosten"))
    assert talk.hears(Explain()) == ["utter_leg_uit", "utter_uitleg"]
    assert talk.hears(Explain()) == ["utter_leg_uit_geen"]
    assert talk.slots["uitleg_sleutel"] == "utter_kosten"


def test_explain_puts_a_bare_question_in_simpler_words_and_keeps_it_open() -> None:
    talk = Talk()
    talk.hears(StartFlow("leeftijd"))
    assert talk.hears(Explain()) == ["utter_leg_uit", "utter_uitleg"]
    assert talk.slots["uitleg_sleutel"] == "utter_ask_jaren"
    assert talk.hears(SetSlots({"jaren": 82}, answer=True)) == ["utter_oud"]


def test_the_second_failure_goes_to_a_human() -> None:
    talk = Talk()
    talk.hears(StartFlow("hulp"))
    assert talk.hears(CannotHandle()) == ["utter_niet_begrepen", "utter_ask_soort"]
    assert talk.hears(CannotHandle()) == ["utter_mens"]
    assert {"type": "handover_requested", "reason": "tweede_misser"} in talk.events


def test_danger_beats_everything() -> None:
    talk = Talk()
    talk.hears(StartFlow("hulp"))
    talk.hears(StartFlow("leeftijd"))
    assert talk.hears(Crisis("spoed")) == ["utter_crisis"]
    assert talk.state.frames == []
    assert {"type": "crisis", "class": "spoed"} in talk.events


def test_clarifying_leaves_the_open_question_open() -> None:
    talk = Talk()
    talk.hears(StartFlow("hulp"))
    assert talk.hears(Clarify(("kosten", "leeftijd"))) == ["utter_verduidelijken"]
    assert talk.hears(SetSlots({"soort": "anders"}, answer=True)) == ["utter_anders", "utter_ask_plaats"]


def test_whoever_is_not_understood_after_one_question_goes_to_a_human() -> None:
    talk = Talk()
    talk.hears(Clarify(("kosten", "leeftijd")))
    talk.hears(Clarify(("kosten", "hulp")))
    assert {"type": "handover_requested", "reason": "tweede_misser"} in talk.events


def test_understood_after_the_question_starts_counting_anew() -> None:
    talk = Talk()
    talk.hears(Clarify(("kosten", "leeftijd")))
    talk.hears(StartFlow("kosten"))
    assert talk.hears(Clarify(("kosten", "leeftijd"))) == ["utter_verduidelijken"]


def test_the_same_topic_again_starts_anew_and_does_not_stack() -> None:
    talk = Talk()
    for _ in range(5):
        talk.hears(StartFlow("hulp"))
    assert [frame.flow for frame in talk.state.frames] == ["hulp"]


FLOW_NAMES = st.sampled_from(["hulp", "kosten", "leeftijd"])
COMMANDS = st.one_of(
    FLOW_NAMES.map(StartFlow),
    st.builds(
        lambda v, a: SetSlots({"soort": v}, a), st.sampled_from(["schoon", "anders", "onzin", None]), st.booleans()
    ),
    st.builds(lambda v, a: SetSlots({"jaren": v}, a), st.sampled_from([1, 82, 300, None]), st.booleans()),
    st.builds(lambda v, a: SetSlots({"plaats": v}, a), st.text(max_size=8), st.booleans()),
    st.sampled_from([Restart(), ExplainTerm("beschikking")]),
    st.sampled_from([Back(), Cancel(), CannotHandle(), Repeat(), Explain(), Clarify(("kosten",)), Crisis("spoed")]),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(COMMANDS, min_size=1, max_size=3), max_size=25))
def test_random_walks_never_raise_never_stick_and_stay_shallow(turns: list[list[Command]]) -> None:
    talk = Talk()
    for commands in turns:
        talk.hears(*commands)
        assert len(talk.state.frames) <= MAX_DEPTH
        assert len(json.dumps(talk.state.to_json())) < 4000


@pytest.mark.parametrize("turns", [40])
def test_a_long_stack_drops_the_oldest(turns: int) -> None:
    talk = Talk()
    for number in range(turns):
        talk.hears(StartFlow(["hulp", "leeftijd"][number % 2]))
    assert len(talk.state.frames) <= 2


PASSING = FlowEngine(FLOWS, frozenset({"plaats"}), passed_over={"soort": "anders"})


def test_a_question_that_stays_unanswered_twice_is_passed_over() -> None:
    state, slots = State(), dict[str, Any]()

    def hears(*commands: Command) -> list[str]:
        slots.update(PASSING.receive(state, slots, list(commands)).slots)
        said = []
        while True:
            decision = PASSING.advance(state, slots, {})
            slots.update(decision.slots)
            if decision.action is None:
                return said
            said.append(decision.action)

    assert hears(StartFlow("hulp"))[-1] == "utter_ask_soort"
    assert "utter_ask_soort" in hears(Repeat())
    assert hears(SetSlots({"leeftijd": 80}, correction=True))[-1] == "utter_ask_soort"
    assert hears(SetSlots({"leeftijd": 81}, correction=True))[-2:] == ["utter_anders", "utter_ask_plaats"]


def test_an_action_that_fails_ends_the_topic_with_an_apology() -> None:
    talk = Talk()
    talk.hears(StartFlow("hulp"))
    ENGINE.fail("action_iets", talk.state)
    assert [frame.flow for frame in talk.state.frames] == ["pattern_internal_error"]


def test_local_help_that_cannot_be_looked_up_does_not_end_the_topic() -> None:
    talk = Talk()
    talk.hears(StartFlow("hulp"))
    decision = ENGINE.fail("action_zoek_lokale_opties", talk.state)
    assert decision.slots == {"opties_status": "storing"}
    assert talk.state.queue == ["utter_opties_storing"]
    assert talk.state.frames[-1].flow == "hulp"
