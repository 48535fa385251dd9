"""Stop, terug, opnieuw, herhaal, makkelijker and "wat is een …" work inside every question there is."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.content import load_answers
from bot.flows import load_flows
from tests.conftest import ROOT

pytestmark = pytest.mark.engine
FLOWS = load_flows(ROOT / "data" / "flows")
ANSWERS = load_answers(ROOT / "content")
QUESTIONS = [(flow.id, step.id) for flow in FLOWS.values() for step in flow.steps.values() if step.kind == "collect"]
IN_DANGER = frozenset({"crisis_suicide", "huiselijk_geweld", "kindermishandeling", "zware_tijd", "zeker_weten"})
CONTEXT = {"gemeente": None, "vandaag": date(2026, 11, 24).isoformat(), "bemenst": False}


@pytest.fixture(scope="module")
def client(engine_url: str) -> Any:
    with httpx.Client(base_url=engine_url, timeout=20) as client:
        yield client


def say(client: httpx.Client, flow: str, step: str, words: str) -> dict[str, Any]:
    """A message while this question stands open."""
    stack = {
        "frames": [{"flow": flow, "step": step, "phase": "asked", "called": False, "aside": False}],
        "answered": [],
        "said": [FLOWS[flow].steps[step].utter],
        "queue": [],
        "misses": 0,
        "fresh": False,
        "finished": None,
    }
    slots = {"onderwerp": flow, "flow_stack": stack}
    body = {
        "conversation": "sturen",
        "state": {"slots": slots},
        "input": {"type": "text", "text": words},
        "context": CONTEXT,
    }
    reply: dict[str, Any] = client.post("/webhooks/steunwijzer/turn", json=body).raise_for_status().json()
    return reply


def keys(reply: dict[str, Any]) -> list[str]:
    return [message["key"] for message in reply["messages"]]


@pytest.mark.parametrize(("flow", "step"), QUESTIONS, ids=[f"{flow}.{step}" for flow, step in QUESTIONS])
def test_steering_words_work_inside_every_question(client: httpx.Client, flow: str, step: str) -> None:
    question = FLOWS[flow].steps[step].utter
    assert keys(say(client, flow, step, "herhaal")) == ["utter_herhaal", question]
    assert keys(say(client, flow, step, "terug")) == ["utter_terug_niets", question]
    assert keys(say(client, flow, step, "wat is een beschikking?")) == ["utter_begrip", question]
    assert keys(say(client, flow, step, "opnieuw"))[0] == "utter_opnieuw"
    stopped = say(client, flow, step, "stop")
    assert keys(stopped) == ["utter_crisis_blijf" if flow in IN_DANGER else "utter_gestopt"]
    assert (stopped["flow"] or {}).get("step") == "END"
    simpler = say(client, flow, step, "makkelijker")
    if any(answer.simple for answer in ANSWERS[question]):
        assert keys(simpler) == ["utter_leg_uit", "utter_uitleg"]
        assert simpler["flow"] == {"id": flow, "step": step}
    else:
        assert keys(simpler) == ["utter_leg_uit_geen", question]


def test_there_are_questions_to_try() -> None:
    assert len(QUESTIONS) > 15
    assert all(Path(ROOT / "data" / "flows" / FLOWS[flow].file).exists() for flow, _ in QUESTIONS)
