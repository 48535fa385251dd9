"""Adding to the log. Each entry's hash covers its own fields and the hash of the one before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import event, insert, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from steunwijzer.store import AuditEntry, AuditHead

GENESIS = "0" * 64
_WAITING = "audit"
_MAX_DETAIL = 2000
_LENGTHS = {"who": 36, "gemeente": 6, "act": 40, "subject": 60}


@dataclass(frozen=True)
class Entry:
    """What is logged. ``who``: id of a colleague, or ``systeem`` or ``opdracht``; ``gemeente``: empty for the whole installation."""

    at: datetime
    who: str
    gemeente: str
    act: str
    subject: str
    detail: dict[str, Any]


async def append(
    session: AsyncSession, *, at: datetime, who: str, gemeente: str, act: str, subject: str, detail: Mapping[str, Any] | None = None
) -> None:  # fmt: skip
    """Log an act as part of the caller's transaction: both are stored, or neither.

    ``act``: a short Dutch word such as ``gesprek_geopend``; ``subject``: what it was done to, as ``gesprek:<id>``; ``detail``:
    ids, counts and the reason a colleague typed, never what was said. The entry is numbered and written when the transaction
    commits, in the order of the calls: so the chain is locked for a moment only, and always after every other lock.
    Raises ValueError when a field is too long, the moment has no time zone, or ``detail`` is no JSON.
    """
    given = {"who": who, "gemeente": gemeente, "act": act, "subject": subject}
    for name, length in _LENGTHS.items():
        if len(given[name]) > length or not given[name].isprintable():
            raise ValueError(f"{name}: at most {length} printable characters")
    if at.tzinfo is None:
        raise ValueError("at: a moment with a time zone")
    waiting: list[Entry] = session.sync_session.info.setdefault(_WAITING, [])
    if not event.contains(session.sync_session, "before_commit", _write):
        event.listen(session.sync_session, "before_commit", _write)
        event.listen(session.sync_session, "after_rollback", _forget)
    waiting.append(Entry(at.astimezone(UTC), who, gemeente, act, subject, _plain(detail or {})))


def hash_of(number: int, entry: Entry, previous: str) -> str:
    """SHA-256 over the canonical JSON of an entry: keys sorted, no spaces, ASCII only, the moment in UTC to the microsecond."""
    fields = {
        "number": number,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "who": entry.who,
        "gemeente": entry.gemeente,
        "act": entry.act,
        "subject": entry.subject,
        "detail": entry.detail,
        "previous": previous,
    }
    return hashlib.sha256(json.dumps(fields, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _plain(detail: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of what JSON can hold: what is hashed is what comes back from the database."""
    try:
        text = json.dumps(dict(detail), allow_nan=False)
    except TypeError as error:
        raise ValueError("detail: only what JSON can hold") from error
    if len(text) > _MAX_DETAIL:
        raise ValueError(f"detail: at most {_MAX_DETAIL} characters")
    plain: dict[str, Any] = json.loads(text)
    return plain


def _write(session: Session) -> None:
    if session.in_nested_transaction():
        return
    waiting: list[Entry] = session.info.pop(_WAITING, [])
    if not waiting:
        return
    # The caller's own rows first: who waits for the chain must hold no lock that comes after it.
    session.flush()
    # Changing the head is what makes writers wait for each other, on both kinds of database.
    head = update(AuditHead).where(AuditHead.id == 1).values(number=AuditHead.number + len(waiting))
    last, previous = session.execute(head.returning(AuditHead.number, AuditHead.hash)).one()
    rows = []
    for number, entry in enumerate(waiting, last - len(waiting) + 1):
        own = hash_of(number, entry, previous)
        rows.append({"number": number, **vars(entry), "previous": previous, "hash": own})
        previous = own
    session.execute(insert(AuditEntry), rows)
    session.execute(update(AuditHead).where(AuditHead.id == 1).values(hash=previous))


def _forget(session: Session) -> None:
    session.info.pop(_WAITING, None)
