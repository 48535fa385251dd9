"""Old entries go, and the chain goes on: a seal keeps number and hash of the last one that went."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from steunwijzer.audit.chain import append
from steunwijzer.store import AuditEntry, AuditSeal

_DAYS_IN_YEAR = 365


async def seal(session: AsyncSession, now: datetime, years: int) -> int:
    """Delete entries older than so many years (at least one: the database refuses less). Returns how many; that is logged too.

    Only from the oldest on, up to the first that is young enough: the chain has no holes.
    """
    limit = now - timedelta(days=_DAYS_IN_YEAR * years + 1)
    young = select(AuditEntry.number).where(AuditEntry.at >= limit).order_by(AuditEntry.number).limit(1)
    first_kept = await session.scalar(young)
    old = select(AuditEntry).where(AuditEntry.at < limit)
    if first_kept is not None:
        old = old.where(AuditEntry.number < first_kept)
    last = await session.scalar(old.order_by(AuditEntry.number.desc()).limit(1))
    if last is None:
        return 0
    session.add(AuditSeal(number=last.number, hash=last.hash, at=now))
    await session.flush()
    gone = await session.execute(delete(AuditEntry).where(AuditEntry.number <= last.number))
    count = int(gone.rowcount)  # type: ignore[attr-defined]
    detail = {"regels": count, "tot_en_met": last.number, "hash": last.hash}
    await append(
        session, at=now, who="systeem", gemeente="", act="logboek_opgeschoond", subject="logboek", detail=detail
    )
    return count
