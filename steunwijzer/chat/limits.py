"""How fast may somebody ask? A token bucket per conversation and per address; addresses only as a daily salted hash."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from steunwijzer.network import household

_MAX_KEYS = 50_000


@dataclass(frozen=True)
class Rate:
    """``burst`` requests at once, then one every ``seconds``."""

    burst: int
    seconds: float


TURNS_PER_CONVERSATION = Rate(20, 1.5)
REQUESTS_PER_ADDRESS = Rate(300, 0.25)
CONVERSATIONS_PER_ADDRESS = Rate(60, 10.0)


class Limiter:
    """Buckets in memory, the longest unused forgotten first. One process; more processes share them through Redis (later)."""

    def __init__(self, *, enabled: bool, clock: Callable[[], float] = time.monotonic) -> None:
        self._enabled, self._clock = enabled, clock
        self._buckets: OrderedDict[tuple[Rate, str], tuple[float, float]] = OrderedDict()
        self._salt, self._salt_day = secrets.token_bytes(16), ""

    def allows(self, rate: Rate, key: str) -> bool:
        """Take one token; False when there is none."""
        if not self._enabled:
            return True
        now = self._clock()
        level, since = self._buckets.pop((rate, key), (float(rate.burst), now))
        level = min(float(rate.burst), level + (now - since) / rate.seconds)
        self._buckets[(rate, key)] = (max(level - 1, 0) if level >= 1 else level, now)
        while len(self._buckets) > _MAX_KEYS:
            self._buckets.popitem(last=False)
        return level >= 1

    def hashed(self, address: str, day: str) -> str:
        """An address as a hash that nobody can connect to another day."""
        if day != self._salt_day:
            self._salt, self._salt_day = secrets.token_bytes(16), day
        return hashlib.sha256(self._salt + household(address[:64]).encode()).hexdigest()
