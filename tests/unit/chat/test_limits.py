"""Nobody can flood us, and an address is never kept."""

from __future__ import annotations

from steunwijzer.chat.limits import Limiter, Rate
from steunwijzer.shared import OwnBuckets

DAY = "2026-11-24"


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


async def test_a_burst_is_fine_and_then_it_slows_down() -> None:
    clock = Clock()
    limiter, rate = Limiter(enabled=True, buckets=OwnBuckets(clock)), Rate(3, 2.0)
    assert [await limiter.allows(rate, "a") for _ in range(5)] == [True, True, True, False, False]
    clock.now += 2.0
    assert [await limiter.allows(rate, "a") for _ in range(2)] == [True, False]


async def test_one_does_not_slow_another() -> None:
    limiter, rate = Limiter(enabled=True, buckets=OwnBuckets(Clock())), Rate(1, 10.0)
    assert await limiter.allows(rate, "a")
    assert not await limiter.allows(rate, "a")
    assert await limiter.allows(rate, "b")


async def test_an_address_has_another_hash_tomorrow() -> None:
    limiter = Limiter(enabled=True)
    today = await limiter.hashed("192.0.2.1", DAY)
    assert today == await limiter.hashed("192.0.2.1", DAY)
    assert today != await limiter.hashed("192.0.2.1", "2026-11-25")


async def test_switched_off_it_lets_everything_through() -> None:
    limiter = Limiter(enabled=False)
    assert all([await limiter.allows(Rate(1, 100.0), "a") for _ in range(50)])


async def test_one_connection_has_one_hash_however_many_ipv6_addresses_it_takes() -> None:
    limiter = Limiter(enabled=True)
    assert await limiter.hashed("2001:db8:1:2::1", DAY) == await limiter.hashed("2001:db8:1:2:ffff::9", DAY)
    assert await limiter.hashed("2001:db8:1:2::1", DAY) != await limiter.hashed("2001:db8:1:3::1", DAY)
    assert await limiter.hashed("::ffff:192.0.2.1", DAY) == await limiter.hashed("192.0.2.1", DAY)
    assert await limiter.hashed("192.0.2.1", DAY) != await limiter.hashed("192.0.2.2", DAY)


async def test_what_is_no_address_is_hashed_too_and_not_longer_than_it_needs_to_be() -> None:
    limiter = Limiter(enabled=True)
    assert await limiter.hashed("x" * 5000, DAY) == await limiter.hashed("x" * 64, DAY)
