"""What goes to other systems: call-back requests and closed talks, with only the plain facts of what the resident agreed to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.ext.asyncio import AsyncSession

from steunwijzer.connectors import CallbackAsked, TalkClosed, enqueue_callback, enqueue_closed
from steunwijzer.handover.desk import Desk
from steunwijzer.handover.summary import FIELDS
from steunwijzer.store import CallbackRequest, HandoverCase

# Never what somebody typed, and never why a human was needed (danger, for one): that stays at the desk.
_FIELDS = ("onderwerp", "voor_wie", "wet", "gemeente")
_CONTACT = ("name", "phone", "best_time")


async def deliver_callback(
    session: AsyncSession, desk: Desk, request: CallbackRequest, summary: Mapping[str, Any]
) -> None:  # fmt: skip
    """Put a request that was just filled in in the outbox; the same again changes nothing. Call before the session is flushed."""
    histories = [inspect(request).attrs[name].history for name in _CONTACT]
    if not any(history.has_changes() for history in histories):
        return
    known_before = any(old for history in histories for old in history.deleted or ())
    await session.flush()
    asked = CallbackAsked(
        id=request.id, conversation_id=request.conversation_id or "", gemeente=request.gemeente or "", topic=str(summary.get("onderwerp", "")),
        name=request.name or "", phone=request.phone or "", best_time=request.best_time or "", at=desk.clock(), summary=_facts(summary),
        changed=known_before,
    )  # fmt: skip
    await enqueue_callback(session, desk.plan, asked)


async def deliver_closed(session: AsyncSession, desk: Desk, case: HandoverCase) -> None:
    """Put a talk that was just closed in the outbox, where the installation delivers those."""
    summary: Mapping[str, Any] = case.summary
    closed = TalkClosed(
        conversation_id=case.conversation_id, gemeente=case.gemeente, topic=str(summary.get("onderwerp", "")), outcome=case.outcome or "",
        at=desk.clock(), summary=_facts(summary),
    )  # fmt: skip
    await enqueue_closed(session, desk.plan, closed)


def _facts(summary: Mapping[str, Any]) -> dict[str, str]:
    return {FIELDS[name][0]: str(summary[name]) for name in _FIELDS if summary.get(name)}
