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
    """A conversation as staff may read it. ``messages``: without what the resident kept back; ``cases``: oldest first.

    ``gemeente`` and ``topic``: of the last hand-over, or else of the call-back request.
    """

    conversation: Conversation
    gemeente: str
    topic: str | None
    cases: Sequence[HandoverCase]
    messages: Sequence[Message]


async def conversation(session: AsyncSession, gemeenten: Collection[str], conversation_id: str) -> Talk | None:
    """The conversation when a municipality of ``gemeenten`` has it and the resident passed it on; in two queries, else None."""
    joined = (
        select(Conversation, HandoverCase, CallbackRequest.gemeente, CallbackRequest.topic)
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
    called = next((row for row in rows if row[2] in gemeenten), None)
    if not cases and called is None:
        return None
    said = select(Message).where(Message.conversation_id == conversation_id).order_by(Message.seq)
    gemeente, topic = (
        (cases[-1].gemeente, cases[-1].topic) if cases else (str(called[2]), called[3]) if called else ("", None)
    )
    return Talk(rows[0][0], gemeente, topic, cases, readable(await session.scalars(said), cases))
