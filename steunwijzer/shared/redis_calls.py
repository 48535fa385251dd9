"""Calls through Redis (publish and subscribe). While Redis is away every process keeps looking for itself."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from steunwijzer.shared.calls import Heard
from steunwijzer.shared.redis_link import LOST, RedisLink
from steunwijzer.stopping import stop

_CHANNEL = "steunwijzer:live"
_QUIET_SECONDS = 1.0
# Without Redis: look this often. With it a call can still get lost on the way to it, so now and then too.
_LOOK_SECONDS = 2.0
_LOOK_ANYHOW_SECONDS = 15.0
_EVERYTHING = "alles"


class RedisCalls:
    """One channel for everything: a call is small, and who has no listeners for it does nothing."""

    def __init__(self, link: RedisLink) -> None:
        self._link, self._me = link, secrets.token_hex(8)
        self._heard: defaultdict[str, list[Heard]] = defaultdict(list)
        self._doubts: list[Callable[[], None]] = []
        self._outgoing: asyncio.Queue[str] = asyncio.Queue()
        self._tasks: list[asyncio.Task[None]] = []
        self._looked_at = 0.0

    def send(self, kind: str, *words: str) -> None:
        """Tell the other processes, if they can be reached."""
        if self._link.up:
            self._outgoing.put_nowait(json.dumps([self._me, kind, *words]))

    def on(self, kind: str, heard: Heard) -> None:
        """What to do when another process calls."""
        self._heard[kind].append(heard)

    def on_doubt(self, look: Callable[[], None]) -> None:
        """What to do when calls may have been missed."""
        self._doubts.append(look)

    async def open(self) -> None:
        """Start listening and telling. Whether Redis is there shows by itself."""
        self._tasks = [asyncio.create_task(self._keep_listening()), asyncio.create_task(self._keep_telling())]

    async def close(self) -> None:
        """Stop both."""
        await stop(self._tasks)

    async def _keep_listening(self) -> None:
        while True:
            try:
                await self._listen()
            except LOST as error:
                self._link.lost(error)
            self._look_again()
            await asyncio.sleep(_LOOK_SECONDS)

    async def _listen(self) -> None:
        async with self._link.client.pubsub() as line:
            await line.subscribe(_CHANNEL)
            while True:
                said = await line.get_message(ignore_subscribe_messages=True, timeout=_QUIET_SECONDS)
                if said is not None:
                    self._hear(said["data"])
                if (said is None or not self._link.up) and await self._link.look():
                    # Nobody heard anybody for a while.
                    self._look_again()
                    self.send(_EVERYTHING)
                if self._looked_at + _LOOK_ANYHOW_SECONDS < asyncio.get_running_loop().time():
                    self._look_again()

    def _hear(self, data: Any) -> None:
        sender, kind, *words = json.loads(data)
        if sender == self._me:
            return
        if kind == _EVERYTHING:
            self._look_again()
        for heard in self._heard.get(kind, ()):
            heard(*words)

    def _look_again(self) -> None:
        self._looked_at = asyncio.get_running_loop().time()
        for look in self._doubts:
            look()

    async def _keep_telling(self) -> None:
        while True:
            text = await self._outgoing.get()
            if self._link.up:
                try:
                    await self._link.client.publish(_CHANNEL, text)
                except LOST as error:
                    self._link.lost(error)
