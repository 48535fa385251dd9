"""Whose conversation it is, and one turn at a time in it."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from collections import OrderedDict
from datetime import timedelta

from steunwijzer.chat import errors
from steunwijzer.chat.errors import ChatError
from steunwijzer.clock import Clock
from steunwijzer.store import Conversation

_MAX_LOCKS = 20_000


class Access:
    """Checks tokens, which are valid for some hours after the last message, and keeps turns of a conversation apart."""

    def __init__(self, clock: Clock, token_hours: int) -> None:
        self._clock, self._age = clock, timedelta(hours=token_hours)
        self._locks: OrderedDict[str, asyncio.Lock] = OrderedDict()

    def owned(self, conversation: Conversation | None, token: str) -> Conversation:
        """The conversation, for who has its token in time. An unknown id, a wrong and an old token give the same error."""
        known = conversation.token_hash if conversation else token_hash("")
        if not hmac.compare_digest(known, token_hash(token)) or conversation is None:
            raise ChatError(errors.NO_ACCESS)
        if conversation.updated_at < self._clock() - self._age:
            raise ChatError(errors.NO_ACCESS)
        return conversation

    def lock(self, conversation_id: str) -> asyncio.Lock:
        """One turn at a time per conversation, within this process; between processes the database decides (``ChatService``)."""
        lock = self._locks.setdefault(conversation_id, asyncio.Lock())
        self._locks.move_to_end(conversation_id)
        while len(self._locks) > _MAX_LOCKS and not next(iter(self._locks.values())).locked():
            self._locks.popitem(last=False)
        return lock

    def forget(self, conversation_id: str) -> None:
        """The conversation is gone."""
        self._locks.pop(conversation_id, None)


def token_hash(text: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
