"""Everything that is open at the desk now, read once for all colleagues who look: the lists, the numbers in a title, what is new."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from steunwijzer.accounts.who import RAADPLEGER, Who
from steunwijzer.handover.callbacks import TO_DO
from steunwijzer.handover.desk import Desk
from steunwijzer.handover.reading import ORDER
from steunwijzer.handover.rules import IN_GESPREK, WACHTRIJ, WITH_A_HUMAN
from steunwijzer.store import CallbackRequest, Colleague, HandoverCase, Message

_MOST = 500
_ENDED = 20
# Seconds; for pages that keep looking.
_READ_EVERY = 0.5


@dataclass(frozen=True)
class Entry:
    """A talk in a list. ``taken_by``: the colleague's name; ``unanswered``: what the resident said since a colleague spoke."""

    case: HandoverCase
    taken_by: str = ""
    unanswered: int = 0


@dataclass(frozen=True)
class Board:
    """What one colleague sees: ``waiting`` in the order in which people are helped, ``mine``, of ``others``; ``callbacks`` to do."""

    waiting: Sequence[Entry]
    mine: Sequence[Entry]
    others: Sequence[Entry]
    callbacks: int

    @property
    def news(self) -> int:
        """How much waits for this colleague: people in the queue, and messages that are not answered."""
        return len(self.waiting) + sum(entry.unanswered for entry in self.mine)


@dataclass(frozen=True)
class Numbers:
    """What the title of a page says: who waits, what this colleague did not answer yet, ``callbacks`` to do.

    ``mark``: another text whenever something in the lists of this colleague is different.
    """

    waiting: int
    unanswered: int
    callbacks: int
    mark: str


@dataclass(frozen=True)
class _Snapshot:
    """Read once for all; so what each colleague needs of it is worked out once too."""

    entries: Sequence[Entry]
    callbacks: int

    @cached_property
    def waiting(self) -> int:
        return sum(entry.case.state == WACHTRIJ for entry in self.entries)

    @cached_property
    def mark(self) -> str:
        shown = [
            (entry.case.id, entry.case.state, entry.case.urgency, entry.case.team, entry.taken_by)
            for entry in self.entries
        ]
        return hashlib.sha256(json.dumps([shown, self.callbacks]).encode()).hexdigest()[:16]

    @cached_property
    def unanswered(self) -> Mapping[str, Mapping[str, int]]:
        """By colleague and talk; what others did not answer is no news for a colleague."""
        found: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for entry in self.entries:
            if entry.unanswered and entry.case.claimed_by:
                found[entry.case.claimed_by][entry.case.id] = entry.unanswered
        return found

    def numbers(self, who: Who) -> Numbers:
        own = self.unanswered.get(who.id, {})
        mark = self.mark + (hashlib.sha256(json.dumps(own).encode()).hexdigest()[:8] if own else "")
        return Numbers(self.waiting, sum(own.values()), self.callbacks, mark)


class Overview:
    """Reads the lists. A colleague who may only read sees the same lists, without anything to take."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._kept: dict[tuple[str, ...], tuple[int, _Snapshot]] = {}
        self._read_at: dict[tuple[str, ...], float] = {}
        self._locks: defaultdict[tuple[str, ...], asyncio.Lock] = defaultdict(asyncio.Lock)

    async def board(self, who: Who) -> Board:
        """The lists as they are now."""
        return _board(await self._read(who.gemeenten(RAADPLEGER)), who)

    async def numbers(self, who: Who) -> Numbers:
        """For pages that keep looking: read once after changes, twice a second at most, however many colleagues ask."""
        gemeenten = who.gemeenten(RAADPLEGER)
        async with self._locks[gemeenten]:
            known = self._kept.get(gemeenten)
            if known is None or known[0] != self._desk.live.changes:
                await asyncio.sleep(self._rest(gemeenten))
                changes = self._desk.live.changes
                known = self._kept[gemeenten] = (changes, await self._read(gemeenten))
                self._read_at[gemeenten] = asyncio.get_running_loop().time()
        return known[1].numbers(who)

    def _rest(self, gemeenten: tuple[str, ...]) -> float:
        """Seconds until the lists may be read again; however busy it is, that costs no more."""
        return max(0.0, self._read_at.get(gemeenten, 0.0) + _READ_EVERY - asyncio.get_running_loop().time())

    async def ended(self, who: Who) -> Sequence[Entry]:
        """Given back and closed, the newest first."""
        query = _cases(who.gemeenten(RAADPLEGER)).where(HandoverCase.state.not_in(WITH_A_HUMAN))
        async with self._desk.database.transaction() as session:
            return await _entries(session, query.order_by(HandoverCase.ended_at.desc()).limit(_ENDED), {})

    async def _read(self, gemeenten: Collection[str]) -> _Snapshot:
        open_ones = _cases(gemeenten).where(HandoverCase.state.in_(WITH_A_HUMAN))
        to_do = select(func.count()).where(CallbackRequest.gemeente.in_(gemeenten), CallbackRequest.status.in_(TO_DO))
        async with self._desk.database.transaction() as session:
            unanswered = await _unanswered(session, gemeenten)
            entries = await _entries(session, open_ones.order_by(*ORDER).limit(_MOST), unanswered)
            return _Snapshot(entries, int(await session.scalar(to_do) or 0))


def _board(found: _Snapshot, who: Who) -> Board:
    waiting: list[Entry] = []
    mine: list[Entry] = []
    others: list[Entry] = []
    for entry in found.entries:
        if entry.case.state == WACHTRIJ:
            waiting.append(entry)
        else:
            (mine if entry.case.claimed_by == who.id else others).append(entry)
    return Board(waiting, mine, others, found.callbacks)


_Rows = Select[HandoverCase, str]


def _cases(gemeenten: Collection[str]) -> _Rows:
    return (
        select(HandoverCase, Colleague.name)
        .outerjoin(Colleague, Colleague.id == HandoverCase.claimed_by)
        .where(HandoverCase.gemeente.in_(gemeenten))
    )


async def _entries(session: AsyncSession, query: _Rows, unanswered: Mapping[str, int]) -> list[Entry]:
    rows = await session.execute(query)
    return [Entry(case, name or "", unanswered.get(case.id, 0)) for case, name in rows]


async def _unanswered(session: AsyncSession, gemeenten: Collection[str]) -> dict[str, int]:
    """Per talk of a colleague: messages of the resident after the colleague's last one, or after it was taken."""
    spoke = (
        select(func.max(Message.at))
        .where(Message.conversation_id == HandoverCase.conversation_id, Message.sender == "medewerker")
        .correlate(HandoverCase)
        .scalar_subquery()
    )
    query = (
        select(HandoverCase.id, func.count())
        .join(Message, Message.conversation_id == HandoverCase.conversation_id)
        .where(
            HandoverCase.gemeente.in_(gemeenten), HandoverCase.state == IN_GESPREK, Message.sender == "inwoner",
            Message.at > func.coalesce(spoke, HandoverCase.claimed_at),
        )
        .group_by(HandoverCase.id)
    )  # fmt: skip
    return {case_id: int(count) for case_id, count in await session.execute(query)}
