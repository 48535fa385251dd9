"""Call-back requests: begun by the assistant, completed by the resident, taken and tried by colleagues; a retention of their own."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from steunwijzer.accounts.who import MEDEWERKER, Who
from steunwijzer.clock import Clock
from steunwijzer.connectors import withdraw_callbacks
from steunwijzer.handover import errors
from steunwijzer.handover.desk import Desk, may_work
from steunwijzer.handover.errors import HandoverError
from steunwijzer.handover.summary import Given, passed_topic, spoken_to
from steunwijzer.store import (
    CallbackRequest,
    Conversation,
    Database,
    Drafted,
    add_messages,
    lock_conversation,
)

UNFINISHED, OPEN, TAKEN, CALLED, NOT_REACHED, EXPIRED = STATES = (
    "wacht_op_gegevens",
    "open",
    "opgepakt",
    "gebeld",
    "niet_bereikt",
    "vervallen",
)
# What a colleague may still do something with.
TO_DO = frozenset({OPEN, TAKEN, NOT_REACHED})
# How a resident reads it.
SAID = {
    OPEN: "utter_terugbellen_open",
    TAKEN: "utter_terugbellen_opgepakt",
    NOT_REACHED: "utter_terugbellen_niet_bereikt",
    CALLED: "utter_terugbellen_gebeld",
    EXPIRED: "utter_terugbellen_vervallen",
}
_MAX_LIST = 200


class CallbackStore:
    """Begins requests for the assistant; the chat completes them with name and number."""

    def __init__(self, database: Database, clock: Clock, unavailable: type[Exception]) -> None:
        self._database, self._clock, self._unavailable = database, clock, unavailable

    async def begin(self, conversation_id: str, topic: str | None, gemeente: str | None) -> None:
        """Store a request that waits for its data; once per conversation. Raises ``unavailable`` when it cannot be stored."""
        waiting = select(CallbackRequest.id).where(
            CallbackRequest.conversation_id == conversation_id, CallbackRequest.status == UNFINISHED
        )
        try:
            async with self._database.transaction() as session:
                if await session.scalar(waiting) is None:
                    session.add(_request(conversation_id, topic, gemeente, UNFINISHED, self._clock()))
        except (SQLAlchemyError, OSError) as error:
            raise self._unavailable from error


async def complete(
    session: AsyncSession, conversation: Conversation, gemeente: str | None, given: Given, contact: tuple[str, str, str],
    promised_until: datetime | None, now: datetime,
) -> CallbackRequest:  # fmt: skip
    """The resident filled in the form: complete the request the assistant began, or make one; asking again corrects it.

    ``given``: what is passed on with it; ``contact``: name, number in E.164 and best time. What a colleague is calling already is
    not changed: then a new one is made.
    """
    topic = passed_topic(conversation, given)
    unfinished = select(CallbackRequest).where(
        CallbackRequest.conversation_id == conversation.id, CallbackRequest.status.in_((UNFINISHED, OPEN, NOT_REACHED))
    )
    request = await session.scalar(unfinished.order_by(CallbackRequest.created_at.desc()).limit(1))
    if request is None:
        request = _request(conversation.id, topic, gemeente, OPEN, now)
        session.add(request)
    request.gemeente, request.status, request.topic = gemeente, OPEN, topic
    request.name, request.phone, request.best_time = contact
    request.promised_until = promised_until
    request.summary, request.passed_at = given.summary, now
    request.left_out = given.left_out if "gesprek" in given.shared else None
    return request


async def of_conversation(session: AsyncSession, conversation_id: str) -> CallbackRequest | None:
    """The newest request of a conversation that was completed; None when there is none."""
    query = select(CallbackRequest).where(
        CallbackRequest.conversation_id == conversation_id, CallbackRequest.status != UNFINISHED
    )
    return await session.scalar(query.order_by(CallbackRequest.created_at.desc()).limit(1))


async def withdraw(session: AsyncSession, conversation_id: str) -> bool:
    """The resident no longer wants to be called. False when nobody was going to: a form that was only shown is no request."""
    of_this = CallbackRequest.conversation_id == conversation_id
    was_asked = await session.scalar(select(CallbackRequest.id).where(of_this, CallbackRequest.status.in_(TO_DO)))
    waiting = update(CallbackRequest).where(of_this, CallbackRequest.status.in_({UNFINISHED, *TO_DO}))
    await session.execute(waiting.values(status=EXPIRED))
    await withdraw_callbacks(session, conversation_id)
    return was_asked is not None


class Callbacks:
    """What colleagues do with call-back requests. All raise :class:`HandoverError`; then nothing was changed."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def to_do(self, who: Who, *, gemeente: str = "") -> list[CallbackRequest]:
        """Open, taken and not reached: what was promised first, first."""
        return await self._list(who, gemeente, TO_DO)

    async def finished(self, who: Who, *, gemeente: str = "") -> list[CallbackRequest]:
        """Called and expired."""
        return await self._list(who, gemeente, frozenset({CALLED, EXPIRED}))

    async def take(self, who: Who, request_id: str) -> CallbackRequest:
        """ "I call this one." One colleague wins; again by the same colleague is fine."""
        async with self._work(who, request_id, TAKEN) as (request, session):
            if request.status == TAKEN and request.handled_by == who.id:
                return request
            if request.status not in {OPEN, NOT_REACHED}:
                raise HandoverError(errors.CALLBACK_TAKEN)
            request.status, request.handled_by, request.handled_at = TAKEN, who.id, self._desk.clock()
            await self._tell_resident(session, request)
            return request

    async def leave(self, who: Who, request_id: str) -> None:
        """Not today after all: back on the list."""
        async with self._work(who, request_id, OPEN, own=True) as (request, _):
            request.status = NOT_REACHED if request.attempts else OPEN
            request.handled_by = request.handled_at = None

    async def not_reached(self, who: Who, request_id: str) -> None:
        """Called in vain; it stays on the list, for another try by whoever takes it."""
        async with self._work(who, request_id, NOT_REACHED, own=True) as (request, session):
            request.status, request.attempts = NOT_REACHED, request.attempts + 1
            request.handled_at = self._desk.clock()
            await self._tell_resident(session, request)

    async def called(self, who: Who, request_id: str) -> None:
        """They spoke to each other."""
        await self._finish(who, request_id, CALLED)

    async def expire(self, who: Who, request_id: str) -> None:
        """Nobody calls any more: tried often enough, or no longer needed."""
        await self._finish(who, request_id, EXPIRED)

    async def _finish(self, who: Who, request_id: str, status: str) -> None:
        async with self._work(who, request_id, status, own=True) as (request, session):
            now = self._desk.clock()
            request.status, request.handled_at = status, now
            kept = request.promised_until is None or now <= request.promised_until
            counted = [("terugbellen", status)]
            if status == CALLED:
                counted.append(("terugbellen_op_tijd", "ja" if kept else "nee"))
            await self._tell_resident(session, request)
            await self._desk.count(session, request.gemeente or "", *counted)

    async def _tell_resident(self, session: AsyncSession, request: CallbackRequest) -> None:
        """A line in the conversation, as long as there is one."""
        found = await lock_conversation(session, request.conversation_id) if request.conversation_id else None
        if found is None:
            return
        said = Drafted("systeem", self._desk.say(SAID[request.status], request.gemeente, **spoken_to(found)))
        add_messages(session, found, [said], self._desk.clock())
        if request.status in {CALLED, EXPIRED} and found.status == "terugbelverzoek":
            found.status = "bot"

    async def _list(self, who: Who, gemeente: str, states: frozenset[str]) -> list[CallbackRequest]:
        chosen = [code for code in who.gemeenten(MEDEWERKER) if gemeente in {"", code}]
        query = (
            select(CallbackRequest)
            .where(CallbackRequest.gemeente.in_(chosen), CallbackRequest.status.in_(states))
            .order_by(CallbackRequest.promised_until.asc().nulls_last(), CallbackRequest.created_at)
            .limit(_MAX_LIST)
        )
        async with self._desk.database.transaction() as session:
            return list(await session.scalars(query))

    @asynccontextmanager
    async def _work(
        self, who: Who, request_id: str, act: str, *, own: bool = False
    ) -> AsyncIterator[tuple[CallbackRequest, AsyncSession]]:
        """A request, for this transaction alone; afterwards resident and desks hear of it."""
        async with self._desk.database.transaction() as session:
            same = (
                update(CallbackRequest)
                .where(CallbackRequest.id == request_id)
                .values(attempts=CallbackRequest.attempts)
            )
            await session.execute(same, execution_options={"synchronize_session": False})
            request = await session.get(CallbackRequest, request_id)
            if request is None or not may_work(who, request.gemeente) or request.status == UNFINISHED:
                raise HandoverError(errors.CALLBACK_NOT_FOUND)
            if own and (request.status not in {TAKEN, NOT_REACHED} or request.handled_by != who.id):
                raise HandoverError(errors.CALLBACK_NOT_YOURS)
            await self._desk.log(
                session, who, request.gemeente or "", f"terugbellen_{act}", f"terugbelverzoek:{request.id}"
            )
            yield request, session
        self._desk.changed(request.conversation_id, request.gemeente or "")


def _request(
    conversation_id: str, topic: str | None, gemeente: str | None, status: str, now: datetime
) -> CallbackRequest:
    return CallbackRequest(
        id=str(uuid.uuid4()), conversation_id=conversation_id, gemeente=gemeente, topic=topic, status=status, created_at=now
    )  # fmt: skip
