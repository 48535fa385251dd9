"""What staff see of the outbox, and what they may do with what failed. Every function takes the municipalities one may see."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, select, true, update
from sqlalchemy.ext.asyncio import AsyncSession

from steunwijzer.connectors.outbox import BUSY, DELIVERED, FAILED, WAITING
from steunwijzer.store import Delivery

_MOST = 100


async def failed(session: AsyncSession, gemeenten: Collection[str]) -> Sequence[Delivery]:
    """What somebody must look at, the oldest first."""
    return await _listed(session, _of(gemeenten) & (Delivery.state == FAILED), Delivery.created_at.asc())


async def waiting(session: AsyncSession, gemeenten: Collection[str]) -> Sequence[Delivery]:
    """What will be tried (again), the oldest first."""
    return await _listed(session, _of(gemeenten) & Delivery.state.in_((WAITING, BUSY)), Delivery.created_at.asc())


async def delivered(session: AsyncSession, gemeenten: Collection[str]) -> Sequence[Delivery]:
    """What the receivers have, the newest first."""
    return await _listed(session, _of(gemeenten) & (Delivery.state == DELIVERED), Delivery.delivered_at.desc())


async def counts(session: AsyncSession, gemeenten: Collection[str]) -> dict[str, int]:
    """How many there are of each state."""
    counted = select(Delivery.state, func.count()).where(_of(gemeenten)).group_by(Delivery.state)
    return {str(state): int(number) for state, number in await session.execute(counted)}


async def all_gemeenten(session: AsyncSession) -> list[str]:
    """Every municipality something was delivered for, for who runs the installation; empty stands for none chosen."""
    return list(await session.scalars(select(Delivery.gemeente).distinct()))


async def resend(
    session: AsyncSession, gemeenten: Collection[str], now: datetime, delivery_id: str | None = None
) -> list[Delivery]:  # fmt: skip
    """Put what failed, one or all, back in the outbox; steps that were done stay done. Returns what was put back."""
    which = and_(
        _of(gemeenten), Delivery.state == FAILED, true() if delivery_id is None else Delivery.id == delivery_id
    )
    again = update(Delivery).where(which).values(state=WAITING, attempts=0, next_at=now).returning(Delivery)
    return list(await session.scalars(again.execution_options(populate_existing=True)))


async def discard(session: AsyncSession, gemeenten: Collection[str], delivery_id: str) -> Delivery | None:
    """Delete one that failed. Returns what it was, or none when there is no such thing for these municipalities."""
    which = _of(gemeenten) & (Delivery.state == FAILED) & (Delivery.id == delivery_id)
    return (await session.scalars(delete(Delivery).where(which).returning(Delivery))).one_or_none()


def _of(gemeenten: Collection[str]) -> ColumnElement[bool]:
    return Delivery.gemeente.in_(gemeenten)


async def _listed(session: AsyncSession, which: ColumnElement[bool], order: ColumnElement[Any]) -> Sequence[Delivery]:
    return (await session.scalars(select(Delivery).where(which).order_by(order).limit(_MOST))).all()
