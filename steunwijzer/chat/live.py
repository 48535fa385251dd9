"""Tells listeners of a conversation that something happened; what it was, they read from the database."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from steunwijzer.chat import errors
from steunwijzer.chat.errors import ChatError

# More windows than anybody has; fewer than it takes to be a burden.
MAX_LISTENERS = 8


class Live:
    """Wake-up calls within one process."""

    def __init__(self) -> None:
        self._listeners: dict[str, set[asyncio.Event]] = defaultdict(set)
        self._typing: set[str] = set()
        self._until: dict[str, asyncio.TimerHandle] = {}
        self.closed = False

    def tell(self, conversation_id: str) -> None:
        """Something changed in this conversation."""
        for listener in self._listeners.get(conversation_id, ()):
            listener.set()

    def is_typing(self, conversation_id: str) -> bool:
        """Whether an answer is being made."""
        return conversation_id in self._typing

    @contextmanager
    def typing(self, conversation_id: str) -> Iterator[None]:
        """An answer is being made, as long as the context lasts."""
        self._typing.add(conversation_id)
        self.tell(conversation_id)
        try:
            yield
        finally:
            self._typing.discard(conversation_id)
            self.tell(conversation_id)

    def typing_for(self, conversation_id: str, seconds: float) -> None:
        """Somebody types at the desk: shown for so long, unless it is told again."""
        earlier = self._until.pop(conversation_id, None)
        if earlier is not None:
            earlier.cancel()
        self._typing.add(conversation_id)
        self._until[conversation_id] = asyncio.get_running_loop().call_later(
            seconds, self.typing_ended, conversation_id
        )
        if earlier is None:
            self.tell(conversation_id)

    def typing_ended(self, conversation_id: str) -> None:
        """What was typed at the desk was sent, or nobody types any more."""
        timer = self._until.pop(conversation_id, None)
        if timer is not None:
            timer.cancel()
            self._typing.discard(conversation_id)
            self.tell(conversation_id)

    @contextmanager
    def listen(self, conversation_id: str) -> Iterator[asyncio.Event]:
        """An event that is set at every change, as long as the context lasts. Raises :class:`ChatError` for one too many."""
        if len(self._listeners.get(conversation_id, ())) >= MAX_LISTENERS:
            raise ChatError(errors.TOO_MANY_LISTENERS)
        event = asyncio.Event()
        self._listeners[conversation_id].add(event)
        try:
            yield event
        finally:
            self._listeners[conversation_id].discard(event)
            if not self._listeners[conversation_id]:
                del self._listeners[conversation_id]

    def close(self) -> None:
        """Send all listeners home, so that the program can stop."""
        self.closed = True
        for conversation_id in list(self._listeners):
            self.tell(conversation_id)
