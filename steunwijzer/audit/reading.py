"""Looking things up in the log, newest first, a page at a time."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from steunwijzer.store import AuditEntry, Database

_AT_ONCE = 1000


@dataclass(frozen=True)
class Filter:
    """Which entries. ``gemeenten``: the only municipalities that may be seen; ``until`` is not included. Empty text: all.

    ``unplaced_of`` and ``unplaced_about``: by whom, and about what, entries may be seen that belong to no municipality, such as
    signing in.
    """

    gemeenten: Collection[str]
    who: str = ""
    act: str = ""
    subject: str = ""
    unplaced_of: Collection[str] = ()
    unplaced_about: Collection[str] = ()
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
    own = AuditEntry.gemeente.in_(wanted.gemeenten)
    theirs = AuditEntry.who.in_(wanted.unplaced_of) | AuditEntry.subject.in_(wanted.unplaced_about)
    unplaced = (AuditEntry.gemeente == "") & theirs
    query = select(AuditEntry).where(or_(own, unplaced))
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
