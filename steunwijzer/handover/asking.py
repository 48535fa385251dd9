"""The resident's side of a hand-over, inside the chat's own transaction: ask for a human, and withdraw."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from steunwijzer.handover.rules import (
    AFGESLOTEN,
    DANGER,
    IN_GESPREK,
    WACHTRIJ,
    WITH_A_HUMAN,
    WITHDRAWN,
    Rules,
)
from steunwijzer.handover.summary import Given, passed_topic, reason_of
from steunwijzer.store import Conversation, HandoverCase


async def open_case(session: AsyncSession, conversation_id: str) -> HandoverCase | None:
    """The case of a conversation that a human has or waits for; never more than one."""
    query = select(HandoverCase).where(
        HandoverCase.conversation_id == conversation_id, HandoverCase.state.in_(WITH_A_HUMAN)
    )
    return await session.scalar(query.execution_options(populate_existing=True))


async def ask(
    session: AsyncSession, conversation: Conversation, given: Given, rules: Rules, gemeente: str, now: datetime
) -> HandoverCase:
    """Put a locked conversation in the queue; asking again while waiting changes what is passed on and keeps the place."""
    reason = reason_of(conversation)
    case = await open_case(session, conversation.id)
    if case is None:
        case = HandoverCase(
            id=str(uuid.uuid4()), conversation_id=conversation.id, gemeente=gemeente, state=WACHTRIJ, team="", urgency=0,
            asked_at=now, reason=reason, summary={}, shared=[], left_out=[],
        )  # fmt: skip
        session.add(case)
    case.reason = reason
    case.urgency = max(case.urgency, rules.urgency(reason))
    case.topic = passed_topic(conversation, given)
    case.summary, case.shared, case.left_out = given.summary, given.shared, given.left_out
    if case.state != IN_GESPREK:
        conversation.status = case.state = WACHTRIJ
    return case


async def withdraw(session: AsyncSession, conversation: Conversation, now: datetime) -> HandoverCase | None:
    """The resident no longer wants to wait: the assistant goes on. None when nobody was waited for.

    Who talks with a colleague already does not withdraw; the colleague gives the talk back.
    """
    case = await open_case(session, conversation.id)
    if case is None or case.state != WACHTRIJ:
        return None
    case.state, case.outcome, case.ended_at = AFGESLOTEN, WITHDRAWN, now
    conversation.status = "bot"
    return case


async def alarm(session: AsyncSession, conversation_id: str, rules: Rules, said: str, reason: str = DANGER) -> None:
    """Danger (or perhaps danger) was seen in a message while a human has the talk: it goes before what is less urgent.

    ``said``: the message, which stands first in the summary from now on.
    """
    case = await open_case(session, conversation_id)
    if case is not None and case.urgency < rules.urgency(reason):
        case.urgency, case.reason = rules.urgency(reason), reason
        own = [said, *(words for words in case.summary.get("eigen_woorden", ()) if words != said)]
        case.summary = {**case.summary, "reden": rules.reasons[reason].text, "eigen_woorden": own}
