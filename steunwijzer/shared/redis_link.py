"""The line to Redis, and whether somebody answers there. Who loses it says so here; the log hears it once."""

from __future__ import annotations

import logging

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

# Redis is near; who waits longer for it makes a resident wait.
_SECONDS = 1.0
# Everything that can go wrong on the line.
LOST = (RedisError, OSError)
logger = logging.getLogger("steunwijzer.redis")


class RedisLink:
    """``client``: to ask; ``up``: worth asking; ``times``: how often it was found (again)."""

    def __init__(self, url: str) -> None:
        self.client: Redis = Redis.from_url(
            url,
            decode_responses=True,
            socket_connect_timeout=_SECONDS,
            socket_timeout=_SECONDS,
            retry=Retry(NoBackoff(), 0),
        )
        self.up, self.times = False, 0
        self._told = False

    def lost(self, error: BaseException) -> None:
        """It did not answer. Until it is found, nobody asks."""
        self.up = False
        if not self._told:
            self._told = True
            logger.error(
                "Redis antwoordt niet (%s): de grenzen gelden nu per proces, en wat een ander proces doet, is hier enkele seconden later te zien",
                type(error).__name__,
            )

    async def look(self) -> bool:
        """Whether it is there and takes what we write; True when it did not and now does."""
        await self.client.set("steunwijzer:hier", 1, ex=60)
        found, self.up = not self.up, True
        self.times += found
        if self._told:
            self._told = False
            logger.info("Redis antwoordt weer")
        return found

    async def close(self) -> None:
        """Hang up."""
        await self.client.aclose()
