"""HTTP client of the engine's private channel (see ``bot/channel``)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from types import TracebackType
from typing import Any

import httpx
import msgspec

from steunwijzer.engine.reply import Looked, Reply, Seen

_TRIES = 2
_PAUSE_SECONDS = 0.3
_CHANNEL = "/webhooks/steunwijzer"
_TURN, _SAFETY, _HEALTH = f"{_CHANNEL}/turn", f"{_CHANNEL}/safety", f"{_CHANNEL}/health"
logger = logging.getLogger(__name__)


class EngineDown(Exception):
    """The engine did not answer in time, twice. The conversation's state is unchanged."""


class EngineClient:
    """Asks the engine. The engine keeps nothing, so asking again is safe."""

    def __init__(self, url: str, timeout_seconds: float, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._timeout = timeout_seconds
        self._client = httpx.AsyncClient(
            base_url=url,
            timeout=httpx.Timeout(timeout_seconds, connect=1.0),
            limits=httpx.Limits(max_connections=64, max_keepalive_connections=32, keepalive_expiry=60),
            headers={"Content-Type": "application/json"},
            transport=transport,
        )

    async def turn(
        self, conversation: str, state: Mapping[str, Any], given: Mapping[str, Any], context: Mapping[str, Any]
    ) -> Reply:
        """One turn. ``given``: ``{"type": "text"|"choice"|"start", …}``. Raises :class:`EngineDown`."""
        body = msgspec.json.encode({"conversation": conversation, "state": state, "input": given, "context": context})
        for attempt in range(_TRIES):
            if attempt:
                await asyncio.sleep(_PAUSE_SECONDS)
            try:
                # httpx counts each silence apart; a drip of bytes must not keep a resident waiting.
                async with asyncio.timeout(self._timeout):
                    answer = await self._client.post(_TURN, content=body)
                answer.raise_for_status()
                return msgspec.json.decode(answer.content, type=Reply)
            except (httpx.HTTPError, TimeoutError, msgspec.MsgspecError, UnicodeDecodeError) as error:
                # The error's class only: its text may hold what the resident said.
                logger.warning("machinekamer antwoordt niet (%s), poging %s", type(error).__name__, attempt + 1)
        raise EngineDown

    async def look(self, text: str) -> Seen:
        """What the whole safety gate sees in a message that is not for the assistant; no dialogue. Raises :class:`EngineDown`."""
        try:
            async with asyncio.timeout(self._timeout):
                answer = await self._client.post(_SAFETY, content=msgspec.json.encode({"text": text}))
            answer.raise_for_status()
            return msgspec.json.decode(answer.content, type=Looked).safety
        except (httpx.HTTPError, TimeoutError, msgspec.MsgspecError, UnicodeDecodeError) as error:
            logger.warning("machinekamer keek niet naar gevaar (%s)", type(error).__name__)
            raise EngineDown from error

    async def is_up(self) -> bool:
        """Whether the engine says it has loaded its model; silent, for waiting."""
        try:
            return (await self._client.get(_HEALTH)).status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def __aenter__(self) -> EngineClient:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()
