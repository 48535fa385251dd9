"""Tells the desks of a municipality that something changed; what it was, they read from the database."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import contextmanager


class DeskLive:
    """Wake-up calls within one process, one channel per municipality."""

    def __init__(self) -> None:
        self._listeners: dict[str, set[asyncio.Event]] = defaultdict(set)
        self.closed = False

    def tell(self, gemeente: str) -> None:
        """Something changed: the queue, a talk or a call-back of this municipality."""
        for listener in self._listeners.get(gemeente, ()):
            listener.set()

    @contextmanager
    def listen(self, gemeenten: Collection[str]) -> Iterator[asyncio.Event]:
        """An event that is set at every change in one of these municipalities, as long as the context lasts.

        Who waits clears it before reading: what happens during the reading is a new call.
        """
        event = asyncio.Event()
        for gemeente in gemeenten:
            self._listeners[gemeente].add(event)
        try:
            yield event
        finally:
            for gemeente in gemeenten:
                self._listeners[gemeente].discard(event)
                if not self._listeners[gemeente]:
                    del self._listeners[gemeente]

    def close(self) -> None:
        """Send all listeners home, so that the program can stop."""
        self.closed = True
        for gemeente in list(self._listeners):
            self.tell(gemeente)
