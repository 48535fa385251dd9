"""One message to the engine from any place in a conversation, without the talk that leads there."""

from __future__ import annotations

from datetime import date
from typing import Any

import httpx

CONTEXT = {"gemeente": "GM9999", "vandaag": date(2026, 11, 24).isoformat(), "bemenst": False, "bewaardagen": 28}


def send(client: httpx.Client, given: dict[str, Any], state: dict[str, Any] | None = None) -> dict[str, Any]:
    """The engine's reply to ``given`` (an input of the private channel) in this state."""
    body = {"conversation": "beurt", "state": state or {}, "input": given, "context": CONTEXT}
    reply: dict[str, Any] = client.post("/webhooks/steunwijzer/turn", json=body).raise_for_status().json()
    return reply


def say(client: httpx.Client, words: str, slots: dict[str, Any] | None = None) -> dict[str, Any]:
    """The engine's reply to a resident's words when these slots are known."""
    return send(client, {"type": "text", "text": words}, {"slots": slots or {}})


def keys(reply: dict[str, Any]) -> list[str]:
    """Keys of the texts in a reply."""
    return [message["key"] for message in reply["messages"]]


def asked(flow: str, step: str, text: str) -> dict[str, Any]:
    """The slot ``flow_stack`` of a conversation in which this question, asked with this text, stands open."""
    return {
        "frames": [{"flow": flow, "step": step, "phase": "asked", "called": False, "aside": False}],
        "answered": [],
        "said": [text],
        "queue": [],
        "misses": 0,
        "fresh": False,
        "finished": None,
    }
