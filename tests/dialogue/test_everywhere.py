"""Steering words after the first words of every topic, and every difficult word, through the real engine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import httpx
import pytest

from bot.content import load_facts
from bot.content.glossary import Glossary
from bot.flows import load_flows
from tests.conftest import ROOT

pytestmark = pytest.mark.engine
FLOWS = load_flows(ROOT / "data" / "flows")
STARTED = sorted(flow.id for flow in FLOWS.values() if not flow.is_pattern)
GLOSSARY = Glossary(load_facts(ROOT / "content").glossary)
CONTEXT = {"gemeente": "GM9999", "vandaag": date(2026, 11, 24).isoformat(), "bemenst": False, "bewaardagen": 28}
LOST = frozenset({"utter_niet_begrepen", "utter_niet_begrepen_tweede", "utter_verduidelijken", "utter_storing"})
ANSWERS_TO = {
    "herhaal": {"utter_herhaal"},
    "makkelijker": {"utter_leg_uit", "utter_leg_uit_geen"},
    "terug": {"utter_terug", "utter_terug_niets"},
    "opnieuw": {"utter_opnieuw", "utter_los_antwoord"},
    "stop": {"utter_gestopt", "utter_crisis_blijf"},
}


@pytest.fixture(scope="module")
def client(engine_url: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=engine_url, timeout=20) as client:
        yield client


def turn(client: httpx.Client, given: dict[str, Any], state: dict[str, Any] | None = None) -> dict[str, Any]:
    body = {"conversation": "overal", "state": state or {}, "input": given, "context": CONTEXT}
    reply: dict[str, Any] = client.post("/webhooks/steunwijzer/turn", json=body).raise_for_status().json()
    return reply


def keys(reply: dict[str, Any]) -> list[str]:
    return [message["key"] for message in reply["messages"]]


@pytest.mark.parametrize("flow", STARTED)
def test_steering_words_work_after_the_first_words_of_every_topic(client: httpx.Client, flow: str) -> None:
    begun = turn(client, {"type": "choice", "payload": f"/{flow}"})
    for words, answers in ANSWERS_TO.items():
        reply = turn(client, {"type": "text", "text": words}, begun["state"])
        said = keys(reply)
        assert answers & set(said), (flow, words, said)
        assert not LOST.intersection(said), (flow, words, said)
        assert all(message["text"].strip() for message in reply["messages"])


@pytest.mark.parametrize("key", GLOSSARY.terms)
def test_every_difficult_word_can_be_asked_in_a_talk_and_leaves_the_question_open(
    client: httpx.Client, key: str
) -> None:
    term = GLOSSARY.terms[key]
    step = next(step for step in FLOWS["schulden"].steps.values() if step.kind == "collect")
    frame = {"flow": "schulden", "step": step.id, "phase": "asked", "called": False, "aside": False}
    stack = {"frames": [frame], "answered": [], "said": [step.utter], "queue": [], "misses": 0, "fresh": False, "finished": None}  # fmt: skip
    state = {"slots": {"onderwerp": "schulden", "flow_stack": stack}}
    reply = turn(client, {"type": "text", "text": f"wat is een {term.term}?"}, state)
    if term.told_in_full:
        assert term.topic in {event["flow"] for event in reply["events"] if event["type"] == "flow_started"}
        return
    assert keys(reply) == ["utter_begrip", step.utter]
    assert term.explanation in reply["messages"][0]["text"]
    answered = turn(client, {"type": "text", "text": "nee"}, reply["state"])
    assert "utter_schulden_stappen" in keys(answered)
