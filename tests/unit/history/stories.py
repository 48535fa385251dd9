"""Small made-up talks for the tests of the history."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from steunwijzer.store import CallbackRequest, Colleague, Conversation, Database, HandoverCase, Message

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
HERE = "GM9999"


async def colleague(database: Database, *codes: str) -> None:
    async with database.transaction() as session:
        for code in codes:
            session.add(Colleague(id=code, email=f"{code}@voorbeeld.test", name=code.title(), created_at=NOW))


async def talk(
    database: Database, name: str, *said: str, cases: int = 1, minutes_ago: int = 0, gemeente: str = HERE, **values: Any
) -> None:
    """A talk that was passed on. ``said``: what the resident said, each with an answer; ``values``: for the hand-over."""
    at = NOW - timedelta(minutes=minutes_ago)
    async with database.transaction() as session:
        session.add(
            Conversation(
                id=name, token_hash="x", gemeente=gemeente, taal="nl", status="afgesloten", state={}, summary={}, last_seq=2 * len(said),
                created_at=at, updated_at=at,
            )
        )  # fmt: skip
        await session.flush()
        for number, text in enumerate(said):
            session.add(message(name, 2 * number + 1, "inwoner", text, at))
            session.add(message(name, 2 * number + 2, "assistent", "Dit is het antwoord over een indicatie.", at))
        for number in range(cases):
            session.add(case(name, at, number, gemeente=gemeente, **values))


def message(name: str, seq: int, sender: str, text: str, at: datetime = NOW, **values: Any) -> Message:
    return Message(
        id=f"{name}-{seq}", conversation_id=name, seq=seq, sender=sender, at=at, text=text, choices=[], blocks=[], **values
    )  # fmt: skip


def case(name: str, at: datetime = NOW, number: int = 0, **values: Any) -> HandoverCase:
    given: dict[str, Any] = {
        "gemeente": HERE, "state": "afgesloten", "reason": "verzoek", "topic": "pgb_uitleg", "summary": {}, "shared": ["gesprek"],
        "left_out": [], "ended_at": at + timedelta(minutes=5), "outcome": "beantwoord",
    }  # fmt: skip
    return HandoverCase(id=f"{name}-zaak-{number}", conversation_id=name, asked_at=at, **{**given, **values})


def call_back(name: str, at: datetime = NOW, **values: Any) -> CallbackRequest:
    given: dict[str, Any] = {
        "gemeente": HERE,
        "topic": "vervoer",
        "status": "open",
        "promised_until": at + timedelta(hours=4),
    }
    return CallbackRequest(id=f"{name}-bel", conversation_id=name, created_at=at, **{**given, **values})
