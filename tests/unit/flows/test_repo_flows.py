"""Every flow of this project, walked along every branch."""

from __future__ import annotations

import pytest

from bot.content import load_answers
from bot.flows import Flow, Known, load_flows, validate
from bot.flows.commands import StartFlow
from bot.flows.drawing import draw
from bot.flows.engine import FlowEngine
from bot.flows.state import State
from bot.flows.walker import walk
from bot.yamlsource import load
from tests.conftest import ROOT

FLOWS = load_flows(ROOT / "data" / "flows")
DOMAIN = load(ROOT / "domain.yml")
VALUES = {name: tuple(slot.get("values", ())) for name, slot in DOMAIN["slots"].items()}
ANSWERS = load_answers(ROOT / "content")


def test_the_validator_finds_nothing_to_mend() -> None:
    known = Known(VALUES, frozenset(DOMAIN["intents"]), frozenset(DOMAIN["actions"]), frozenset(ANSWERS))
    assert [str(problem) for problem in validate(FLOWS, known)] == []


@pytest.mark.parametrize("flow", FLOWS.values(), ids=lambda flow: flow.id)
def test_every_branch_is_walked_and_every_path_ends(flow: Flow) -> None:
    seen = walk(flow, VALUES)
    assert seen.stuck == []
    assert set(flow.steps) == seen.steps
    branches = {
        (step.id, number) for step in flow.steps.values() if step.kind != "link" for number in range(len(step.next))
    }
    assert branches == seen.branches
    assert seen.endings


@pytest.mark.parametrize("flow", [flow for flow in FLOWS.values() if flow.triggers], ids=lambda flow: flow.id)
def test_every_path_of_a_topic_ends_in_an_answer_or_a_hand_over(flow: Flow) -> None:
    assert all(ending.startswith(("utter_", "action_")) or ending in FLOWS for ending in walk(flow, VALUES).endings)


@pytest.mark.parametrize("staffed", [True, False])
def test_the_question_that_stood_open_comes_back_only_when_no_human_takes_over(staffed: bool) -> None:
    engine, state, slots = FlowEngine(FLOWS), State(), {"gemeente": "GM9999"}
    said: list[str] = []
    for flow in ("hulpmiddelen", "medewerker_spreken"):
        decision = engine.receive(state, slots, [StartFlow(flow)])
        slots |= decision.slots
        while (decision := engine.advance(state, slots, {"bemenst": staffed})).action is not None:
            slots |= decision.slots
            said.append(decision.action)
    asked = said.count("utter_ask_hulpmiddel_soort")
    assert (asked, bool(state.frames)) == ((1, False) if staffed else (2, True))


@pytest.mark.parametrize("flow", FLOWS.values(), ids=lambda flow: flow.id)
def test_every_question_has_a_text_and_a_way_to_say_i_do_not_know(flow: Flow) -> None:
    for step in flow.steps.values():
        if step.kind == "collect":
            assert step.utter in ANSWERS, f"{flow.file}:{step.line}"
            values = VALUES[step.value]
            buttons = [button["payload"] for answer in ANSWERS[step.utter] for button in answer.buttons]
            if values and set(values) != {"ja", "nee"}:
                assert any("weet_niet" in payload or "nee" in payload for payload in buttons), (
                    f"{step.utter}: geen 'weet ik niet'"
                )


@pytest.mark.parametrize("flow", FLOWS.values(), ids=lambda flow: flow.id)
def test_every_flow_can_be_drawn(flow: Flow) -> None:
    picture = draw(flow)
    assert picture.startswith("flowchart TD")
    assert all(f"  {step}" in picture for step in flow.steps)
