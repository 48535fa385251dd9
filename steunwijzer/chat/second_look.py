"""While a human has a talk the rules look at each message at once; the whole safety gate looks after it is delivered.

Nobody waits for it, and it says nothing to the resident: danger it sees puts the talk in front at the desk, a doubt moves it up.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from steunwijzer.engine import EngineClient, EngineDown, Seen
from steunwijzer.handover import Desk
from steunwijzer.handover.asking import alarm
from steunwijzer.handover.rules import DANGER, PERHAPS_DANGER
from steunwijzer.handover.summary import gemeente_of
from steunwijzer.store import Message, lock_conversation

logger = logging.getLogger(__name__)


class SecondLook:
    """Looks beside the turns. When the engine is down, what the rules saw is all there is."""

    def __init__(self, engine: EngineClient, desk: Desk) -> None:
        self._engine, self._desk = engine, desk
        # The loop itself does not keep a task alive.
        self._busy: set[asyncio.Task[None]] = set()

    def at(self, conversation_id: str, seq: int, text: str) -> None:
        """Begin; returns at once."""
        self._begin(self._look(conversation_id, seq, text))

    async def done(self) -> None:
        """Wait for what was begun; for the end of the program."""
        await asyncio.gather(*self._busy)

    def _begin(self, looking: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(looking)
        self._busy.add(task)
        task.add_done_callback(self._busy.discard)

    async def _look(self, conversation_id: str, seq: int, text: str) -> None:
        try:
            seen = await self._engine.look(text)
            if seen.danger or seen.doubt:
                await self._raise(conversation_id, seq, text, seen)
        except EngineDown:
            return
        except SQLAlchemyError as error:
            logger.error("gevaar niet bij het gesprek gezet: %s", type(error).__name__)

    async def _raise(self, conversation_id: str, seq: int, text: str, seen: Seen) -> None:
        """Danger goes in front, a doubt goes before everyday talks; the colleague sees at which message."""
        async with self._desk.database.transaction() as session:
            conversation = await lock_conversation(session, conversation_id)
            if conversation is None:
                return
            same = (Message.conversation_id == conversation_id) & (Message.seq == seq)
            message = await session.scalar(select(Message).where(same))
            if message is not None:
                verdict = {"danger": seen.danger} if seen.danger else {"doubt": True}
                message.understood = {**(message.understood or {}), **verdict}
            reason = DANGER if seen.danger else PERHAPS_DANGER
            await alarm(session, conversation_id, self._desk.rules, text, reason)
            if seen.danger:
                await self._desk.count(session, conversation.gemeente or "", ("crisis", seen.danger))
        self._desk.live.tell(gemeente_of(conversation) or "", conversation_id)
