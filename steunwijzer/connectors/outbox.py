"""The outbox: what another system must get once. Rows are claimed for a while; a worker that dies lets go by itself."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from steunwijzer.connectors.parcel import CallbackAsked, TalkClosed, payload_of
from steunwijzer.store import Delivery

WAITING, BUSY, DELIVERED, FAILED = "wacht", "bezig", "afgeleverd", "mislukt"
# Longer than a worker may take over one delivery, so that a living worker never loses its row.
LEASE = timedelta(seconds=150)


class LeaseLost(Exception):
    """The row is not this worker's any more: somebody else has it, or it was deleted."""


@dataclass(frozen=True)
class Claim:
    """A delivery that this worker has until ``until``. ``attempts`` counts this one."""

    id: str
    connector: str
    gemeente: str
    payload: Mapping[str, Any]
    progress: Mapping[str, str]
    attempts: int
    until: datetime

    @property
    def mine(self) -> ColumnElement[bool]:
        """Whether the row is still this worker's."""
        return and_(
            Delivery.id == self.id,
            Delivery.state == BUSY,
            Delivery.attempts == self.attempts,
            Delivery.next_at == self.until,
        )


async def enqueue(
    session: AsyncSession, connector: str, gemeente: str, subject: str, conversation_id: str, payload: Mapping[str, Any], now: datetime
) -> str:  # fmt: skip
    """Put something in the outbox, in the caller's transaction: it is delivered when that is committed, and never when it is not."""
    delivery = Delivery(
        id=str(uuid.uuid4()), connector=connector, gemeente=gemeente, subject=subject, conversation_id=conversation_id,
        payload=dict(payload), progress={}, state=WAITING, attempts=0, last_error="", created_at=now, next_at=now,
    )  # fmt: skip
    session.add(delivery)
    await session.flush()
    return delivery.id


async def put(session: AsyncSession, connector: str, given: CallbackAsked | TalkClosed, now: datetime) -> None:
    """Enqueue the facts; a correction of what nobody has tried to deliver yet takes its place."""
    untried = and_(
        Delivery.connector == connector,
        Delivery.subject == given.subject,
        Delivery.state == WAITING,
        Delivery.attempts == 0,
    )
    # One statement: a worker that claims the row at this moment either waits for it or has it already.
    replaced = await session.execute(
        update(Delivery).where(untried).values(payload=payload_of(given), gemeente=given.gemeente)
    )
    if not replaced.rowcount:  # type: ignore[attr-defined]
        await enqueue(
            session, connector, given.gemeente, given.subject, given.conversation_id, payload_of(given), now
        )  # fmt: skip


async def withdraw(session: AsyncSession, conversation_id: str, kind: str) -> None:
    """Delete what has not arrived; a worker that is busy with it finds that it has lost it."""
    theirs = and_(Delivery.conversation_id == conversation_id, Delivery.subject.startswith(f"{kind}:"))
    await session.execute(delete(Delivery).where(theirs, Delivery.state != DELIVERED))


def _due(now: datetime) -> ColumnElement[bool]:
    """Waiting for its turn, or claimed by somebody who did not come back."""
    return and_(Delivery.state.in_((WAITING, BUSY)), Delivery.next_at <= now)


async def has_due(session: AsyncSession, now: datetime) -> bool:
    """Whether there is anything to deliver; a reading only, so that looking locks nothing."""
    return await session.scalar(select(Delivery.id).where(_due(now)).limit(1)) is not None


async def claim(session: AsyncSession, now: datetime) -> Claim | None:
    """Take the delivery that waits longest, or none. Two workers never take the same one."""
    # PostgreSQL locks the row and lets others skip it; SQLite has one writer at a time and knows no row locks.
    first = select(Delivery.id).where(_due(now)).order_by(Delivery.next_at).limit(1).with_for_update(skip_locked=True)
    taken = (
        update(Delivery)
        .where(Delivery.id == first.scalar_subquery(), _due(now))
        .values(state=BUSY, attempts=Delivery.attempts + 1, next_at=now + LEASE)
        .returning(Delivery)
    )
    row = await session.scalar(taken.execution_options(populate_existing=True))
    if row is None:
        return None
    return Claim(row.id, row.connector, row.gemeente, row.payload, row.progress, row.attempts, row.next_at)


async def keep_progress(session: AsyncSession, claimed: Claim, progress: Mapping[str, str]) -> None:
    """Note the steps the receiver has. Raises :class:`LeaseLost`."""
    await _change(session, claimed, progress=dict(progress))


async def finish(session: AsyncSession, claimed: Claim, now: datetime) -> None:
    """It is delivered; what was in it is emptied. Raises :class:`LeaseLost`."""
    await _change(session, claimed, state=DELIVERED, payload={}, last_error="", delivered_at=now)


async def postpone(session: AsyncSession, claimed: Claim, reason: str, until: datetime) -> None:
    """Again later. Raises :class:`LeaseLost`."""
    await _change(session, claimed, state=WAITING, last_error=reason, next_at=until)


async def give_up(session: AsyncSession, claimed: Claim, reason: str) -> None:
    """It stays where staff see it, with the reason. Raises :class:`LeaseLost`."""
    await _change(session, claimed, state=FAILED, last_error=reason)


async def _change(session: AsyncSession, claimed: Claim, **values: Any) -> None:
    changed = await session.execute(update(Delivery).where(claimed.mine).values(**values))
    if not changed.rowcount:  # type: ignore[attr-defined]
        raise LeaseLost
