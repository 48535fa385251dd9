"""How fast may somebody ask? Per conversation and per address; addresses only as a daily salted hash."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from steunwijzer.network import household
from steunwijzer.shared import Buckets, OwnBuckets


@dataclass(frozen=True)
class Rate:
    """``burst`` requests at once, then one every ``seconds``."""

    burst: int
    seconds: float


TURNS_PER_CONVERSATION = Rate(20, 1.5)
REQUESTS_PER_ADDRESS = Rate(300, 0.25)
CONVERSATIONS_PER_ADDRESS = Rate(60, 10.0)


class Limiter:
    """``buckets``: of this process alone, or shared with others."""

    def __init__(self, *, enabled: bool, buckets: Buckets | None = None) -> None:
        self._enabled, self._buckets = enabled, buckets or OwnBuckets()

    async def allows(self, rate: Rate, key: str) -> bool:
        """Take one token; False when there is none."""
        return not self._enabled or await self._buckets.take(key, rate.burst, rate.seconds)

    async def hashed(self, address: str, day: str) -> str:
        """An address as a hash that nobody can connect to another day."""
        salt = await self._buckets.salt(day)
        return hashlib.sha256(salt + household(address[:64]).encode()).hexdigest()
