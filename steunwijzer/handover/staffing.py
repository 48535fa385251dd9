"""Is somebody there? Opening hours and holidays of the municipality, and colleagues who are present; honest words for each case."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from steunwijzer.accounts.who import MEDEWERKER, Who
from steunwijzer.clock import NETHERLANDS
from steunwijzer.directory.opening import day_words, moment_words
from steunwijzer.directory.profiles import desk_profile
from steunwijzer.guidance.timeline import next_working_day
from steunwijzer.handover import errors
from steunwijzer.handover.desk import Desk, Say, may_work
from steunwijzer.handover.errors import HandoverError
from steunwijzer.handover.reading import place, recent_waits
from steunwijzer.store import Colleague, HandoverCase, Presence

STAFFED, CLOSED, HOLIDAY, NOBODY = "bemenst", "gesloten", "feestdag", "niemand"
PRESENT, AWAY = "beschikbaar", "afwezig"
# The desk's page reports every half minute; who is silent longer than this is not there.
SEEN_WITHIN = timedelta(seconds=90)
# Who opens the desk again after this long has to say anew that they are there.
_FORGOTTEN_AFTER = timedelta(hours=1)
# An estimate only from what happened lately, and only when it happened often enough to say something.
_LATELY = timedelta(hours=3)
_FEWEST_WAITS, _MOST_WAITS = 5, 20


@dataclass(frozen=True)
class Staffing:
    """``case``: :data:`STAFFED`, :data:`CLOSED`, :data:`HOLIDAY` or :data:`NOBODY`; ``text``: what a resident reads about it."""

    case: str
    text: str

    @property
    def staffed(self) -> bool:
        """Somebody can take a talk now."""
        return self.case == STAFFED


@dataclass(frozen=True)
class Waiting:
    """``before``: how many are helped first; ``minutes``: how long people waited lately, None when too few did to say it."""

    before: int
    minutes: int | None


class Presences:
    """Who is at the desk, and what that means for residents."""

    def __init__(self, desk: Desk, content: Path) -> None:
        self._desk, self._content = desk, content

    async def seen(self, who: Who, gemeente: str, state: str = PRESENT, reason: str = "") -> None:
        """The colleague's page reports: ``beschikbaar``, or ``afwezig`` with a reason. Call every half minute."""
        if not may_work(who, gemeente) or state not in {PRESENT, AWAY}:
            raise HandoverError(errors.NOT_FOUND)
        now = self._desk.clock()
        async with self._desk.database.transaction() as session:
            known = await session.get(Presence, (who.id, gemeente))
            changed = known is None or known.state != state
            report = Presence(
                colleague_id=who.id, gemeente=gemeente, state=state, reason=reason.strip()[:80], seen_at=now
            )
            await self._desk.database.put(session, report)
        if changed:
            self._desk.live.tell(gemeente)

    async def own(self, who: Who) -> tuple[str, str]:
        """What this colleague said of being there: state and reason. Who was not seen for long is away until they say otherwise."""
        query = select(Presence).where(
            Presence.colleague_id == who.id, Presence.seen_at >= self._desk.clock() - _FORGOTTEN_AFTER
        )
        async with self._desk.database.transaction() as session:
            newest = await session.scalar(query.order_by(Presence.seen_at.desc()).limit(1))
        return (newest.state, newest.reason) if newest else (AWAY, "")

    async def say(self, who: Who, state: str, reason: str = "") -> None:
        """The colleague is there or away, for every municipality where they work."""
        for gemeente in who.gemeenten(MEDEWERKER):
            await self.seen(who, gemeente, state, reason)

    async def renew(self, who: Who) -> None:
        """The colleague's page is still open: what they said still holds. Who never said anything stays away."""
        state, reason = await self.own(who)
        await self.say(who, state, reason)

    async def gone(self, who: Who) -> None:
        """The colleague signed out."""
        async with self._desk.database.transaction() as session:
            await session.execute(delete(Presence).where(Presence.colleague_id == who.id))
        for gemeente in who.roles:
            self._desk.live.tell(gemeente)

    async def colleagues(self, who: Who, gemeente: str) -> list[tuple[Colleague, Presence]]:
        """Who was seen lately in a municipality of this colleague, present or away, by name."""
        if not may_work(who, gemeente):
            raise HandoverError(errors.NOT_FOUND)
        query = (
            select(Colleague, Presence)
            .join(Presence, Presence.colleague_id == Colleague.id)
            .where(
                Presence.gemeente == gemeente, Presence.seen_at >= self._desk.clock() - SEEN_WITHIN, Colleague.active
            )
            .order_by(Colleague.name)
        )
        async with self._desk.database.transaction() as session:
            return [(colleague, presence) for colleague, presence in await session.execute(query)]

    async def now(self, session: AsyncSession, gemeente: str | None) -> Staffing:
        """Whether a resident of this municipality can get a human now, and if not: why, in words."""
        moment = self._desk.clock()
        closed = self._closed(gemeente, moment)
        if closed is not None:
            return closed
        present = select(func.count()).where(
            Presence.gemeente == gemeente, Presence.state == PRESENT, Presence.seen_at >= moment - SEEN_WITHIN
        )
        if gemeente and await session.scalar(present):
            return Staffing(STAFFED, self._desk.say("utter_bemenst", gemeente))
        return Staffing(NOBODY, self._desk.say("utter_onbemenst_niemand", gemeente))

    def _closed(self, gemeente: str | None, moment: datetime) -> Staffing | None:
        profile = desk_profile(self._content, gemeente) if gemeente else None
        hours = profile.hours if profile else None
        if hours is None or hours.open_at(moment):
            return None
        opening = hours.next_opening(moment)
        today = moment.astimezone(NETHERLANDS).date()
        values = {"open_op": moment_words(opening, today)} if opening else {}
        holiday = hours.holiday(moment)
        if holiday:
            return Staffing(HOLIDAY, self._say("utter_onbemenst_feestdag", gemeente, feestdag=holiday, **values))
        return Staffing(CLOSED, self._say("utter_onbemenst_gesloten", gemeente, chat_tijden=hours.words(), **values))

    @property
    def _say(self) -> Say:
        return self._desk.say

    async def waiting(self, session: AsyncSession, case: HandoverCase) -> Waiting:
        """Place in the queue, and an honest guess: the median of what people waited lately, or no number at all."""
        waits = await recent_waits(session, case.gemeente, self._desk.clock() - _LATELY, _MOST_WAITS)
        enough = len(waits) >= _FEWEST_WAITS
        return Waiting(await place(session, case), max(1, round(statistics.median(waits) / 60)) if enough else None)

    def promise(self, gemeente: str | None, asked: datetime) -> datetime | None:
        """Until when the municipality promises to call back: the end of a working day; None when it promises nothing."""
        profile = desk_profile(self._content, gemeente) if gemeente else None
        if profile is None or not profile.callback_days:
            return None
        day: date = asked.astimezone(NETHERLANDS).date()
        for _ in range(profile.callback_days):
            day = next_working_day(day + timedelta(days=1))
        return datetime.combine(day, time(17), NETHERLANDS)

    def waiting_words(self, waiting: Waiting, **who: str) -> str:
        """The place, and how long people waited lately when that is known. ``who``: see :func:`~steunwijzer.handover.summary.spoken_to`."""
        first = "utter_wacht_eerste" if waiting.before == 0 else "utter_wacht_plaats"
        text = self._say(first, None, aantal=_people(waiting.before), **who)
        if waiting.minutes is None:
            return text
        return f"{text} {self._say('utter_wacht_tijd', None, minuten=_minutes(waiting.minutes))}"


def promise_words(moment: datetime) -> str:
    """The day of a promise, as part of a sentence."""
    return day_words(moment.astimezone(NETHERLANDS).date())


def _people(number: int) -> str:
    return "is 1 persoon" if number == 1 else f"zijn {number} mensen"


def _minutes(number: int) -> str:
    return "1 minuut" if number == 1 else f"{number} minuten"
