"""Call-back requests in the database."""

from __future__ import annotations

import uuid

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from steunwijzer.clock import Clock
from steunwijzer.store import CallbackRequest, Database


class CallbackStore:
    """Begins requests; the chat completes them with name and number."""

    def __init__(self, database: Database, clock: Clock, unavailable: type[Exception]) -> None:
        self._database, self._clock, self._unavailable = database, clock, unavailable

    async def begin(self, conversation_id: str, topic: str | None, gemeente: str | None) -> None:
        """Store a request that waits for its data; once per conversation. Raises ``unavailable`` when it cannot be stored."""
        waiting = select(CallbackRequest.id).where(
            CallbackRequest.conversation_id == conversation_id, CallbackRequest.status == "wacht_op_gegevens"
        )
        try:
            async with self._database.transaction() as session:
                if await session.scalar(waiting) is None:
                    session.add(self._waiting(conversation_id, topic, gemeente))
        except (SQLAlchemyError, OSError) as error:
            raise self._unavailable from error

    def _waiting(self, conversation_id: str, topic: str | None, gemeente: str | None) -> CallbackRequest:
        return CallbackRequest(
            id=str(uuid.uuid4()),
            conversation_id=conversation_id,
            gemeente=gemeente,
            topic=topic,
            status="wacht_op_gegevens",
            created_at=self._clock(),
        )
