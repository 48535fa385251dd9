"""Tells the desks of a municipality that something changed; what it was, they read from the database."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from steunwijzer.shared import ALONE, Calls

_CHANGED = "balie"


class DeskLive:
    """Wake-up calls: in this process, and through ``calls`` in the others.

    A channel is the code of a municipality, or the id of one conversation.
    """

    def __init__(self, calls: Calls = ALONE) -> None:
        self._calls = calls
        self._listeners: dict[str, set[asyncio.Event]] = defaultdict(set)
        # Grows with every change, so that who read before it knows that it is old.
        self.changes = 0
        self.closed = False
        calls.on(_CHANGED, self._wake)
        calls.on_doubt(self._wake_all)

    def tell(self, *channels: str) -> None:
        """Something changed: the queue, a talk or a call-back of this municipality; or this conversation."""
        self._wake(*channels)
        self._calls.send(_CHANGED, *channels)

    def _wake(self, *channels: str) -> None:
        self.changes += 1
        for channel in channels:
            for listener in self._listeners.get(channel, ()):
                listener.set()

    @contextmanager
    def listen(self, channels: Collection[str]) -> Iterator[asyncio.Event]:
        """An event that is set at every change on one of these channels, as long as the context lasts.

        Who waits clears it before reading: what happens during the reading is a new call.
        """
        event = asyncio.Event()
        for channel in channels:
            self._listeners[channel].add(event)
        try:
            yield event
        finally:
            for channel in channels:
                self._listeners[channel].discard(event)
                if not self._listeners[channel]:
                    del self._listeners[channel]

    def close(self) -> None:
        """Send all listeners home, so that the program can stop."""
        self.closed = True
        self._wake_all()

    def _wake_all(self) -> None:
        self._wake(*list(self._listeners))
