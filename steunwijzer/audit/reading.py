"""Looking things up in the log, newest first, a page at a time."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from steunwijzer.store import AuditEntry, Database

_AT_ONCE = 1000


@dataclass(frozen=True)
class Filter:
    """Which entries. ``gemeenten``: the only municipalities that may be seen; ``until`` is not included. Empty text: all."""

    gemeenten: Collection[str]
    who: str = ""
    act: str = ""
    subject: str = ""
    since: datetime | None = None
    until: datetime | None = None


async def entries(
    session: AsyncSession, wanted: Filter, *, before: int | None = None, limit: int = 50
) -> list[AuditEntry]:
    """The newest entries with a number lower than ``before``."""
    query = _chosen(wanted).order_by(AuditEntry.number.desc()).limit(limit)
    return list(await session.scalars(query if before is None else query.where(AuditEntry.number < before)))


async def stream(database: Database, wanted: Filter) -> AsyncIterator[AuditEntry]:
    """All entries, oldest first, never more than a thousand in memory."""
    number = 0
    while True:
        query = _chosen(wanted).where(AuditEntry.number > number).order_by(AuditEntry.number).limit(_AT_ONCE)
        async with database.transaction() as session:
            rows = list(await session.scalars(query))
        for row in rows:
            yield row
        if len(rows) < _AT_ONCE:
            return
        number = rows[-1].number


def _chosen(wanted: Filter) -> Select[AuditEntry]:
    query = select(AuditEntry).where(AuditEntry.gemeente.in_(wanted.gemeenten))
    for column, value in (
        (AuditEntry.who, wanted.who),
        (AuditEntry.act, wanted.act),
        (AuditEntry.subject, wanted.subject),
    ):
        if value:
            query = query.where(column == value)
    if wanted.since is not None:
        query = query.where(AuditEntry.at >= wanted.since)
    if wanted.until is not None:
        query = query.where(AuditEntry.at < wanted.until)
    return query
