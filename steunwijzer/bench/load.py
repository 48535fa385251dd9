"""The load: the same sentences, in the same order, from the same client, to either assistant."""

from __future__ import annotations

import asyncio
import itertools
import statistics
import time
import uuid
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

import httpx

from bot.content import load_answers
from steunwijzer.bench.programs import BenchError

CONTENT = Path(__file__).resolve().parent.parent.parent / "content"


class Conversation(Protocol):
    """One conversation with an assistant."""

    async def say(self, text: str) -> None:
        """One turn: send a sentence and wait for the whole answer. Raises when there is none."""


StartConversation = Callable[[httpx.AsyncClient], Awaitable[Conversation]]


@dataclass(frozen=True)
class Steunwijzer:
    """A conversation through the public chat API of the front office."""

    client: httpx.AsyncClient
    url: str
    headers: dict[str, str]

    async def say(self, text: str) -> None:
        """One turn. An apology is no answer, however fast it comes."""
        reply = await self.client.post(
            self.url, json={"client_id": str(uuid.uuid4()), "text": text}, headers=self.headers
        )
        reply.raise_for_status()
        if any(apology in reply.content for apology in _apologies()):
            raise BenchError(f"Steunwijzer had geen antwoord op '{text}'; kijk in het logboek van de machinekamer.")


@cache
def _apologies() -> frozenset[bytes]:
    """How an answer begins that the front office gives when the engine has none."""
    return frozenset(answer.text.splitlines()[0].encode() for answer in load_answers(CONTENT)["utter_storing"])


def steunwijzer(base: str) -> StartConversation:
    """Conversations with the front office at ``base``."""

    async def start(client: httpx.AsyncClient) -> Conversation:
        reply = await client.post(f"{base}/api/v1/conversations", json={"gemeente": "GM9999", "taal": "nl"})
        reply.raise_for_status()
        made = reply.json()
        headers = {"Authorization": f"Bearer {made['token']}"}
        return Steunwijzer(client, f"{base}/api/v1/conversations/{made['id']}/messages", headers)

    return start


@dataclass(frozen=True)
class StockRasa:
    """A conversation through Rasa's REST channel."""

    client: httpx.AsyncClient
    url: str
    sender: str

    async def say(self, text: str) -> None:
        """One turn."""
        reply = await self.client.post(self.url, json={"sender": self.sender, "message": text})
        reply.raise_for_status()


def stock_rasa(base: str) -> StartConversation:
    """Conversations with stock Rasa at ``base``."""

    async def start(client: httpx.AsyncClient) -> Conversation:
        return StockRasa(client, f"{base}/webhooks/rest/webhook", uuid.uuid4().hex)

    return start


@dataclass(frozen=True)
class Timing:
    """Milliseconds per turn and turns per second of one measurement."""

    p50: float
    p95: float
    per_second: float


def percentile(values: Sequence[float], percent: int) -> float:
    """The value below which ``percent`` of the values lie."""
    return sorted(values)[min(len(values) - 1, len(values) * percent // 100)]


async def measure(start: StartConversation, sentences: Sequence[str], at_once: int, turns_each: int) -> Timing:
    """``at_once`` conversations of ``turns_each`` turns, each waiting for its answer before the next sentence."""
    async with _client(at_once) as client:
        conversations = [await start(client) for _ in range(at_once)]
        source = itertools.cycle(sentences)
        scripts = [[next(source) for _ in range(turns_each)] for _ in conversations]
        for conversation in conversations[:1]:
            await conversation.say(sentences[0])
        began = time.perf_counter()
        times = await asyncio.gather(*(_play(*pair) for pair in zip(conversations, scripts, strict=True)))
        seconds = time.perf_counter() - began
    flat = [value for one in times for value in one]
    return Timing(statistics.median(flat), percentile(flat, 95), len(flat) / seconds)


async def measure_long(start: StartConversation, sentences: Sequence[str], turns: int) -> list[float]:
    """Milliseconds of each turn of one long conversation."""
    async with _client(1) as client:
        source = itertools.cycle(sentences)
        return await _play(await start(client), [next(source) for _ in range(turns)])


async def _play(conversation: Conversation, script: Sequence[str]) -> list[float]:
    times = []
    for sentence in script:
        began = time.perf_counter()
        await conversation.say(sentence)
        times.append((time.perf_counter() - began) * 1000)
    return times


def _client(at_once: int) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        timeout=60, limits=httpx.Limits(max_connections=at_once + 2, max_keepalive_connections=at_once + 2)
    )
