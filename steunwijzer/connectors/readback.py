"""Asks receivers what has become of what they got, now and then, so that staff see it without waiting."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select, update

from steunwijzer.connectors.connector import TryLater
from steunwijzer.connectors.outbox import DELIVERED
from steunwijzer.connectors.plan import Plan
from steunwijzer.store import Database, Delivery

STATE, FINISHED = "stand", "afgehandeld"
_AGE, _MOST = timedelta(days=28), 200


async def read_back(database: Database, plan: Plan, now: datetime) -> int:
    """Note what receivers say of recent deliveries that are not finished. Returns how many changed."""
    recent = select(Delivery).where(Delivery.state == DELIVERED, Delivery.delivered_at > now - _AGE)
    async with database.transaction() as session:
        rows = list(await session.scalars(recent.order_by(Delivery.delivered_at.desc()).limit(_MOST)))
    away: set[int] = set()
    changed = 0
    for row in rows:
        connector = plan.connector(row.connector, row.gemeente)
        if connector is None or id(connector) in away or row.progress.get(STATE) == FINISHED:
            continue
        try:
            state = await connector.status(row.progress)
        except TryLater:
            # One that is away is not asked again for each of its deliveries.
            away.add(id(connector))
            continue
        if state and state != row.progress.get(STATE):
            changed += 1
            async with database.transaction() as session:
                known = update(Delivery).where(Delivery.id == row.id, Delivery.state == DELIVERED)
                await session.execute(known.values(progress={**row.progress, STATE: state}))
    return changed
