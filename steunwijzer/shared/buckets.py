"""Token buckets: ``burst`` at once, then one every ``seconds``; and the salt of a day, with which addresses are hashed."""

from __future__ import annotations

import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Protocol

SALT_BYTES = 16
_MAX_KEYS = 50_000


class Buckets(Protocol):
    """Where the tokens are."""

    async def take(self, key: str, burst: int, seconds: float) -> bool:
        """Take one token; False when there is none."""

    async def salt(self, day: str) -> bytes:
        """Random, and another one every day."""


class OwnBuckets:
    """In the memory of this process, the longest unused forgotten first."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._buckets: OrderedDict[tuple[str, int, float], tuple[float, float]] = OrderedDict()
        self._salt, self._salt_day = secrets.token_bytes(SALT_BYTES), ""

    async def take(self, key: str, burst: int, seconds: float) -> bool:
        """Take one token; False when there is none."""
        now, which = self._clock(), (key, burst, seconds)
        level, since = self._buckets.pop(which, (float(burst), now))
        level = min(float(burst), level + (now - since) / seconds)
        allowed = level >= 1
        self._buckets[which] = (level - 1 if allowed else level, now)
        while len(self._buckets) > _MAX_KEYS:
            self._buckets.popitem(last=False)
        return allowed

    async def salt(self, day: str) -> bytes:
        """Random, and another one every day."""
        if day != self._salt_day:
            self._salt, self._salt_day = secrets.token_bytes(SALT_BYTES), day
        return self._salt
