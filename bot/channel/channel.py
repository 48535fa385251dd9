"""The private channel (Rasa ``InputChannel``): ``POST /webhooks/steunwijzer/turn``, ``POST …/safety`` and ``GET …/health``."""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.channel.turn import BadTurn, TurnRequest, look, play

logger = logging.getLogger(__name__)


class SteunwijzerChannel(InputChannel):
    """Takes state and input, answers with messages and new state. It keeps nothing and never faces the internet."""

    @classmethod
    def name(cls) -> str:
        """Part of the address: ``/webhooks/steunwijzer``."""
        return "steunwijzer"

    def __init__(self, agent: Agent, model: str) -> None:
        self._agent, self._model = agent, model

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes. ``on_new_message`` is Rasa's own way in, which locks per conversation: the front office does that."""
        routes = Blueprint("steunwijzer_channel")

        @routes.get("/health")
        async def health(request: Request) -> HTTPResponse:
            return json({"status": "ok", "model": self._model})

        @routes.post("/turn")
        async def turn(request: Request) -> HTTPResponse:
            return await answered(lambda: play(self._agent, TurnRequest.parse(request.json)))

        @routes.post("/safety")
        async def safety(request: Request) -> HTTPResponse:
            return await answered(lambda: look(self._agent, request.json))

        async def answered(doing: Callable[[], Awaitable[dict[str, Any]]]) -> HTTPResponse:
            started = time.perf_counter()
            try:
                reply = await doing()
            except BadTurn as error:
                return json({"fout": str(error)}, status=400)
            except Exception as error:
                # Where it went wrong, never what was said.
                frames = "".join(traceback.format_list(traceback.extract_tb(error.__traceback__)[-4:]))
                logger.error("beurt mislukt: %s\n%s", type(error).__name__, frames)
                return json({"fout": "storing"}, status=500)
            reply["elapsed_ms"] = round((time.perf_counter() - started) * 1000, 2)
            return json(reply)

        return routes
