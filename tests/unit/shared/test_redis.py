"""Two processes with one Redis: what one takes the other misses, what one calls the other hears; and when Redis is away all goes on."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from redis.asyncio import Redis

from steunwijzer.chat.limits import Limiter, Rate
from steunwijzer.chat.live import Live
from steunwijzer.handover import DeskLive
from steunwijzer.shared import Shared, open_shared
from tests.redis_server import RedisServer

DAY = "2026-11-24"
# In a test no token comes back by itself.
RATE = Rate(3, 1000.0)


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[RedisServer]:
    """A server of its own, that is stopped afterwards."""
    server = RedisServer(tmp_path).start()
    yield server
    server.stop()


@asynccontextmanager
async def process(redis: RedisServer) -> AsyncIterator[Shared]:
    """What one process of the front office has, with its line to Redis open."""
    shared = open_shared(redis.url)
    await shared.open()
    try:
        yield shared
    finally:
        await shared.close()


def is_up(shared: Shared) -> bool:
    return shared.up is not None and shared.up()


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not true():
            await asyncio.sleep(0.01)


@asynccontextmanager
async def two(redis: RedisServer) -> AsyncIterator[tuple[Shared, Shared]]:
    async with process(redis) as one, process(redis) as other:
        await until(lambda: is_up(one) and is_up(other))
        yield one, other


async def test_tokens_are_taken_from_one_bucket(redis: RedisServer) -> None:
    async with two(redis) as (one, other):
        first, second = (Limiter(enabled=True, buckets=shared.buckets) for shared in (one, other))
        assert [await limiter.allows(RATE, "a") for limiter in (first, second, first, second, first)] == [
            True, True, True, False, False,
        ]  # fmt: skip
        assert await second.allows(RATE, "b")
        assert await second.allows(Rate(1, 1000.0), "a"), "another rate has another bucket"


async def test_tokens_come_back(redis: RedisServer) -> None:
    async with two(redis) as (one, other):
        first, second = (Limiter(enabled=True, buckets=shared.buckets) for shared in (one, other))
        rate = Rate(1, 0.5)
        assert await first.allows(rate, "a")
        async with asyncio.timeout(60):
            while not await second.allows(rate, "a"):
                await asyncio.sleep(0.05)


async def test_an_address_has_the_same_hash_today_and_another_tomorrow(redis: RedisServer) -> None:
    async with two(redis) as (one, other):
        first, second = (Limiter(enabled=True, buckets=shared.buckets) for shared in (one, other))
        today = await first.hashed("192.0.2.1", DAY)
        assert today == await second.hashed("192.0.2.1", DAY)
        assert today != await second.hashed("192.0.2.1", "2026-11-25")


async def test_a_change_in_a_conversation_wakes_its_listeners_in_the_other_process(redis: RedisServer) -> None:
    async with two(redis) as (one, other):
        here, there = Live(one.calls), Live(other.calls)
        with there.listen("a") as changed, there.listen("b") as unchanged:
            changed.clear(), unchanged.clear()
            here.tell("a")
            await asyncio.wait_for(changed.wait(), 60)
            assert not unchanged.is_set()


async def test_typing_shows_in_the_other_process_until_it_ends(redis: RedisServer) -> None:
    async with two(redis) as (one, other):
        here, there = Live(one.calls), Live(other.calls)
        with here.typing("a"):
            await until(lambda: there.is_typing("a"))
        await until(lambda: not there.is_typing("a"))
        here.typing_for("b", 60)
        await until(lambda: there.is_typing("b"))
        # The words were sent by way of the other process.
        there.typing_ended("b")
        await until(lambda: not here.is_typing("b"))


async def test_desks_in_the_other_process_look_again(redis: RedisServer) -> None:
    async with two(redis) as (one, other):
        here, there = DeskLive(one.calls), DeskLive(other.calls)
        with there.listen(["GM9999"]) as changed:
            known = there.changes
            changed.clear()
            here.tell("GM9999", "een gesprek")
            await asyncio.wait_for(changed.wait(), 60)
            assert there.changes > known


async def test_without_redis_every_process_has_its_own_limits_and_keeps_looking_and_says_so_once(
    redis: RedisServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "steunwijzer.redis")
    async with two(redis) as (one, other):
        first, second = (Limiter(enabled=True, buckets=shared.buckets) for shared in (one, other))
        live = Live(one.calls)
        assert await first.allows(RATE, "a")
        redis.stop()
        assert [await first.allows(RATE, "a") for _ in range(4)] == [True, True, True, False]
        assert await first.hashed("192.0.2.1", DAY) == await first.hashed("192.0.2.1", DAY)
        assert await second.allows(RATE, "a")
        with live.listen("a") as looked:
            for _ in range(2):
                looked.clear()
                await asyncio.wait_for(looked.wait(), 60)
        live.tell("a")
        await until(lambda: not is_up(one) and not is_up(other))
        said = [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]
        assert len(said) == 2, "one line for each process"
        assert all("Redis antwoordt niet" in line for line in said)

        redis.start()
        await until(lambda: is_up(one) and is_up(other))
        assert sum("antwoordt weer" in record.getMessage() for record in caplog.records) == 2
        elsewhere = Live(other.calls)
        with elsewhere.listen("a") as changed:
            changed.clear()
            live.tell("a")
            await asyncio.wait_for(changed.wait(), 60)
        taken = [await limiter.allows(RATE, "c") for limiter in (first, second, first, second)]
        assert taken == [True, True, True, False], "shared again"


async def test_redis_that_takes_nothing_counts_as_away_and_is_named_once(
    redis: RedisServer, caplog: pytest.LogCaptureFixture
) -> None:
    async with process(redis) as shared:
        await until(lambda: is_up(shared))
        looked: list[None] = []
        shared.calls.on_doubt(lambda: looked.append(None))
        async with Redis.from_url(redis.url) as admin:
            await admin.config_set("min-replicas-to-write", 1)
        limiter = Limiter(enabled=True, buckets=shared.buckets)
        assert [await limiter.allows(RATE, "a") for _ in range(4)] == [True, True, True, False]
        await until(lambda: len(looked) > 2)
        assert not is_up(shared)
        assert len([record for record in caplog.records if record.levelno == logging.ERROR]) == 1


async def test_redis_that_was_never_there_stops_nobody(tmp_path: Path) -> None:
    async with process(RedisServer(tmp_path)) as shared:
        limiter = Limiter(enabled=True, buckets=shared.buckets)
        assert [await limiter.allows(RATE, "a") for _ in range(4)] == [True, True, True, False]
        shared.calls.send("gesprek", "a")


async def test_without_an_address_redis_is_not_even_read() -> None:
    code = "import sys; from steunwijzer.shared import open_shared; open_shared(''); print('redis' in sys.modules)"
    program = await asyncio.create_subprocess_exec(sys.executable, "-c", code, stdout=asyncio.subprocess.PIPE)
    printed, _ = await program.communicate()
    assert printed.decode().strip() == "False"
