"""Who tries too often waits, ever longer."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections import OrderedDict
from datetime import datetime, timedelta

from steunwijzer.network import household

FREE_TRIES = 5
# Everybody in a town hall has one address; there a colleague's typing errors must not lock out the others.
FREE_TRIES_PER_ADDRESS = 20
_LONGEST = timedelta(hours=1)
_FORGET_AFTER = timedelta(hours=24)
_MAX_KEYS = 20_000


def wait_after(failures: int, free: int = FREE_TRIES) -> timedelta:
    """How long to wait after so many failures in a row: nothing below ``free``, then a minute, then each time twice as long, an hour at most."""
    if failures < free:
        return timedelta(0)
    doublings = min(failures - free, 10)
    return min(timedelta(minutes=1 << doublings), _LONGEST)


class Failures:
    """Counts failures by something that is not an account: an address, or an e-mail address nobody has.

    In memory and as a keyed hash that ends with the process; of an account itself the database keeps count.
    """

    def __init__(self, free: int) -> None:
        self._free, self._salt = free, secrets.token_bytes(16)
        self._counted: OrderedDict[bytes, tuple[int, datetime]] = OrderedDict()

    def locked_until(self, key: str, now: datetime) -> datetime | None:
        """Until when this key waits; None when it need not."""
        count, last = self._counted.get(self._hash(key), (0, now))
        until = last + wait_after(count, self._free)
        return until if until > now else None

    def failed(self, key: str, now: datetime) -> int:
        """Count one more and return how many there are; after a day without, counting begins again."""
        count, last = self._counted.pop(self._hash(key), (0, now))
        count = 1 if now - last > _FORGET_AFTER else count + 1
        self._counted[self._hash(key)] = (count, now)
        while len(self._counted) > _MAX_KEYS:
            self._counted.popitem(last=False)
        return count

    def _hash(self, key: str) -> bytes:
        return hmac.digest(self._salt, household(key).encode(), hashlib.sha256)
