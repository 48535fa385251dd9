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
    """Asks the engine. The engine keeps nothing, so asking again is safe.

    Without httpx's client: cookies, redirects and proxies are not for one address on this machine, and cost time at every turn.
    """

    def __init__(self, url: str, timeout_seconds: float, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._timeout = timeout_seconds
        # Parsed once: at every turn that costs as much as sending it.
        self._urls = {path: httpx.URL(url.rstrip("/") + path) for path in (_TURN, _SAFETY, _HEALTH)}
        self._limits = httpx.Timeout(timeout_seconds, connect=1.0).as_dict()
        pool = httpx.Limits(max_connections=64, max_keepalive_connections=32, keepalive_expiry=60)
        self._transport = transport or httpx.AsyncHTTPTransport(limits=pool, trust_env=False)

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
                    return msgspec.json.decode(await self._ask("POST", _TURN, body), type=Reply)
            except (httpx.HTTPError, TimeoutError, msgspec.MsgspecError, UnicodeDecodeError) as error:
                # The error's class only: its text may hold what the resident said.
                logger.warning("machinekamer antwoordt niet (%s), poging %s", type(error).__name__, attempt + 1)
        raise EngineDown

    async def look(self, text: str) -> Seen:
        """What the whole safety gate sees in a message that is not for the assistant; no dialogue. Raises :class:`EngineDown`."""
        try:
            async with asyncio.timeout(self._timeout):
                answer = await self._ask("POST", _SAFETY, msgspec.json.encode({"text": text}))
            return msgspec.json.decode(answer, type=Looked).safety
        except (httpx.HTTPError, TimeoutError, msgspec.MsgspecError, UnicodeDecodeError) as error:
            logger.warning("machinekamer keek niet naar gevaar (%s)", type(error).__name__)
            raise EngineDown from error

    async def is_up(self) -> bool:
        """Whether the engine says it has loaded its model; silent, for waiting."""
        try:
            await self._ask("GET", _HEALTH)
        except httpx.HTTPError:
            return False
        return True

    async def _ask(self, method: str, path: str, body: bytes = b"") -> bytes:
        """The body of a good answer. Raises :class:`httpx.HTTPError`."""
        request = httpx.Request(
            method,
            self._urls[path],
            headers={"Content-Type": "application/json"},
            content=body,
            extensions={"timeout": self._limits},
        )
        answer = await self._transport.handle_async_request(request)
        answer.request = request
        try:
            content = await answer.aread()
        finally:
            await answer.aclose()
        answer.raise_for_status()
        return content

    async def close(self) -> None:
        """Close the connections."""
        await self._transport.aclose()

    async def __aenter__(self) -> EngineClient:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()
