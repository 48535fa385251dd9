"""Who has the conversation: bot → gevraagd → wachtrij | terugbelverzoek. The desk takes it further from there."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime

import phonenumbers
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from steunwijzer.chat import errors
from steunwijzer.chat.errors import ChatError
from steunwijzer.chat.requests import Callback, without_control
from steunwijzer.engine import Event
from steunwijzer.store import CallbackRequest, Conversation

# While a human has the conversation the engine is not asked.
WITH_A_HUMAN = frozenset({"wachtrij", "in_gesprek"})
_WITH_THE_ASSISTANT = frozenset({"bot", "teruggegeven"})
_UNFINISHED = ("wacht_op_gegevens", "open")
_MAX_LENGTH = 120
_FEWEST_DIGITS = 9


def note_requests(conversation: Conversation, events: Iterable[Event]) -> None:
    """The assistant found that a human is needed: keep the summary; nothing is passed on before the resident agrees."""
    for event in events:
        if event.type == "handover_requested" and conversation.status in _WITH_THE_ASSISTANT:
            conversation.status = "gevraagd"
            conversation.summary = {"reden": event.reason, **event.summary}


def next_status(current: str, *, callback: bool, staffed: bool) -> str:
    """Status after the resident agreed. Raises :class:`ChatError` when there is nothing left to pass on."""
    if current == "afgesloten":
        raise ChatError(errors.CLOSED)
    if current == "in_gesprek":
        raise ChatError(errors.WITH_A_HUMAN)
    if callback:
        return "terugbelverzoek"
    if staffed:
        return "wachtrij"
    # Asking again does not undo what was arranged before.
    return current if current in {"wachtrij", "terugbelverzoek"} else "gevraagd"


def checked(asked: Callback) -> Callback:
    """The request with a tidy name and a number in E.164. Raises :class:`ChatError` when one of them is none."""
    name = without_control(asked.name)[:_MAX_LENGTH]
    if not name:
        raise ChatError(errors.NO_NAME)
    return Callback(name, _phone(asked.phone), without_control(asked.best_time)[:_MAX_LENGTH])


def _phone(text: str) -> str:
    try:
        number = phonenumbers.parse(text, "NL")
    except phonenumbers.NumberParseException as error:
        raise ChatError(errors.BAD_PHONE) from error
    if not phonenumbers.is_possible_number(number) or len(str(number.national_number)) < _FEWEST_DIGITS:
        raise ChatError(errors.BAD_PHONE)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


async def request_callback(session: AsyncSession, conversation: Conversation, asked: Callback, now: datetime) -> None:
    """Complete the request the assistant began, or make one; asking again corrects it."""
    unfinished = select(CallbackRequest).where(
        CallbackRequest.conversation_id == conversation.id, CallbackRequest.status.in_(_UNFINISHED)
    )
    request = await session.scalar(unfinished)
    if request is None:
        request = CallbackRequest(id=str(uuid.uuid4()), conversation_id=conversation.id, created_at=now)
        session.add(request)
    request.gemeente, request.status = conversation.gemeente, "open"
    request.name, request.phone, request.best_time = asked.name, asked.phone, asked.best_time
