"""Token buckets that all processes take from. When Redis is away each process has its own."""

from __future__ import annotations

import secrets

from steunwijzer.shared.buckets import SALT_BYTES, Buckets
from steunwijzer.shared.redis_link import LOST, RedisLink

# The clock is Redis' own, so that processes need not agree on the time. Whoever is not seen for long is forgotten.
_TAKE = """
local burst, seconds = tonumber(ARGV[1]), tonumber(ARGV[2])
local time = redis.call('TIME')
local now = time[1] + time[2] / 1000000
local kept = redis.call('HMGET', KEYS[1], 'level', 'since')
local passed = math.max(0, now - (tonumber(kept[2]) or now))
local level = math.min(burst, (tonumber(kept[1]) or burst) + passed / seconds)
local allowed = level >= 1
if allowed then level = level - 1 end
redis.call('HSET', KEYS[1], 'level', string.format('%.6f', level), 'since', string.format('%.6f', now))
redis.call('EXPIRE', KEYS[1], math.ceil(burst * seconds) + 1)
return allowed and 1 or 0
"""
# A day, and some hours for who asks just after midnight.
_SALT_SECONDS = 30 * 3600


class RedisBuckets:
    """``own``: what counts as long as Redis is away."""

    def __init__(self, link: RedisLink, own: Buckets) -> None:
        self._link, self._own = link, own
        self._take = link.client.register_script(_TAKE)
        self._salt, self._salt_of = b"", ("", 0)

    async def take(self, key: str, burst: int, seconds: float) -> bool:
        """Take one token; False when there is none."""
        if self._link.up:
            try:
                name = f"steunwijzer:grens:{burst}:{seconds:g}:{key}"
                return bool(await self._take(keys=[name], args=[burst, seconds]))
            except LOST as error:
                self._link.lost(error)
        return await self._own.take(key, burst, seconds)

    async def salt(self, day: str) -> bytes:
        """Random, another one every day, and the same for all processes. Asked again when Redis was away: it may have forgotten."""
        if self._link.up:
            if self._salt_of == (day, self._link.times):
                return self._salt
            try:
                times, name = self._link.times, f"steunwijzer:zout:{day}"
                await self._link.client.set(name, secrets.token_hex(SALT_BYTES), nx=True, ex=_SALT_SECONDS)
                salt = await self._link.client.get(name)
                if salt:
                    self._salt, self._salt_of = bytes.fromhex(str(salt)), (day, times)
                    return self._salt
            except LOST as error:
                self._link.lost(error)
        return await self._own.salt(day)
