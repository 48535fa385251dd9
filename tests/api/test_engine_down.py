"""The engine falls over in the middle of a turn: an apology and a number, and the talk goes on where it was."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.conftest import Stack, start_stack

pytestmark = [pytest.mark.engine, pytest.mark.slow]


@pytest.fixture
def own_stack(tmp_path: Path) -> Iterator[Stack]:
    """A stack of its own: this test pulls plugs."""
    yield from start_stack(tmp_path)


def until_ready_is(stack: Stack, value: int) -> None:
    """What an alarm looks at."""
    address = f"http://127.0.0.1:{stack.environment['STEUNWIJZER_ACTIONS_PORT']}/metrics"
    until = time.monotonic() + 120
    while f"steunwijzer_ready {value}.0" not in httpx.get(address).text:
        assert time.monotonic() < until
        time.sleep(0.2)


def test_kill_the_engine_in_the_middle_of_a_turn(own_stack: Stack) -> None:
    with httpx.Client(base_url=f"{own_stack.site}/api/v1", timeout=60) as client:
        begun = client.post("/conversations", json={"gemeente": "GM9999"}).json()
        headers = {"Authorization": f"Bearer {begun['token']}"}

        def say(text: str) -> dict[str, Any]:
            body = {"client_id": str(uuid.uuid4()), "text": text}
            reply = client.post(f"/conversations/{begun['id']}/messages", json=body, headers=headers)
            assert reply.status_code == 200, reply.text
            return reply.json()

        asked = say("wat is beter, pgb of zorg in natura?")
        assert "Van wie krijgt u de hulp" in asked["messages"][-1]["text"]

        plug = threading.Timer(0.004, own_stack.kill_engine)
        plug.start()
        said = say("de gemeente, voor een volwassene")
        plug.join()
        if "gaat bij ons iets mis" not in said["messages"][-1]["text"]:
            said = say("de gemeente, voor een volwassene")
        text = said["messages"][-1]["text"]
        assert "Sorry" in text
        assert "14 0999" in text

        until_ready_is(own_stack, 0)
        assert client.get("/ready").status_code == 200, "residents still get an answer: the number to call"
        own_stack.restart_engine()
        until_ready_is(own_stack, 1)
        again = say("de gemeente, voor een volwassene")
        assert any("verschillen" in message["text"].lower() for message in again["messages"]), again


def test_the_site_says_not_ready_while_the_engine_starts(own_stack: Stack) -> None:
    assert httpx.get(f"{own_stack.site}/api/v1/health").status_code == 200
