"""Serves the custom actions to the engine: rasa-sdk's contract on a loopback port, in the front office's process.

rasa-sdk's own server would put the request in its error replies and allow every origin; this one does neither.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException
from sanic import Sanic
from sanic.exceptions import BadRequest, SanicException
from sanic.request import Request
from sanic.response import HTTPResponse, JSONResponse, json

logger = logging.getLogger("steunwijzer.acties")


def make_actions_app(
    name: str = "steunwijzer_acties", metrics_page: Callable[[], HTTPResponse] | None = None
) -> Sanic[Any, Any]:
    """``POST /webhook``: run one action; ``GET /metrics``: figures, when somebody keeps them. Errors never hold what a resident said."""
    executor = ActionExecutor()
    executor.register_package("actions")
    app = Sanic(name, configure_logging=False)
    app.config.ACCESS_LOG = False
    app.config.KEEP_ALIVE_TIMEOUT = 75

    @app.exception(SanicException)
    async def refused(request: Request, error: SanicException) -> JSONResponse:
        return json({"error": "onleesbaar"}, status=error.status_code)

    if metrics_page is not None:

        @app.get("/metrics")
        async def metrics(request: Request) -> HTTPResponse:
            return metrics_page()

    @app.post("/webhook")
    async def run(request: Request) -> JSONResponse:
        call: Any = request.json
        if not isinstance(call, dict):
            raise BadRequest
        action = str(call.get("next_action"))
        try:
            result = await executor.run(call)
        except ActionExecutionRejection as error:
            return json({"error": "geweigerd", "action_name": error.action_name}, status=400)
        except ActionNotFoundException as error:
            return json({"error": "onbekend", "action_name": error.action_name}, status=404)
        except Exception as error:
            logger.error("actie %s mislukt: %s", action, type(error).__name__)
            return json({"error": "mislukt", "action_name": action}, status=500)
        return json(result.model_dump() if result else {"events": [], "responses": []})

    return app
