"""Plays the conversations of `tests/dialogue/*.yml` through the real engine and the real actions.

Each turn may say what it expects: `flow`, `answers` (keys that must be among the replies), `not_answers`, `at_most` (messages),
`contains`, `not_contains`, `choices` (labels), `blocks` (types), `safety` and `status`.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.yamlsource import load

HERE = Path(__file__).parent
TODAY = date(2026, 11, 24)
pytestmark = pytest.mark.engine


def dialogues() -> list[Any]:
    found = []
    for path in sorted(HERE.glob("*.yml")):
        for dialogue in load(path)["dialogues"]:
            found.append(pytest.param(dialogue, id=f"{path.stem}: {dialogue['name']}"))
    return found


class Talk:
    """One conversation with the engine, as the front office has it."""

    def __init__(self, engine: str, municipality: str | None, staffed: bool) -> None:
        self._client = httpx.Client(base_url=engine, timeout=20)
        self._state: dict[str, Any] = {}
        self._choices: dict[str, str] = {}
        self._context = {
            "gemeente": municipality, "vandaag": TODAY.isoformat(), "bemenst": staffed, "bewaardagen": 28,
            "reden_onbemenst": "" if staffed else "In deze chat is nu niemand.",
        }  # fmt: skip

    def turn(self, given: dict[str, Any]) -> dict[str, Any]:
        body = {"conversation": "dialoog", "state": self._state, "input": given, "context": self._context}
        reply: dict[str, Any] = self._client.post("/webhooks/steunwijzer/turn", json=body).raise_for_status().json()
        self._state = reply["state"]
        for message in reply["messages"]:
            self._choices |= {choice["label"]: choice["payload"] for choice in message["choices"]}
        return reply

    def says(self, text: str) -> dict[str, Any]:
        return self.turn({"type": "text", "text": text})

    def picks(self, label: str) -> dict[str, Any]:
        assert label in self._choices, f"er is geen knop '{label}'; wel: {sorted(self._choices)}"
        return self.turn({"type": "choice", "payload": self._choices[label]})


@pytest.mark.parametrize("dialogue", dialogues())
def test_dialogue(dialogue: dict[str, Any], engine_url: str) -> None:
    talk = Talk(engine_url, dialogue.get("gemeente"), bool(dialogue.get("bemenst")))
    talk.turn({"type": "start"})
    for turn in dialogue["turns"]:
        reply = talk.says(turn["says"]) if "says" in turn else talk.picks(turn["picks"])
        check(turn, reply)


def check(turn: dict[str, Any], reply: dict[str, Any]) -> None:
    messages = reply["messages"]
    keys = [message["key"] for message in messages]
    text = "\n".join(message["text"] for message in messages)
    labels = [choice["label"] for message in messages for choice in message["choices"]]
    blocks = [block["type"] for message in messages for block in message["blocks"]]
    seen = f"na '{turn.get('says') or turn.get('picks')}' zei Steunwijzer {keys} ({reply['parse']['intent']}):\n{text}"
    assert text.strip(), seen
    started = {event["flow"] for event in reply["events"] if event["type"] == "flow_started"}
    if "flow" in turn:
        assert turn["flow"] in started | {(reply["flow"] or {}).get("id")}, seen
    for key in turn.get("answers", []):
        assert key in keys, seen
    for key in turn.get("not_answers", []):
        assert key not in keys, seen
    assert len(messages) <= turn.get("at_most", len(messages)), seen
    for part in turn.get("contains", []):
        assert part.lower() in text.lower(), seen
    for part in turn.get("not_contains", []):
        assert part.lower() not in text.lower(), seen
    for label in turn.get("choices", []):
        assert label in labels, f"{seen}\nknoppen: {labels}"
    for block in turn.get("blocks", []):
        assert block in blocks, seen
    if "safety" in turn:
        assert reply["parse"]["safety"]["class"] == turn["safety"], seen
