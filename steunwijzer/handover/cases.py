"""What a colleague does with a talk: claim, renew, release, reply, transfer, give back, close. One colleague per talk.

Every act locks the conversation first, looks again, and refuses with a :class:`HandoverError` when things are no longer as
the colleague's screen showed them: two people at once are one winner and one refusal, on SQLite and on PostgreSQL.
"""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from steunwijzer.accounts.who import MEDEWERKER, TEAMLEIDER, Who
from steunwijzer.handover import errors
from steunwijzer.handover.deliveries import deliver_closed
from steunwijzer.handover.desk import Desk, first_name, may_work, written
from steunwijzer.handover.errors import HandoverError
from steunwijzer.handover.rules import (
    AFGESLOTEN,
    IN_GESPREK,
    TERUGGEGEVEN,
    TRANSITIONS,
    WACHTRIJ,
    WITH_A_HUMAN,
)
from steunwijzer.handover.summary import spoken_to
from steunwijzer.store import (
    Colleague,
    Conversation,
    Drafted,
    HandoverCase,
    Membership,
    Message,
    add_messages,
    lock_conversation,
)

# A colleague's browser reports every 30 seconds; who missed three is gone.
LEASE = timedelta(seconds=90)
RENEW_EVERY = timedelta(seconds=30)
# A colleague who gets a talk from another must have the time to see it.
TRANSFER_LEASE = timedelta(minutes=5)
MAX_REPLY = 4000
CONTACT_FIELDS: Mapping[str, str] = {"naam": "Naam", "telefoon": "Telefoonnummer", "email": "E-mailadres"}
# All that stays of the dialogue when the assistant gets the talk back.
_KEPT_SLOTS = ("gemeente", "gemeente_naam", "jongere")


@dataclass(frozen=True)
class Work:
    """A case under the lock of its conversation."""

    session: AsyncSession
    case: HandoverCase
    conversation: Conversation
    now: datetime

    def become(self, state: str) -> None:
        """Case and conversation go to another state together."""
        if state not in TRANSITIONS[self.case.state]:
            raise HandoverError(errors.ENDED)
        self.case.state = self.conversation.status = state
        if state == WACHTRIJ:
            self.case.claimed_by = self.case.claimed_at = self.case.claim_until = None
        if not TRANSITIONS[state]:
            self.case.ended_at, self.case.claim_until = self.now, None

    def words(self, desk: Desk, key: str, **values: str) -> str:
        """One of the editors' texts, for this resident."""
        return desk.say(key, self.case.gemeente, **spoken_to(self.conversation), **values)

    def say(self, *drafted: Drafted) -> list[Message]:
        """Add messages to the conversation."""
        return add_messages(self.session, self.conversation, drafted, self.now)


class Cases:
    """Acts of colleagues on talks. All raise :class:`HandoverError`; then nothing was changed."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def claim(self, who: Who, case_id: str) -> HandoverCase:
        """Take a waiting talk, or one whose colleague was lost. Again by the same colleague: fine."""
        async with self._work(who, case_id, own=False) as work:
            case = work.case
            if case.state == IN_GESPREK and case.claimed_by == who.id:
                case.claim_until = work.now + LEASE
                return case
            if case.state == IN_GESPREK and not _lost(case, work.now):
                raise HandoverError(errors.TAKEN, naam=await _name_of(work.session, case.claimed_by))
            work.become(IN_GESPREK)
            await self._give_to(work, who.id, who.name, LEASE)
            await self._log(work, who, "gesprek_opgepakt")
            await self._desk.count(work.session, case.gemeente, ("overdracht", "opgepakt"))
            return case

    async def renew(self, who: Who, case_id: str) -> datetime:
        """The colleague's browser still shows the talk. Returns until when it is theirs; call every :data:`RENEW_EVERY`."""
        async with self._work(who, case_id, quiet=True) as work:
            work.case.claim_until = until = work.now + LEASE
            return until

    async def release(self, who: Who, case_id: str) -> None:
        """Back to the queue, at its old place. Also of another colleague, by a team leader."""
        async with self._work(who, case_id, own=False) as work:
            if work.case.state != IN_GESPREK:
                raise HandoverError(errors.NOT_YOURS)
            if work.case.claimed_by != who.id and not who.may(TEAMLEIDER, work.case.gemeente):
                raise HandoverError(errors.NOT_YOURS)
            await self._log(work, who, "gesprek_losgelaten")
            self._back_to_queue(work)

    async def free_lost(self) -> int:
        """Put talks of colleagues whose browser was lost back in the queue; run every few seconds. Returns how many."""
        lost = select(HandoverCase.id).where(
            HandoverCase.state == IN_GESPREK, HandoverCase.claim_until < self._desk.clock()
        )
        async with self._desk.database.transaction() as session:
            found = list(await session.scalars(lost))
        for case_id in found:
            async with self._any(case_id) as work:
                if work.case.state == IN_GESPREK and _lost(work.case, work.now):
                    self._back_to_queue(work)
        return len(found)

    async def reply(
        self, who: Who, case_id: str, text: str, *, blocks: Sequence[Mapping[str, Any]] = (), topics: Collection[str] = (),
        message_id: str | None = None,
    ) -> Message:  # fmt: skip
        """Say something to the resident. ``blocks``: cards of local help; ``topics``: flows offered as buttons.

        A button waits until the assistant has the talk again. ``message_id``: the form's own, so that a form that is sent
        twice is one message.
        """
        async with self._work(who, case_id) as work:
            earlier = await _sent_before(work, message_id)
            if earlier is not None:
                return earlier
            draft = Drafted(
                "medewerker", written(text, MAX_REPLY), self._buttons(topics), [_sender(who.name), *blocks], colleague_id=who.id,
                id=message_id or str(uuid.uuid4()),
            )  # fmt: skip
            await self._log(work, who, "gesprek_beantwoord")
            return self._speak(work, draft)

    async def ask_contact(self, who: Who, case_id: str, fields: Collection[str], text: str = "") -> Message:
        """Ask for contact data; the chat shows a form for the ``fields`` (:data:`CONTACT_FIELDS`)."""
        asked = [name for name in CONTACT_FIELDS if name in fields]
        if not asked or set(fields) - set(CONTACT_FIELDS):
            raise HandoverError(errors.UNKNOWN_FIELD)
        async with self._work(who, case_id) as work:
            words = text.strip() or work.words(self._desk, "utter_gegevens_gevraagd")
            form = {"type": "contactformulier", "velden": asked}
            draft = Drafted("medewerker", written(words, MAX_REPLY), (), [_sender(who.name), form], colleague_id=who.id)
            await self._log(work, who, "gegevens_gevraagd", velden=asked)
            return self._speak(work, draft)

    async def to_team(self, who: Who, case_id: str, team: str) -> None:
        """To the queue of a team (empty: of everybody), at its old place."""
        async with self._work(who, case_id) as work:
            work.case.team = team.strip()[:80]
            await self._log(work, who, "gesprek_doorgezet", team=work.case.team)
            self._back_to_queue(work, "utter_naar_collega")

    async def to_colleague(self, who: Who, case_id: str, colleague_id: str) -> None:
        """Straight to a colleague who may work for this municipality; theirs for :data:`TRANSFER_LEASE`, longer when they look."""
        async with self._work(who, case_id) as work:
            other = await work.session.get(Colleague, colleague_id)
            if other is None or not other.active or not await _works_for(work.session, other.id, work.case.gemeente):
                raise HandoverError(errors.UNKNOWN_COLLEAGUE)
            work.become(IN_GESPREK)
            await self._log(work, who, "gesprek_doorgezet", collega=other.id)
            await self._give_to(work, other.id, other.name, TRANSFER_LEASE)

    async def give_back(self, who: Who, case_id: str, *, topics: Collection[str] = ()) -> None:
        """The assistant goes on, with a clean state that only knows the municipality and who is young; ``topics`` become buttons."""
        async with self._work(who, case_id) as work:
            buttons = self._buttons(topics)
            work.become(TERUGGEGEVEN)
            work.case.outcome = TERUGGEGEVEN
            slots = work.conversation.state.get("slots") or {}
            kept = {name: slots[name] for name in _KEPT_SLOTS if slots.get(name)}
            work.conversation.state = {"slots": kept} if kept else {}
            work.conversation.summary = {}
            work.say(Drafted("systeem", work.words(self._desk, "utter_teruggegeven"), buttons))
            await self._log(work, who, "gesprek_teruggegeven")
            await self._desk.count(work.session, work.case.gemeente, ("overdracht_uitkomst", TERUGGEGEVEN))

    async def close(self, who: Who, case_id: str, outcome: str) -> None:
        """The end of the conversation. ``outcome``: a code of ``content/overdracht.yml``."""
        if outcome not in self._desk.rules.outcomes:
            raise HandoverError(errors.UNKNOWN_OUTCOME)
        async with self._work(who, case_id) as work:
            work.become(AFGESLOTEN)
            work.case.outcome = outcome
            await deliver_closed(work.session, self._desk, work.case)
            work.say(Drafted("systeem", work.words(self._desk, "utter_gesprek_klaar")))
            await self._log(work, who, "gesprek_afgesloten", uitkomst=outcome)
            await self._desk.count(work.session, work.case.gemeente, ("overdracht_uitkomst", outcome))

    async def _log(self, work: Work, who: Who, act: str, **detail: Any) -> None:
        subject = f"gesprek:{work.conversation.id}"
        await self._desk.log(work.session, who, work.case.gemeente, act, subject, **detail)

    def _buttons(self, topics: Collection[str]) -> list[dict[str, str]]:
        known = self._desk.rules.topics
        if set(topics) - set(known):
            raise HandoverError(errors.UNKNOWN_TOPIC)
        return [{"label": known[topic], "payload": f"/{topic}"} for topic in topics]

    def _speak(self, work: Work, draft: Drafted) -> Message:
        work.case.claim_until = work.now + LEASE
        work.case.first_reply_at = work.case.first_reply_at or work.now
        return work.say(draft)[0]

    def _back_to_queue(self, work: Work, key: str = "utter_terug_in_wachtrij") -> None:
        work.become(WACHTRIJ)
        work.say(Drafted("systeem", work.words(self._desk, key)))

    async def _give_to(self, work: Work, colleague_id: str, name: str, lease: timedelta) -> None:
        work.case.claimed_by, work.case.claimed_at = colleague_id, work.now
        work.case.claim_until = work.now + lease
        words = work.words(self._desk, "utter_medewerker_begint", naam=first_name(name))
        work.say(Drafted("systeem", words))

    @asynccontextmanager
    async def _work(self, who: Who, case_id: str, *, own: bool = True, quiet: bool = False) -> AsyncIterator[Work]:
        """A case this colleague may work with; with ``own`` only one that is theirs now."""
        async with self._any(case_id, who, quiet=quiet) as work:
            if work.case.state not in WITH_A_HUMAN:
                raise HandoverError(errors.ENDED)
            if own and (work.case.state != IN_GESPREK or work.case.claimed_by != who.id):
                raise HandoverError(errors.NOT_YOURS)
            yield work

    @asynccontextmanager
    async def _any(self, case_id: str, who: Who | None = None, *, quiet: bool = False) -> AsyncIterator[Work]:
        """A case with its conversation locked; afterwards resident and desks hear of it."""
        async with self._desk.database.transaction() as session:
            case = await session.get(HandoverCase, case_id)
            if case is None or (who is not None and not may_work(who, case.gemeente)):
                raise HandoverError(errors.NOT_FOUND)
            conversation = await lock_conversation(session, case.conversation_id)
            if conversation is None:
                raise HandoverError(errors.NOT_FOUND)
            await session.refresh(case)
            yield Work(session, case, conversation, self._desk.clock())
        if not quiet:
            self._desk.changed(case.conversation_id, case.gemeente)


def _lost(case: HandoverCase, now: datetime) -> bool:
    return case.claimed_by is None or case.claim_until is None or case.claim_until < now


def _sender(name: str) -> dict[str, str]:
    return {"type": "afzender", "naam": first_name(name)}


async def _name_of(session: AsyncSession, colleague_id: str | None) -> str:
    other = await session.get(Colleague, colleague_id) if colleague_id else None
    return other.name if other else "Een collega"


async def _works_for(session: AsyncSession, colleague_id: str, gemeente: str) -> bool:
    roles = or_(Membership.role == MEDEWERKER, Membership.role == TEAMLEIDER)
    found = select(Membership.role).where(
        Membership.colleague_id == colleague_id, Membership.gemeente == gemeente, roles
    )
    return await session.scalar(found.limit(1)) is not None


async def _sent_before(work: Work, message_id: str | None) -> Message | None:
    earlier = await work.session.get(Message, message_id) if message_id else None
    if earlier is not None and earlier.conversation_id != work.conversation.id:
        raise HandoverError(errors.NOT_FOUND)
    return earlier
