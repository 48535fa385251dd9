"""Background work ends when it is told to, also when it missed the first word."""

from __future__ import annotations

import asyncio

import pytest

from steunwijzer.stopping import stop


async def _sleep_on() -> None:
    await asyncio.sleep(3600)


async def _deaf_once() -> None:
    """As a database driver that turns the cancellation into an error of its own, and a caller that lives on after it."""
    try:
        await asyncio.sleep(3600)
    except asyncio.CancelledError:
        await asyncio.sleep(3600)


async def _fails_while_ending() -> None:
    try:
        await asyncio.sleep(3600)
    finally:
        raise OSError("weg")


@pytest.mark.parametrize("work", [_sleep_on, _deaf_once, _fails_while_ending])
async def test_all_work_ends(work: object) -> None:
    tasks = [asyncio.create_task(work()), asyncio.create_task(_sleep_on())]  # type: ignore[operator]
    await asyncio.sleep(0)
    async with asyncio.timeout(30):
        await stop(tasks)
    assert all(task.done() for task in tasks)


async def test_nothing_to_stop() -> None:
    await stop([])
