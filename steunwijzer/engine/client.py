"""HTTP client of the engine's private channel (see ``bot/channel``)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any

import httpx

_TRIES = 2
_PAUSE_SECONDS = 0.3
logger = logging.getLogger(__name__)


class EngineDown(Exception):
    """The engine did not answer in time, twice. The conversation's state is unchanged."""


@dataclass(frozen=True)
class Reply:
    """One turn's answer: messages, the new opaque state, what was understood, where the conversation stands, typed events."""

    messages: list[dict[str, Any]]
    state: dict[str, Any]
    parse: dict[str, Any]
    flow: dict[str, str] | None
    events: list[dict[str, Any]]


class EngineClient:
    """Asks the engine. The engine keeps nothing, so asking again is safe."""

    def __init__(self, url: str, timeout_seconds: float, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._client = httpx.AsyncClient(
            base_url=url,
            timeout=httpx.Timeout(timeout_seconds, connect=1.0),
            limits=httpx.Limits(max_connections=64, max_keepalive_connections=32, keepalive_expiry=60),
            transport=transport,
        )

    async def turn(
        self, conversation: str, state: Mapping[str, Any], given: Mapping[str, Any], context: Mapping[str, Any]
    ) -> Reply:
        """One turn. ``given``: ``{"type": "text"|"choice"|"start", …}``. Raises :class:`EngineDown`."""
        body = {"conversation": conversation, "state": state, "input": given, "context": context}
        for attempt in range(_TRIES):
            if attempt:
                await asyncio.sleep(_PAUSE_SECONDS)
            try:
                answer = await self._client.post("/webhooks/steunwijzer/turn", json=body)
                answer.raise_for_status()
                return _read(answer.json())
            except (httpx.HTTPError, KeyError, TypeError, ValueError) as error:
                # The error's class only: its text may hold what the resident said.
                logger.warning("machinekamer antwoordt niet (%s), poging %s", type(error).__name__, attempt + 1)
        raise EngineDown

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def __aenter__(self) -> EngineClient:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()


def _read(body: Mapping[str, Any]) -> Reply:
    if not isinstance(body["messages"], list) or not isinstance(body["state"], dict):
        raise TypeError("antwoord van de machinekamer heeft een andere vorm")
    return Reply(body["messages"], body["state"], body.get("parse") or {}, body.get("flow"), body.get("events") or [])
