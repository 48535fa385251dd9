"""Long talks at random through every flow of this project: nothing raises, nothing sticks, and no part stays without its topic."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.flows import FlowEngine, load_flows
from bot.flows.commands import Back, CannotHandle, Command, Repeat, Restart, SetSlots, StartFlow
from bot.flows.state import MAX_DEPTH, State
from bot.yamlsource import load
from tests.conftest import ROOT

FLOWS = load_flows(ROOT / "data" / "flows")
VALUES = {name: slot.get("values") for name, slot in load(ROOT / "domain.yml")["slots"].items()}
ENGINE = FlowEngine(FLOWS)
MOST_ACTIONS = 60
# What somebody does: begin a topic, answer the question that stands open with its n-th value, or say something else.
TOPICS = st.sampled_from(sorted(name for name, flow in FLOWS.items() if not flow.is_pattern)).map(StartFlow)
MOVES = st.one_of(TOPICS, TOPICS, st.integers(0, 9), st.sampled_from([CannotHandle(), Back(), Repeat(), Restart()]))


def _answer(state: State, number: int) -> Command:
    top = state.top
    step = FLOWS[top.flow].steps[top.step] if top and top.phase == "asked" else None
    if step is None:
        return CannotHandle()
    values = VALUES.get(step.value) or ["iets"]
    return SetSlots({step.value: values[number % len(values)]}, answer=True)


@settings(max_examples=150, deadline=None)
@given(st.lists(MOVES, min_size=10, max_size=40))
def test_any_talk_goes_on(moves: list[Command | int]) -> None:
    state, slots = State(), dict[str, Any]()
    for move in moves:
        command = _answer(state, move) if isinstance(move, int) else move
        slots |= ENGINE.receive(state, slots, [command]).slots
        for _ in range(MOST_ACTIONS):
            decision = ENGINE.advance(state, slots, {})
            slots |= decision.slots
            if decision.action is None:
                break
        else:
            raise AssertionError(f"de motor blijft praten na {command}")
        state = State.from_json(json.loads(json.dumps(state.to_json())))
        assert not (state.frames and state.frames[0].called), [frame.flow for frame in state.frames]
        assert len(state.frames) <= MAX_DEPTH
