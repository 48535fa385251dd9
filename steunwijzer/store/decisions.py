"""What a person decides: closing and opening doors, keeping a conversation and letting it go; each with a reason, written down."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnExpressionArgument, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from steunwijzer.store.desk_tables import Delivery, HandoverCase, Judgement, Label, MaskedValue, Note
from steunwijzer.store.tables import Base, CallbackRequest, Conversation, Decision, Door, Message

DOORS = ("chat", "widget", "pages")


async def closed_doors(session: AsyncSession) -> dict[str, str]:
    """The doors that are closed now, each with its reason."""
    return {door.name: door.reason for door in await session.scalars(select(Door))}


async def decisions(session: AsyncSession) -> list[Decision]:
    """Everything that was decided, the newest first."""
    return list(await session.scalars(select(Decision).order_by(Decision.at.desc()).limit(200)))


async def set_door(session: AsyncSession, name: str, *, is_open: bool, reason: str, who: str, now: datetime) -> None:
    """Close or open a door. ``reason`` is what residents read when it is closed."""
    await session.execute(delete(Door).where(Door.name == name))
    if not is_open:
        session.add(Door(name=name, reason=reason, closed_at=now))
    _note(session, "deur open" if is_open else "deur dicht", name, reason, who, now)


async def set_hold(
    session: AsyncSession, conversation_id: str, *, on_hold: bool, reason: str, who: str, now: datetime
) -> bool:
    """Keep a conversation beyond its retention period, or let it go. False when there is no such conversation."""
    conversation = await session.get(Conversation, conversation_id)
    if conversation is None:
        return False
    conversation.on_hold = on_hold
    _note(session, "vasthouden" if on_hold else "loslaten", conversation_id, reason, who, now)
    return True


async def everything_of(
    session: AsyncSession, conversation_id: str, unseal: Callable[[str], str]
) -> dict[str, Any] | None:
    """All that is kept of one conversation, for the resident who asks for it (GDPR article 15); None when there is nothing.

    ``unseal``: opens what was masked. What colleagues noted is about the resident, so it belongs in, and so does what they thought of
    the answers. Who the colleagues are stays out.
    """
    conversation = await session.get(Conversation, conversation_id)
    if conversation is None:
        return None
    messages = select(Message).where(Message.conversation_id == conversation_id).order_by(Message.seq)
    callbacks = select(CallbackRequest).where(CallbackRequest.conversation_id == conversation_id)
    masked = await _all(session, MaskedValue, conversation_id, MaskedValue.seq, MaskedValue.number)
    return {
        "gesprek": _columns(conversation, leave_out={"token_hash"}),
        "berichten": [_columns(message, leave_out={"colleague_id"}) for message in await session.scalars(messages)],
        "terugbelverzoeken": [
            _columns(callback, leave_out={"handled_by"}) for callback in await session.scalars(callbacks)
        ],
        "naar_een_medewerker": [
            _columns(case, leave_out={"claimed_by"})
            for case in await _all(session, HandoverCase, conversation_id, HandoverCase.asked_at)
        ],
        "notities": [
            _columns(note, leave_out={"colleague_id"}) for note in await _all(session, Note, conversation_id, Note.at)
        ],
        "oordelen": [
            _columns(one, leave_out={"colleague_id"})
            for one in await _all(session, Judgement, conversation_id, Judgement.seq, Judgement.at)
        ],
        "bezorgd": [_columns(one) for one in await _all(session, Delivery, conversation_id, Delivery.created_at)],
        "labels": [label.name for label in await _all(session, Label, conversation_id, Label.name)],
        "afgeschermd": [{"bericht": value.seq, "soort": value.kind, "tekst": unseal(value.sealed)} for value in masked],
    }


async def _all[Row: Base](
    session: AsyncSession, table: type[Row], conversation_id: str, *order: ColumnExpressionArgument[Any]
) -> list[Row]:
    """All rows of a table that hang on a conversation."""
    own = table.__table__.c["conversation_id"] == conversation_id
    return list(await session.scalars(select(table).where(own).order_by(*order)))


def _columns(row: Any, leave_out: frozenset[str] | set[str] = frozenset()) -> dict[str, Any]:
    values = {
        column.name: getattr(row, column.name) for column in row.__table__.columns if column.name not in leave_out
    }
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in values.items()}


def _note(session: AsyncSession, what: str, subject: str, reason: str, who: str, now: datetime) -> None:
    session.add(Decision(id=str(uuid.uuid4()), at=now, what=what, subject=subject, reason=reason, who=who))
