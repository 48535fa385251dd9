"""Errors on their way out: every one is a problem document or a page in Dutch; what went wrong inside stays inside."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from sanic import Sanic
from sanic.exceptions import MethodNotAllowed, NotFound, PayloadTooLarge, SanicException
from sanic.request import Request
from sanic.response import HTTPResponse, JSONResponse
from sanic.response import json as json_response

from steunwijzer.chat import errors
from steunwijzer.chat.errors import ChatError, Problem
from steunwijzer.store import DatabaseBusy

# A page for this request and status, or None where a page is not what was asked for.
PageFor = Callable[[Request, int], Awaitable[HTTPResponse | None]]
_TRY_AGAIN_LATER = {429, 503}


def answer(problem: Problem, reason: str = "") -> JSONResponse:
    """The problem as ``application/problem+json`` (RFC 9457), with a reason of this moment before the remedy."""
    body = {
        "type": f"urn:steunwijzer:fout:{problem.code}",
        "title": problem.title,
        "status": problem.status,
        "detail": f"{reason} {problem.detail}".strip(),
    }
    content_type = "application/problem+json"
    return json_response(body, status=problem.status, content_type=content_type, headers=_when(problem.status))


def _when(status: int) -> dict[str, str]:
    return {"Retry-After": "5"} if status in _TRY_AGAIN_LATER else {}


def install_errors(app: Sanic[Any, Any], *pages: PageFor) -> None:
    """Turn every exception into a page where one of ``pages`` has one, and else into a problem document."""

    async def shown(request: Request, problem: Problem) -> HTTPResponse:
        for page in pages:
            if (made := await page(request, problem.status)) is not None:
                made.headers.update(_when(problem.status))
                return made
        return answer(problem)

    @app.exception(ChatError)
    async def chat_error(request: Request, error: ChatError) -> HTTPResponse:
        return await shown(request, error.problem)

    @app.exception(NotFound)
    async def not_found(request: Request, error: NotFound) -> HTTPResponse:
        return await shown(request, errors.NOT_FOUND)

    @app.exception(MethodNotAllowed)
    async def wrong_method(request: Request, error: MethodNotAllowed) -> HTTPResponse:
        response = await shown(request, errors.WRONG_METHOD)
        response.headers.update(error.headers)
        return response

    @app.exception(PayloadTooLarge)
    async def too_big(request: Request, error: PayloadTooLarge) -> HTTPResponse:
        return await shown(request, errors.TOO_BIG)

    @app.exception(SanicException)
    async def other(request: Request, error: SanicException) -> HTTPResponse:
        return await shown(request, errors.NOT_JSON if error.status_code < 500 else errors.BROKEN)

    @app.exception(DatabaseBusy)
    async def busy(request: Request, error: DatabaseBusy) -> HTTPResponse:
        request.app.ctx.logger.warning(
            "database te druk bij %s %s", request.method, request.route and request.route.path
        )
        return await shown(request, errors.BUSY)

    @app.exception(Exception)
    async def broken(request: Request, error: Exception) -> HTTPResponse:
        # Class and place only: the error's own text may hold what somebody typed.
        name, place = type(error).__name__, request.route and request.route.path
        where = (RuntimeError, RuntimeError(name), error.__traceback__)
        request.app.ctx.logger.error("fout bij %s %s: %s", request.method, place, name, exc_info=where)
        return await shown(request, errors.BROKEN)
