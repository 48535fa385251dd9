"""Tells listeners of a conversation that something happened; what it was, they read from the database."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from steunwijzer.chat import errors
from steunwijzer.chat.errors import ChatError
from steunwijzer.shared import ALONE, Calls

# More windows than anybody has; fewer than it takes to be a burden.
MAX_LISTENERS = 8
# An answer takes less; a process that stops halfway leaves nobody waiting for words that do not come.
_ANSWER_SECONDS = 60.0
_CHANGED, _TYPES = "gesprek", "typt"


class Live:
    """Wake-up calls: in this process, and through ``calls`` in the others."""

    def __init__(self, calls: Calls = ALONE) -> None:
        self._calls = calls
        self._listeners: dict[str, set[asyncio.Event]] = defaultdict(set)
        self._typing: set[str] = set()
        self._until: dict[str, asyncio.TimerHandle] = {}
        self.closed = False
        calls.on(_CHANGED, self._wake)
        calls.on(_TYPES, self._types_elsewhere)
        calls.on_doubt(self._wake_all)

    def tell(self, conversation_id: str) -> None:
        """Something changed in this conversation."""
        self._wake(conversation_id)
        self._calls.send(_CHANGED, conversation_id)

    def _wake(self, conversation_id: str) -> None:
        for listener in self._listeners.get(conversation_id, ()):
            listener.set()

    def is_typing(self, conversation_id: str) -> bool:
        """Whether an answer is being made."""
        return conversation_id in self._typing

    @contextmanager
    def typing(self, conversation_id: str) -> Iterator[None]:
        """An answer is being made, as long as the context lasts."""
        self._typing.add(conversation_id)
        self._wake(conversation_id)
        self._calls.send(_TYPES, conversation_id, str(_ANSWER_SECONDS))
        try:
            yield
        finally:
            self._typing.discard(conversation_id)
            self._wake(conversation_id)
            self._calls.send(_TYPES, conversation_id, "0")

    def typing_for(self, conversation_id: str, seconds: float) -> None:
        """Somebody types at the desk: shown for so long, unless it is told again."""
        self._types(conversation_id, seconds)
        self._calls.send(_TYPES, conversation_id, str(seconds))

    def typing_ended(self, conversation_id: str) -> None:
        """What was typed at the desk was sent, or nobody types any more."""
        self._types_no_more(conversation_id)
        self._calls.send(_TYPES, conversation_id, "0")

    def _types_elsewhere(self, conversation_id: str, seconds: str) -> None:
        if float(seconds) > 0:
            self._types(conversation_id, float(seconds))
        else:
            self._types_no_more(conversation_id)

    def _types(self, conversation_id: str, seconds: float) -> None:
        earlier = self._until.pop(conversation_id, None)
        if earlier is not None:
            earlier.cancel()
        self._typing.add(conversation_id)
        self._until[conversation_id] = asyncio.get_running_loop().call_later(
            seconds, self._types_no_more, conversation_id
        )
        if earlier is None:
            self._wake(conversation_id)

    def _types_no_more(self, conversation_id: str) -> None:
        timer = self._until.pop(conversation_id, None)
        if timer is not None:
            timer.cancel()
            self._typing.discard(conversation_id)
            self._wake(conversation_id)

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
        self._wake_all()

    def _wake_all(self) -> None:
        for conversation_id in list(self._listeners):
            self._wake(conversation_id)
