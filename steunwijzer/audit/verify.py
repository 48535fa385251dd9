"""Is the log still what was written? Walks the chain and names the first entry that is not."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from steunwijzer.audit.chain import GENESIS, Entry, hash_of
from steunwijzer.store import AuditEntry, AuditHead, AuditSeal, Database

_AT_ONCE = 1000


@dataclass(frozen=True)
class Verdict:
    """``broken``: number of the first entry that is wrong, with a Dutch ``why``; None when all is well.

    ``checked``: how many entries were looked at; ``last`` and ``hash``: the newest entry, to write down elsewhere.
    """

    checked: int
    last: int
    hash: str
    broken: int | None = None
    why: str = ""

    @property
    def sound(self) -> bool:
        """Nothing was found."""
        return self.broken is None


async def verify(database: Database, *, known: tuple[int, str] | None = None) -> Verdict:
    """Check every entry that is still kept. ``known``: number and hash that were written down earlier and must still be there.

    A chain can be made anew as a whole by who owns the database; only a hash kept elsewhere shows that (docs/adr/0008).
    """
    while True:
        async with database.transaction() as session:
            seal = await _seal(session)
        verdict = await _walk(database, *seal, known)
        async with database.transaction() as session:
            # Old entries that were sealed meanwhile are not missing.
            if verdict.sound or await _seal(session) == seal:
                return verdict


async def _seal(session: AsyncSession) -> tuple[int, str]:
    newest = select(AuditSeal.number, AuditSeal.hash).order_by(AuditSeal.number.desc()).limit(1)
    found = (await session.execute(newest)).one_or_none()
    return (found.number, found.hash) if found else (0, GENESIS)


async def _walk(database: Database, number: int, previous: str, known: tuple[int, str] | None) -> Verdict:
    async with database.transaction() as session:
        head = await session.get_one(AuditHead, 1)
    checked, sealed = 0, number
    while number < head.number:
        async with database.transaction() as session:
            wanted = select(AuditEntry).where(AuditEntry.number > number, AuditEntry.number <= head.number)
            rows = list(await session.scalars(wanted.order_by(AuditEntry.number).limit(_AT_ONCE)))
        if not rows:
            return Verdict(checked, head.number, head.hash, number + 1, "ontbreekt")
        for row in rows:
            why = _wrong(row, number + 1, previous, known)
            if why:
                return Verdict(checked, head.number, head.hash, number + 1, why)
            number, previous, checked = row.number, row.hash, checked + 1
    if previous != head.hash:
        return Verdict(checked, head.number, head.hash, number, "is niet de laatste die is geschreven")
    if known and not sealed < known[0] <= head.number and known != (sealed, previous):
        return Verdict(checked, head.number, head.hash, known[0], "is er niet (meer)")
    return Verdict(checked, head.number, head.hash)


def _wrong(row: AuditEntry, expected: int, previous: str, known: tuple[int, str] | None) -> str:
    if row.number != expected:
        return "ontbreekt"
    if row.previous != previous:
        return "sluit niet aan op de vorige regel"
    entry = Entry(row.at, row.who, row.gemeente, row.act, row.subject, row.detail)
    if row.hash != hash_of(row.number, entry, previous):
        return "is veranderd"
    if known and known[0] == row.number and known[1] != row.hash:
        return "is een andere dan toen is opgeschreven"
    return ""
