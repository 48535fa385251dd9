"""Chooses: with an address of Redis everything is shared, without one this process is alone."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from steunwijzer.shared.buckets import Buckets, OwnBuckets
from steunwijzer.shared.calls import ALONE, Calls


async def _nothing() -> None:
    return None


@dataclass(frozen=True)
class Shared:
    """``open`` when the program starts, ``close`` when it stops; ``up``: Redis answers (None without Redis)."""

    buckets: Buckets
    calls: Calls
    open: Callable[[], Awaitable[None]] = _nothing
    close: Callable[[], Awaitable[None]] = _nothing
    up: Callable[[], bool] | None = None


def open_shared(redis_url: str) -> Shared:
    """Nothing is asked of Redis yet."""
    own = OwnBuckets()
    if not redis_url:
        return Shared(own, ALONE)
    # Costs memory; only who shares needs it.
    from steunwijzer.shared.redis_buckets import RedisBuckets
    from steunwijzer.shared.redis_calls import RedisCalls
    from steunwijzer.shared.redis_link import RedisLink

    link = RedisLink(redis_url)
    calls = RedisCalls(link)

    async def close() -> None:
        await calls.close()
        await link.close()

    return Shared(RedisBuckets(link, own), calls, calls.open, close, lambda: link.up)
