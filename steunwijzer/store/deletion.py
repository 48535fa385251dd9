"""Deleting in every place at once, and noting how much went: never what."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from steunwijzer.store.desk_tables import Delivery, Judgement
from steunwijzer.store.tables import CallbackRequest, Conversation, Deletion, Message


async def deletions(session: AsyncSession) -> list[Deletion]:
    """When something was deleted and how much, the newest first."""
    return list(await session.scalars(select(Deletion).order_by(Deletion.at.desc()).limit(500)))


async def delete_conversation(session: AsyncSession, conversation_id: str, why: str, now: datetime) -> None:
    """One conversation with its messages, state, choices, answers, call-back requests and what staff wrote about its answers.

    A kept one too: the caller decides.
    """
    await session.execute(delete(Judgement).where(Judgement.conversation_id == conversation_id))
    callbacks = CallbackRequest.conversation_id == conversation_id
    await _delete(session, Conversation.id == conversation_id, callbacks, why, now)


async def delete_old(
    session: AsyncSession, now: datetime, conversation_days: int, callback_days: int
) -> tuple[int, int]:
    """What is older than its retention period and not kept. Returns how many conversations and call-back requests went."""
    old = (Conversation.updated_at < now - timedelta(days=conversation_days)) & ~Conversation.on_hold
    kept = select(Conversation.id).where(Conversation.on_hold)
    free = or_(CallbackRequest.conversation_id.is_(None), CallbackRequest.conversation_id.not_in(kept))
    callbacks = (CallbackRequest.created_at < now - timedelta(days=callback_days)) & free
    return await _delete(session, old, callbacks, "bewaartermijn", now)


async def _delete(
    session: AsyncSession, which: ColumnElement[bool], callbacks: ColumnElement[bool], why: str, now: datetime
) -> tuple[int, int]:
    gone = select(Conversation.id).where(which)
    messages = await session.scalar(select(func.count()).select_from(Message).where(Message.conversation_id.in_(gone)))
    # A copy that was handed over does not outlive the conversation it came from.
    copies = or_(callbacks, CallbackRequest.conversation_id.in_(gone))
    # Nor does what waits to be delivered of it, or what could not be delivered.
    theirs = select(literal("terugbelverzoek:").concat(CallbackRequest.id)).where(copies)
    await session.execute(delete(Delivery).where(Delivery.subject.in_(theirs)))
    requests = (await session.execute(delete(CallbackRequest).where(copies))).rowcount  # type: ignore[attr-defined]
    talks = (await session.execute(delete(Conversation).where(which))).rowcount  # type: ignore[attr-defined]
    if talks or requests:
        session.add(Deletion(id=str(uuid.uuid4()), at=now, why=why, conversations=talks, messages=messages or 0, callbacks=requests))  # fmt: skip
    return talks, requests
