"""One conversation of the history, opened at once however long it is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from steunwijzer.history.consent import passed_on, readable
from steunwijzer.store import CallbackRequest, Conversation, HandoverCase, Message


@dataclass(frozen=True)
class Talk:
    """A conversation as staff may read it. ``messages``: without what the resident kept back; ``cases``: oldest first."""

    conversation: Conversation
    cases: Sequence[HandoverCase]
    messages: Sequence[Message]


async def conversation(session: AsyncSession, gemeenten: Collection[str], conversation_id: str) -> Talk | None:
    """The conversation when a municipality of ``gemeenten`` has it and the resident passed it on; in two queries, else None."""
    joined = (
        select(Conversation, HandoverCase, CallbackRequest.gemeente)
        .outerjoin(HandoverCase, HandoverCase.conversation_id == Conversation.id)
        .outerjoin(
            CallbackRequest,
            (CallbackRequest.conversation_id == Conversation.id)
            & CallbackRequest.status.not_in(("wacht_op_gegevens", "vervallen")),
        )
        .where(Conversation.id == conversation_id)
        .order_by(HandoverCase.asked_at)
    )
    rows = (await session.execute(joined)).all()
    cases = passed_on(
        list(dict.fromkeys(row[1] for row in rows if row[1] is not None and row[1].gemeente in gemeenten))
    )
    if not cases and not any(row[2] in gemeenten for row in rows):
        return None
    said = select(Message).where(Message.conversation_id == conversation_id).order_by(Message.seq)
    return Talk(rows[0][0], cases, readable(await session.scalars(said), cases))
