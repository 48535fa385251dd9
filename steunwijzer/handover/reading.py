"""What a colleague sees: the lists of the desk, one talk with everything that goes with it, notes and labels."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from steunwijzer.accounts.who import MEDEWERKER, RAADPLEGER, Who
from steunwijzer.handover import errors
from steunwijzer.handover.desk import Desk, written
from steunwijzer.handover.errors import HandoverError
from steunwijzer.handover.rules import IN_GESPREK, WACHTRIJ, WITH_A_HUMAN
from steunwijzer.store import Conversation, HandoverCase, Label, MaskedValue, Message, Note, lock_conversation

MAX_NOTE = 4000
MAX_LABEL = 40
_MAX_LIST = 200
_MAX_REASON = 120
_Cases = Select[HandoverCase]
# Most urgent first, then who waits longest.
ORDER = (HandoverCase.urgency.desc(), HandoverCase.asked_at, HandoverCase.id)


@dataclass(frozen=True)
class Opened:
    """One talk. ``messages``: without what the resident kept back; ``masked``: kinds of what can be shown on click, by (seq, number)."""

    case: HandoverCase
    conversation: Conversation
    messages: Sequence[Message]
    notes: Sequence[Note]
    labels: Sequence[str]
    masked: dict[tuple[int, int], str]


def in_order(query: _Cases) -> _Cases:
    """Most urgent first, then who waits longest."""
    return query.order_by(*ORDER)


def before(case: HandoverCase) -> ColumnElement[bool]:
    """Who is helped before this case: waiting in the same queue, and more urgent or longer."""
    earlier = (HandoverCase.urgency == case.urgency) & (
        (HandoverCase.asked_at < case.asked_at)
        | ((HandoverCase.asked_at == case.asked_at) & (HandoverCase.id < case.id))
    )
    same = (
        (HandoverCase.gemeente == case.gemeente) & (HandoverCase.state == WACHTRIJ) & (HandoverCase.team == case.team)
    )
    return same & ((HandoverCase.urgency > case.urgency) | earlier)


class Lists:
    """The lists of the desk and one opened talk. Only of municipalities where the colleague works."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def waiting(self, who: Who, *, gemeente: str = "", team: str | None = None) -> list[HandoverCase]:
        """The queue, in the order in which people are helped."""
        query = self._visible(who, gemeente).where(HandoverCase.state == WACHTRIJ)
        return await self._all(in_order(query if team is None else query.where(HandoverCase.team == team)))

    async def mine(self, who: Who) -> list[HandoverCase]:
        """Talks of this colleague now."""
        own = self._visible(who).where(HandoverCase.state == IN_GESPREK, HandoverCase.claimed_by == who.id)
        return await self._all(in_order(own))

    async def of_others(self, who: Who, *, gemeente: str = "") -> list[HandoverCase]:
        """Talks that colleagues have now."""
        query = self._visible(who, gemeente).where(HandoverCase.state == IN_GESPREK, HandoverCase.claimed_by != who.id)
        return await self._all(in_order(query))

    async def ended(self, who: Who, *, gemeente: str = "", limit: int = 50) -> list[HandoverCase]:
        """Given back and closed, the newest first."""
        query = self._visible(who, gemeente).where(HandoverCase.state.not_in(WITH_A_HUMAN))
        return await self._all(query.order_by(HandoverCase.ended_at.desc()), limit)

    async def open(self, who: Who, case_id: str, *, again: bool = False) -> Opened:
        """One talk as it is now, also for who may only read; in the audit log, unless a page that shows it already asks ``again``."""
        async with self._desk.database.transaction() as session:
            case = await _visible_case(session, who, case_id, RAADPLEGER)
            conversation = await session.get_one(Conversation, case.conversation_id)
            subject = f"gesprek:{conversation.id}"
            if not again:
                await self._desk.log(session, who, case.gemeente, "gesprek_gelezen", subject)
            hidden = set(case.left_out)
            of_this = Message.conversation_id == conversation.id
            messages = await session.scalars(select(Message).where(of_this).order_by(Message.seq))
            notes = await session.scalars(select(Note).where(Note.conversation_id == conversation.id).order_by(Note.at))
            labels = await session.scalars(select(Label.name).where(Label.conversation_id == conversation.id))
            masked = await session.execute(
                select(MaskedValue.seq, MaskedValue.number, MaskedValue.kind).where(
                    MaskedValue.conversation_id == conversation.id
                )
            )
            return Opened(
                case,
                conversation,
                [message for message in messages if message.seq not in hidden],
                list(notes),
                sorted(labels),
                {(seq, number): kind for seq, number, kind in masked if seq not in hidden},
            )

    async def see(self, who: Who, case_id: str, role: str = RAADPLEGER) -> HandoverCase:
        """Whether there is such a talk for this colleague in this role; without its messages, so nothing is logged."""
        async with self._desk.database.transaction() as session:
            return await _visible_case(session, who, case_id, role)

    async def standing(self, who: Who, case_id: str) -> tuple[HandoverCase, int]:
        """The case as it is now, and the number of the last message; for pages that keep looking."""
        async with self._desk.database.transaction() as session:
            case = await _visible_case(session, who, case_id, RAADPLEGER)
            last = select(Conversation.last_seq).where(Conversation.id == case.conversation_id)
            return case, int(await session.scalar(last) or 0)

    async def unmask(
        self, who: Who, case_id: str, seq: int, number: int, reason: str, opened: Callable[[str], str]
    ) -> str:
        """What stands behind a mask, for a ``reason`` that goes into the audit log. ``opened``: undoes the seal."""
        if not reason.strip():
            raise HandoverError(errors.NO_REASON)
        async with self._desk.database.transaction() as session:
            case = await _visible_case(session, who, case_id)
            value = await session.get(MaskedValue, (case.conversation_id, seq, number))
            if value is None or seq in case.left_out:
                raise HandoverError(errors.NOT_FOUND)
            detail = {"bericht": seq, "soort": value.kind, "reden": reason.strip()[:_MAX_REASON]}
            await self._desk.log(
                session, who, case.gemeente, "gegevens_getoond", f"gesprek:{case.conversation_id}", **detail
            )
        try:
            return opened(value.sealed)
        except ValueError:
            raise HandoverError(errors.CANNOT_OPEN) from None

    async def note(self, who: Who, case_id: str, text: str) -> Note:
        """Write something for colleagues only."""
        words = written(text, MAX_NOTE)
        async with self._desk.database.transaction() as session:
            case = await _visible_case(session, who, case_id)
            made = Note(
                id=str(uuid.uuid4()), conversation_id=case.conversation_id, colleague_id=who.id, at=self._desk.clock(), text=words
            )  # fmt: skip
            session.add(made)
            await self._desk.log(session, who, case.gemeente, "notitie_gemaakt", f"gesprek:{case.conversation_id}")
        self._desk.live.tell(case.gemeente)
        return made

    async def label(self, who: Who, case_id: str, name: str, *, on: bool = True) -> None:
        """Put a label on the conversation, or take it off."""
        words = " ".join(written(name, MAX_LABEL).lower().split())
        async with self._desk.database.transaction() as session:
            case = await _visible_case(session, who, case_id)
            await lock_conversation(session, case.conversation_id)
            same = (Label.conversation_id == case.conversation_id) & (Label.name == words)
            await session.execute(delete(Label).where(same))
            if on:
                session.add(Label(conversation_id=case.conversation_id, name=words))
        self._desk.live.tell(case.gemeente)

    def _visible(self, who: Who, gemeente: str = "") -> _Cases:
        own: Collection[str] = who.gemeenten(MEDEWERKER)
        chosen = [code for code in own if gemeente in {"", code}]
        return select(HandoverCase).where(HandoverCase.gemeente.in_(chosen))

    async def _all(self, query: _Cases, limit: int = _MAX_LIST) -> list[HandoverCase]:
        async with self._desk.database.transaction() as session:
            return list(await session.scalars(query.limit(limit)))


async def place(session: AsyncSession, case: HandoverCase) -> int:
    """How many are helped before this case."""
    return int(await session.scalar(select(func.count()).select_from(HandoverCase).where(before(case))) or 0)


async def recent_waits(session: AsyncSession, gemeente: str, since: datetime, most: int) -> list[float]:
    """How long, in seconds, the last people waited before somebody took their talk."""
    query = (
        select(HandoverCase.asked_at, HandoverCase.claimed_at)
        .where(HandoverCase.gemeente == gemeente, HandoverCase.claimed_at >= since)
        .order_by(HandoverCase.claimed_at.desc())
        .limit(most)
    )
    return [(taken - asked).total_seconds() for asked, taken in await session.execute(query) if taken is not None]


async def _visible_case(session: AsyncSession, who: Who, case_id: str, role: str = MEDEWERKER) -> HandoverCase:
    case = await session.get(HandoverCase, case_id)
    if case is None or not case.gemeente or not who.may(role, case.gemeente):
        raise HandoverError(errors.NOT_FOUND)
    return case
