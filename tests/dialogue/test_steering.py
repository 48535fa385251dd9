"""Stop, terug, opnieuw, herhaal, makkelijker and "wat is een …" work inside every question there is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.content import load_answers
from bot.flows import load_flows
from tests.conftest import ROOT
from tests.dialogue.turns import asked, keys, say

pytestmark = pytest.mark.engine
FLOWS = load_flows(ROOT / "data" / "flows")
ANSWERS = load_answers(ROOT / "content")
QUESTIONS = [(flow.id, step.id) for flow in FLOWS.values() for step in flow.steps.values() if step.kind == "collect"]
IN_DANGER = frozenset({"crisis_suicide", "huiselijk_geweld", "kindermishandeling", "zware_tijd", "zeker_weten"})


def inside(client: httpx.Client, flow: str, step: str, words: str) -> dict[str, Any]:
    """A message while this question stands open."""
    return say(client, words, {"onderwerp": flow, "flow_stack": asked(flow, step, FLOWS[flow].steps[step].utter)})


@pytest.mark.parametrize(("flow", "step"), QUESTIONS, ids=[f"{flow}.{step}" for flow, step in QUESTIONS])
def test_steering_words_work_inside_every_question(client: httpx.Client, flow: str, step: str) -> None:
    question = FLOWS[flow].steps[step].utter
    assert keys(inside(client, flow, step, "herhaal")) == ["utter_herhaal", question]
    assert keys(inside(client, flow, step, "terug")) == ["utter_terug_niets", question]
    assert keys(inside(client, flow, step, "wat is een beschikking?")) == ["utter_begrip", question]
    assert keys(inside(client, flow, step, "opnieuw"))[0] == "utter_opnieuw"
    stopped = inside(client, flow, step, "stop")
    assert keys(stopped) == ["utter_crisis_blijf" if flow in IN_DANGER else "utter_gestopt"]
    assert (stopped["flow"] or {}).get("step") == "END"
    simpler = inside(client, flow, step, "makkelijker")
    if any(answer.simple for answer in ANSWERS[question]):
        assert keys(simpler) == ["utter_leg_uit", "utter_uitleg"]
        assert simpler["flow"] == {"id": flow, "step": step}
    else:
        assert keys(simpler) == ["utter_leg_uit_geen", question]


def test_there_are_questions_to_try() -> None:
    assert len(QUESTIONS) > 15
    assert all(Path(ROOT / "data" / "flows" / FLOWS[flow].file).exists() for flow, _ in QUESTIONS)
