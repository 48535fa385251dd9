"""Empties the outbox: claims, delivers step by step, tries again later, or gives up where staff can see it."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable
from contextlib import aclosing
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError

from steunwijzer.clock import Clock
from steunwijzer.connectors import outbox
from steunwijzer.connectors.connector import Refused, TryLater
from steunwijzer.connectors.outbox import Claim, LeaseLost
from steunwijzer.connectors.parcel import parcel_of
from steunwijzer.connectors.plan import Plan
from steunwijzer.store import Database

MAX_ATTEMPTS = 20
# Waits of 30 s, 1 min, 2 min … 2 h: twenty attempts take about a day.
_FIRST_WAIT_SECONDS, _LONGEST_WAIT_SECONDS = 30.0, 7200.0
_JITTER = 0.2
_POLL_SECONDS = 3.0
# One whole delivery; each call to a receiver has a shorter limit of its own.
LIMIT_SECONDS = 60.0
LATER = "later"
# How an attempt may end.
RESULTS = (outbox.DELIVERED, LATER, outbox.FAILED)
logger = logging.getLogger(__name__)


def wait_after(attempts: int, asked_seconds: float = 0, chance: float | None = None) -> timedelta:
    """How long to wait after so many attempts: doubled each time, spread by a fifth, at least what the receiver asked."""
    spread = random.random() if chance is None else chance  # noqa: S311  (spreading, not secrecy)
    doubled = _FIRST_WAIT_SECONDS * 2.0 ** min(attempts - 1, 16)
    wait = min(max(doubled, asked_seconds), _LONGEST_WAIT_SECONDS)
    return timedelta(seconds=wait * (1 + _JITTER * spread))


class Worker:
    """Delivers what is due. Any number of them, in any number of processes, work beside each other.

    ``count`` is told the connector and the result (one of :data:`RESULTS`) of each attempt, once that is stored.
    """

    def __init__(
        self, database: Database, plan: Plan, clock: Clock, limit_seconds: float = LIMIT_SECONDS,
        count: Callable[[str, str], None] = lambda connector, result: None,
    ) -> None:  # fmt: skip
        self._database, self._plan, self._clock, self._limit, self._count = database, plan, clock, limit_seconds, count

    async def run(self) -> None:
        """Deliver until cancelled; a database that is away for a moment does not end it."""
        while True:
            try:
                while await self.deliver_next():
                    pass
            except (SQLAlchemyError, OSError) as error:
                logger.error("bezorging: de database antwoordt niet (%s)", type(error).__name__)
            await asyncio.sleep(_POLL_SECONDS * (1 + random.random()))  # noqa: S311

    async def deliver_next(self) -> bool:
        """One attempt for the delivery that waits longest; false when nothing is due."""
        async with self._database.transaction() as session:
            if not await outbox.has_due(session, self._clock()):
                return False
        async with self._database.transaction() as session:
            claimed = await outbox.claim(session, self._clock())
        if claimed is None:
            return False
        try:
            await self._attempt(claimed)
        except LeaseLost:
            logger.warning("bezorging %s: intussen gewist of door een ander overgenomen", claimed.id)
        return True

    async def _attempt(self, claimed: Claim) -> None:
        try:
            async with asyncio.timeout(self._limit):
                await self._deliver(claimed)
        except Refused as refused:
            await self._give_up(claimed, refused.reason)
        except TryLater as later:
            await self._postpone(claimed, later.reason, later.after_seconds)
        except TimeoutError:
            await self._postpone(claimed, f"Niet klaar binnen {self._limit:.0f} seconden.")
        except (LeaseLost, SQLAlchemyError):
            raise
        except Exception as error:
            # A fault of our own: its class only, for its text may hold what a resident said.
            logger.error("bezorging %s: fout in de koppeling (%s)", claimed.id, type(error).__name__)
            await self._postpone(claimed, f"Fout in Steunwijzer zelf ({type(error).__name__}).")
        else:
            async with self._database.transaction() as session:
                await outbox.finish(session, claimed, self._clock())
            self._count(claimed.connector, outbox.DELIVERED)
            logger.info("bezorging %s: %s heeft het", claimed.id, claimed.connector)

    async def _deliver(self, claimed: Claim) -> None:
        connector = self._plan.connector(claimed.connector, claimed.gemeente)
        if connector is None:
            raise Refused("Deze koppeling is niet (meer) ingesteld.")
        progress = dict(claimed.progress)
        async with aclosing(connector.deliver(parcel_of(claimed.id, claimed.payload, progress))) as steps:
            async for step, given in steps:
                progress[step] = given
                async with self._database.transaction() as session:
                    await outbox.keep_progress(session, claimed, progress)

    async def _postpone(self, claimed: Claim, reason: str, asked_seconds: float = 0) -> None:
        if claimed.attempts >= MAX_ATTEMPTS:
            await self._give_up(claimed, f"Na {claimed.attempts} pogingen opgegeven. {reason}")
            return
        until = self._clock() + wait_after(claimed.attempts, asked_seconds)
        async with self._database.transaction() as session:
            await outbox.postpone(session, claimed, reason, until)
        self._count(claimed.connector, LATER)
        logger.warning("bezorging %s aan %s: later opnieuw. %s", claimed.id, claimed.connector, reason)

    async def _give_up(self, claimed: Claim, reason: str) -> None:
        async with self._database.transaction() as session:
            await outbox.give_up(session, claimed, reason)
        self._count(claimed.connector, outbox.FAILED)
        logger.error("bezorging %s aan %s mislukt. %s", claimed.id, claimed.connector, reason)
