"""How long it takes before a colleague's page hears of what a resident said, with many talks open at once."""

from __future__ import annotations

import asyncio
import hashlib
import json
import random
import secrets
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import httpx

from steunwijzer import clock
from steunwijzer.accounts import MEDEWERKER, colleagues, sessions
from steunwijzer.bench.programs import free_port, running
from steunwijzer.store import Conversation, Database, HandoverCase, Message

GEMEENTE = "GM9999"
_COLLEAGUES = 20
_ROUNDS = 3
# All residents together; a busy contact centre with 200 talks gets a message or ten per second.
_PER_SECOND = 10.0
_EARLIER = 12
Say = Callable[[str], None]


@dataclass(frozen=True)
class Delay:
    """Milliseconds from the resident's POST to the event on the colleague's page: half of them, 95 of 100, all within."""

    messages: int
    p50: float
    p95: float
    most: float


@dataclass(frozen=True)
class _Talk:
    conversation_id: str
    case_id: str
    token: str
    cookie: str


async def run(talks: int, say: Say) -> Delay:
    """Start a front office on an empty database, open all talks at the desk, have residents type, and measure."""
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        site, url = f"http://127.0.0.1:{port}", f"sqlite+aiosqlite:///{Path(name) / 'bench.sqlite'}"
        settings = {
            "STEUNWIJZER_PORT": str(port), "STEUNWIJZER_ACTIONS_PORT": str(free_port()), "STEUNWIJZER_DATABASE_URL": url,
            "STEUNWIJZER_SECRET_KEY": secrets.token_urlsafe(32), "STEUNWIJZER_RATE_LIMITS": "off", "STEUNWIJZER_ENGINE_URL": f"http://127.0.0.1:{free_port()}",
        }  # fmt: skip
        say(f"{talks} gesprekken klaarzetten")
        opened = await _fill(url, talks)
        command = {"balie": [sys.executable, "-m", "steunwijzer.server"]}
        with running(command, Path.cwd(), folder, lambda: _answers(site), settings):
            return await _measure(site, opened, say)


def _answers(site: str) -> bool:
    try:
        return httpx.get(f"{site}/api/v1/health", timeout=2).is_success
    except httpx.HTTPError:
        return False


async def _fill(url: str, talks: int) -> list[_Talk]:
    """Colleagues who each have a few talks that are going on."""
    database, now, made = Database(url), clock.now(), []
    await database.migrate()
    async with database.transaction() as session:
        staff = []
        for number in range(_COLLEAGUES):
            colleague_id, _ = await colleagues.add(
                session, f"Collega {number}", f"collega{number}@voorbeeldstad.example", [(GEMEENTE, MEDEWERKER)],
                by=colleagues.COMMAND_LINE, now=now,
            )  # fmt: skip
            staff.append((colleague_id, await sessions.open_session(session, colleague_id, now)))
        for number in range(talks):
            colleague_id, cookie = staff[number % len(staff)]
            talk = _Talk(str(uuid.uuid4()), str(uuid.uuid4()), secrets.token_urlsafe(32), cookie)
            session.add(
                Conversation(
                    id=talk.conversation_id, token_hash=hashlib.sha256(talk.token.encode()).hexdigest(), gemeente=GEMEENTE, taal="nl",
                    status="in_gesprek", state={}, summary={}, last_seq=_EARLIER, created_at=now, updated_at=now,
                )
            )  # fmt: skip
            await session.flush()
            session.add_all(
                Message(
                    id=str(uuid.uuid4()), conversation_id=talk.conversation_id, seq=seq + 1, sender="inwoner", at=now, text="Een zin.",
                    choices=[], blocks=[],
                )
                for seq in range(_EARLIER)
            )  # fmt: skip
            session.add(
                HandoverCase(
                    id=talk.case_id, conversation_id=talk.conversation_id, gemeente=GEMEENTE, state="in_gesprek", reason="verzoek",
                    summary={}, shared=[], left_out=[], asked_at=now, claimed_by=colleague_id, claimed_at=now,
                    claim_until=now + timedelta(days=1),
                )
            )  # fmt: skip
            made.append(talk)
    await database.close()
    return made


async def _measure(site: str, talks: list[_Talk], say: Say) -> Delay:
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=None)
    heard: dict[tuple[str, int], float] = {}
    sent: dict[tuple[str, int], float] = {}
    async with httpx.AsyncClient(base_url=site, timeout=60, limits=limits) as client:
        ready = asyncio.Semaphore(0)
        listeners = [asyncio.create_task(_listen(client, talk, heard, ready)) for talk in talks]
        for _ in talks:
            await ready.acquire()
        # The first message of all loads the rules that look for danger.
        await _type(client, talks[0], 0, {})
        say(f"{len(talks)} gesprekken staan open; inwoners typen")
        number = _EARLIER
        for _ in range(_ROUNDS):
            number += 1
            await _type_all(client, talks[1:], number, sent)
        until = time.monotonic() + 30
        while sent.keys() - heard.keys() and time.monotonic() < until:
            await asyncio.sleep(0.1)
        for task in listeners:
            task.cancel()
        await asyncio.gather(*listeners, return_exceptions=True)
    delays = sorted(1000 * (heard[key] - at) for key, at in sent.items() if key in heard)
    if len(delays) < len(sent):
        say(f"LET OP: {len(sent) - len(delays)} berichten kwamen niet aan")
    return Delay(len(delays), statistics.median(delays), delays[int(len(delays) * 0.95)], delays[-1])


async def _type_all(
    client: httpx.AsyncClient, talks: list[_Talk], number: int, sent: dict[tuple[str, int], float]
) -> None:
    """Every resident says one thing, at moments nobody chose."""
    posts = []
    for talk in random.sample(talks, len(talks)):
        posts.append(asyncio.create_task(_type(client, talk, number, sent)))
        await asyncio.sleep(random.expovariate(_PER_SECOND))
    await asyncio.gather(*posts)


async def _type(client: httpx.AsyncClient, talk: _Talk, number: int, sent: dict[tuple[str, int], float]) -> None:
    body = {"client_id": str(uuid.uuid4()), "text": "Ik heb nog een vraag over hulp in huis."}
    sent[talk.case_id, number] = time.monotonic()
    answer = await client.post(
        f"/api/v1/conversations/{talk.conversation_id}/messages", json=body, headers={"Authorization": f"Bearer {talk.token}"}
    )  # fmt: skip
    answer.raise_for_status()


async def _listen(
    client: httpx.AsyncClient, talk: _Talk, heard: dict[tuple[str, int], float], ready: asyncio.Semaphore
) -> None:
    """A colleague's open page."""
    async with _stream(client, talk) as lines:
        name, last = "", _EARLIER
        ready.release()
        async for line in lines:
            if line.startswith("event: "):
                name = line[7:]
            elif line.startswith("data: ") and name == "bericht":
                # One event may tell of more than one message.
                for number in range(last + 1, (last := json.loads(line[6:])["tot"]) + 1):
                    heard[talk.case_id, number] = time.monotonic()


@asynccontextmanager
async def _stream(client: httpx.AsyncClient, talk: _Talk) -> AsyncIterator[AsyncIterator[str]]:
    headers = {"Cookie": f"__Host-balie={talk.cookie}"}
    address = f"/balie/live?gesprek={talk.case_id}&na={_EARLIER}"
    async with client.stream("GET", address, headers=headers) as answer:
        answer.raise_for_status()
        yield answer.aiter_lines()
