"""What the front office does by itself for the desk: keep the history up to date, count, write exports, let old things go."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from steunwijzer import audit, history, quality
from steunwijzer.clock import Clock
from steunwijzer.history import counting, exports, writing
from steunwijzer.store import Database

EVERY = timedelta(minutes=1)
_OLD_THINGS_EVERY = timedelta(hours=6)
logger = logging.getLogger("steunwijzer.onderhoud")


@dataclass
class Upkeep:
    """``folder``: where exports are; ``audit_years`` and ``judgement_days``: how long those are kept."""

    database: Database
    clock: Clock
    folder: Path
    audit_years: int
    judgement_days: int
    _old_things_at: datetime | None = None

    def __post_init__(self) -> None:
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Somebody asked for an export: do not let them wait for the next round."""
        self._woken.set()

    async def run(self) -> None:
        """Round after round, until cancelled."""
        await self._try(self._begin_again)
        while True:
            await self.once()
            try:
                await asyncio.wait_for(self._woken.wait(), EVERY.total_seconds())
            except TimeoutError:
                continue
            self._woken.clear()

    async def once(self) -> None:
        """One round. What fails is tried again in the next; the other work goes on."""
        for work in (self._keep_up, self._count, self._tidy, self._write, self._let_go, self._overwrite):
            await self._try(work)

    async def _try(self, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
        except (SQLAlchemyError, OSError) as error:
            logger.error("%s mislukt: %s", work.__name__.strip("_"), type(error).__name__)

    async def _begin_again(self) -> None:
        async with self.database.transaction() as session:
            await exports.begin_again(session)

    async def _keep_up(self) -> None:
        await history.keep_up(self.database)

    async def _count(self) -> None:
        await counting.count_ended(self.database, self.clock())

    async def _tidy(self) -> None:
        async with self.database.transaction() as session:
            await exports.tidy(session, self.folder, self.clock())

    async def _write(self) -> None:
        while await writing.write_next(self.database, self.folder):
            pass

    async def _overwrite(self) -> None:
        await self.database.overwrite_journal()

    async def _let_go(self) -> None:
        now = self.clock()
        if self._old_things_at is not None and now - self._old_things_at < _OLD_THINGS_EVERY:
            return
        async with self.database.transaction() as session:
            await audit.seal(session, now, self.audit_years)
            await quality.purge(session, now, self.judgement_days)
        self._old_things_at = now
