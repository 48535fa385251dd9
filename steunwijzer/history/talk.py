"""One conversation of the history, opened at once however long it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from steunwijzer.history.consent import asked_for, passed_on, readable
from steunwijzer.store import CallbackRequest, Conversation, HandoverCase, Message


@dataclass(frozen=True)
class Talk:
    """A conversation as staff may read it. ``messages``: without what the resident kept back; ``cases`` and ``calls``: oldest first.

    ``gemeente`` and ``topic``: of the last hand-over, or else of the call-back request.
    """

    conversation: Conversation
    gemeente: str
    topic: str | None
    cases: Sequence[HandoverCase]
    calls: Sequence[CallbackRequest]
    messages: Sequence[Message]


async def conversation(session: AsyncSession, gemeenten: Collection[str], conversation_id: str) -> Talk | None:
    """The conversation when a municipality of ``gemeenten`` has it and the resident passed it on; in two queries, else None."""
    joined = (
        select(Conversation, HandoverCase, CallbackRequest)
        .outerjoin(HandoverCase, HandoverCase.conversation_id == Conversation.id)
        .outerjoin(CallbackRequest, CallbackRequest.conversation_id == Conversation.id)
        .where(Conversation.id == conversation_id)
        .order_by(HandoverCase.asked_at, CallbackRequest.created_at)
    )
    rows = (await session.execute(joined)).all()
    cases = passed_on(_of(gemeenten, (row[1] for row in rows)))
    calls = asked_for(_of(gemeenten, (row[2] for row in rows)))
    if not cases and not calls:
        return None
    last: HandoverCase | CallbackRequest = cases[-1] if cases else calls[-1]
    said = select(Message).where(Message.conversation_id == conversation_id).order_by(Message.seq)
    messages = readable(await session.scalars(said), cases, calls)
    return Talk(rows[0][0], last.gemeente or "", last.topic, cases, calls, messages)


def _of[R: (HandoverCase, CallbackRequest)](gemeenten: Collection[str], rows: Iterable[R | None]) -> list[R]:
    """Each once, of these municipalities only."""
    return list(dict.fromkeys(row for row in rows if row is not None and row.gemeente in gemeenten))
