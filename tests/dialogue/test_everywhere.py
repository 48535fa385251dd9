"""Steering words after the first words of every topic, and every difficult word, through the real engine."""

from __future__ import annotations

import httpx
import pytest

from bot.content import load_facts
from bot.content.glossary import Glossary
from bot.flows import load_flows
from tests.conftest import ROOT
from tests.dialogue.turns import asked, keys, say, send

pytestmark = pytest.mark.engine
FLOWS = load_flows(ROOT / "data" / "flows")
STARTED = sorted(flow.id for flow in FLOWS.values() if not flow.is_pattern)
GLOSSARY = Glossary(load_facts(ROOT / "content").glossary)
LOST = frozenset({"utter_niet_begrepen", "utter_niet_begrepen_tweede", "utter_verduidelijken", "utter_storing"})
ANSWERS_TO = {
    "herhaal": {"utter_herhaal"},
    "makkelijker": {"utter_leg_uit", "utter_leg_uit_geen"},
    "terug": {"utter_terug", "utter_terug_niets"},
    "opnieuw": {"utter_opnieuw", "utter_los_antwoord"},
    "stop": {"utter_gestopt", "utter_crisis_blijf"},
}


@pytest.mark.parametrize("flow", STARTED)
def test_steering_words_work_after_the_first_words_of_every_topic(client: httpx.Client, flow: str) -> None:
    begun = send(client, {"type": "choice", "payload": f"/{flow}"})
    for words, answers in ANSWERS_TO.items():
        reply = send(client, {"type": "text", "text": words}, begun["state"])
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
    slots = {"onderwerp": "schulden", "flow_stack": asked("schulden", step.id, step.utter)}
    reply = say(client, f"wat is een {term.term}?", slots)
    if term.told_in_full:
        assert term.topic in {event["flow"] for event in reply["events"] if event["type"] == "flow_started"}
        return
    assert keys(reply) == ["utter_begrip", step.utter]
    assert term.explanation in reply["messages"][0]["text"]
    answered = send(client, {"type": "text", "text": "nee"}, reply["state"])
    assert "utter_schulden_stappen" in keys(answered)
