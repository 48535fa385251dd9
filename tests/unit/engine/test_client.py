"""The engine may be slow, down or confused: the client asks twice, then says that nobody is home."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest

from steunwijzer.engine import EngineClient, EngineDown, Event

GOOD: dict[str, Any] = {
    "messages": [{"key": "utter_a", "text": "Dag", "choices": [{"label": "Ja", "payload": "/bevestigen"}], "blocks": []}],
    "state": {"slots": {"wet": "wmo"}},
    "parse": {"text": "hoi"},
    "flow": {"id": "pgb_uitleg", "step": "vraag"},
    "events": [{"type": "crisis", "class": "crisis_suicide"}, {"type": "handover_requested", "reason": "verzoek", "summary": {"wet": "wmo"}}],
    "elapsed_ms": 12.3,
}  # fmt: skip
SECRET = "mijn geheim verhaal"


class Engine:
    """Answers as told, one answer after another, and remembers what it was asked."""

    def __init__(self, *answers: Callable[[], httpx.Response]) -> None:
        self._answers = list(answers)
        self.asked: list[dict[str, Any]] = []

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(json.loads(request.content or b"null"))
        return self._answers[min(len(self.asked), len(self._answers)) - 1]()

    async def turn(self, timeout: float = 5) -> Any:
        async with EngineClient("http://machinekamer", timeout, httpx.MockTransport(self)) as client:
            return await client.turn("g1", {"slots": {}}, {"type": "text", "text": SECRET}, {"vandaag": "2026-11-24"})


def answer(body: Any, status: int = 200) -> Callable[[], httpx.Response]:
    return lambda: httpx.Response(status, json=body)


def refuse() -> httpx.Response:
    raise httpx.ConnectError("niemand thuis: " + SECRET)


async def test_a_good_answer_is_read_whole() -> None:
    engine = Engine(answer(GOOD))
    reply = await engine.turn()
    assert reply.messages == GOOD["messages"]
    assert reply.state == GOOD["state"]
    assert reply.flow == GOOD["flow"]
    assert reply.events == [
        Event("crisis", danger="crisis_suicide"),
        Event("handover_requested", reason="verzoek", summary={"wet": "wmo"}),
    ]
    expected = {
        "conversation": "g1", "state": {"slots": {}}, "input": {"type": "text", "text": SECRET}, "context": {"vandaag": "2026-11-24"},
    }  # fmt: skip
    assert engine.asked == [expected]


@pytest.mark.parametrize(
    "first", [refuse, answer({"fout": "storing"}, 500), lambda: httpx.Response(200, content=b"<html>")]
)
async def test_one_hiccup_goes_unnoticed(first: Callable[[], httpx.Response]) -> None:
    engine = Engine(first, answer(GOOD))
    assert (await engine.turn()).messages[0]["text"] == "Dag"
    assert len(engine.asked) == 2


@pytest.mark.parametrize(
    "body",
    [
        [], "tekst", None, {}, {"messages": []}, {"messages": [], "state": None}, {"messages": None, "state": {}},
        {"messages": ["tekst"], "state": {}}, {"messages": [{}], "state": {}}, {"messages": [{"text": None}], "state": {}},
        {"messages": [{"text": "a", "choices": [{"label": "Ja"}]}], "state": {}},
        {"messages": [{"text": "a", "blocks": ["kaart"]}], "state": {}},
        {"messages": [], "state": {}, "events": [{}]}, {"messages": [], "state": {}, "events": ["crisis"]},
    ],
)  # fmt: skip
async def test_an_answer_of_another_shape_is_no_answer(body: Any) -> None:
    engine = Engine(answer(body))
    with pytest.raises(EngineDown):
        await engine.turn()
    assert len(engine.asked) == 2


async def test_a_slow_engine_is_not_waited_for_longer_than_agreed() -> None:
    class Drip(httpx.AsyncByteStream):
        """Sends a byte now and then, so that no single silence is long."""

        async def __aiter__(self) -> AsyncIterator[bytes]:
            while True:
                await asyncio.sleep(0.05)
                yield b" "

    engine = Engine(lambda: httpx.Response(200, stream=Drip()))
    started = asyncio.get_running_loop().time()
    with pytest.raises(EngineDown):
        await engine.turn(timeout=0.2)
    assert asyncio.get_running_loop().time() - started < 2


async def test_what_a_resident_said_is_never_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="steunwijzer")
    with pytest.raises(EngineDown):
        await Engine(refuse, lambda: httpx.Response(200, text=SECRET)).turn()
    assert "ConnectError" in caplog.text
    assert SECRET not in caplog.text


@pytest.mark.parametrize(("reply", "up"), [(answer({"status": "ok"}), True), (answer({}, 503), False), (refuse, False)])
async def test_waiting_for_the_engine_is_silent(
    reply: Callable[[], httpx.Response], up: bool, caplog: pytest.LogCaptureFixture
) -> None:
    async with EngineClient("http://machinekamer", 1, httpx.MockTransport(Engine(reply))) as client:
        assert await client.is_up() is up
    assert not [record for record in caplog.records if record.name.startswith("steunwijzer")]


@pytest.mark.parametrize("address", ["http://machinekamer", "http://machinekamer/", "http://machinekamer/achter/proxy"])
async def test_the_engine_may_live_under_a_path(address: str) -> None:
    asked: list[str] = []

    def remember(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        return httpx.Response(200, json={})

    async with EngineClient(address, 1, httpx.MockTransport(remember)) as client:
        assert await client.is_up()
    assert asked == [httpx.URL(address).path.rstrip("/") + "/webhooks/steunwijzer/health"]
