"""The chat API, version 1: HTTP around :class:`~steunwijzer.chat.service.ChatService` (described in openapi.py)."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from sanic import Blueprint, Sanic
from sanic.exceptions import MethodNotAllowed, NotFound, PayloadTooLarge, SanicException
from sanic.request import Request
from sanic.response import HTTPResponse, JSONResponse, empty
from sanic.response import json as json_response

from steunwijzer.chat import errors, limits
from steunwijzer.chat.errors import ChatError, Problem
from steunwijzer.chat.openapi import DOCUMENT, VERSION
from steunwijzer.chat.requests import Feedback, Handover, NewConversation, NewMessage, decode
from steunwijzer.chat.service import ChatService
from steunwijzer.clock import NETHERLANDS

HEARTBEAT_SECONDS = 15.0
MAX_STREAM_SECONDS = 3600.0


def chat_api() -> Blueprint:
    """Routes under ``/api/v1``. The application context holds ``chat``, ``limiter``, ``clock``, ``settings`` and ``ready``."""
    api = Blueprint("chat_api", url_prefix="/api/v1")

    @api.post("/conversations")
    async def start(request: Request) -> JSONResponse:
        _limit(request, limits.CONVERSATIONS_PER_ADDRESS, _address(request))
        given = decode(request.body, NewConversation)
        return json_response(await _chat(request).start(given.gemeente, given.taal), status=201)

    @api.post("/conversations/<conversation_id:str>/messages")
    async def say(request: Request, conversation_id: str) -> JSONResponse:
        _limit(request, limits.TURNS_PER_CONVERSATION, conversation_id)
        given = decode(request.body, NewMessage)
        return json_response(await _chat(request).say(conversation_id, _token(request), given))

    @api.get("/conversations/<conversation_id:str>")
    async def show(request: Request, conversation_id: str) -> JSONResponse:
        return json_response(await _chat(request).show(conversation_id, _token(request)))

    @api.delete("/conversations/<conversation_id:str>")
    async def delete(request: Request, conversation_id: str) -> HTTPResponse:
        await _chat(request).delete(conversation_id, _token(request))
        return empty()

    @api.post("/conversations/<conversation_id:str>/feedback")
    async def feedback(request: Request, conversation_id: str) -> JSONResponse:
        given = decode(request.body, Feedback)
        return json_response(await _chat(request).feedback(conversation_id, _token(request), given))

    @api.post("/conversations/<conversation_id:str>/handover")
    async def handover(request: Request, conversation_id: str) -> JSONResponse:
        given = decode(request.body, Handover)
        return json_response(await _chat(request).hand_over(conversation_id, _token(request), given))

    @api.get("/conversations/<conversation_id:str>/events")
    async def events(request: Request, conversation_id: str) -> None:
        await _stream(request, conversation_id)

    @api.get("/ready")
    async def ready(request: Request) -> JSONResponse:
        if not request.app.ctx.ready.is_set():
            return _problem(errors.NOT_READY)
        return json_response({"status": "klaar"})

    @api.get("/health")
    async def health(request: Request) -> JSONResponse:
        return json_response({"status": "ok"})

    @api.get("/openapi.json")
    async def openapi(request: Request) -> JSONResponse:
        return json_response(DOCUMENT, headers={"Access-Control-Allow-Origin": "*"})

    return api


def _chat(request: Request) -> ChatService:
    chat: ChatService = request.app.ctx.chat
    return chat


def _token(request: Request) -> str:
    """The bearer token; an empty one opens nothing."""
    kind, _, token = (request.headers.get("authorization") or "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


def _address(request: Request) -> str:
    """The resident's address as a hash of today; a proxy's word counts only when the settings say it is ours."""
    forwarded = request.headers.get("x-forwarded-for", "") if request.app.ctx.settings.trusted_proxy else ""
    address = forwarded.split(",")[-1].strip() or request.ip
    day = request.app.ctx.clock().astimezone(NETHERLANDS).date().isoformat()
    return str(request.app.ctx.limiter.hashed(address, day))


def _limit(request: Request, rate: limits.Rate, key: str) -> None:
    limiter: limits.Limiter = request.app.ctx.limiter
    if not (limiter.allows(limits.REQUESTS_PER_ADDRESS, _address(request)) and limiter.allows(rate, key)):
        raise ChatError(errors.TOO_FAST)


async def _stream(request: Request, conversation_id: str) -> None:
    """Server-sent events: ``message``, ``status`` and ``typing`` as they come, resumed after ``Last-Event-ID``."""
    chat, token = _chat(request), _token(request)
    given = request.headers.get("last-event-id", "0")
    seen = int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0
    shown = await chat.show(conversation_id, token, seen)
    response = await request.respond(content_type="text/event-stream", headers={"X-Accel-Buffering": "no"})
    status, typing = "", False
    loop = asyncio.get_running_loop()
    until = loop.time() + MAX_STREAM_SECONDS
    with chat.live.listen(conversation_id) as changed:
        # Look again at once: something may have come between the first reading and listening.
        changed.set()
        while loop.time() < until:
            for message in shown["messages"]:
                seen = message["seq"]
                await response.send(_event("message", message, seen))
            if shown["status"] != status:
                status = shown["status"]
                await response.send(_event("status", {"status": status}))
            try:
                await asyncio.wait_for(changed.wait(), HEARTBEAT_SECONDS)
            except TimeoutError:
                await response.send(": stil\n\n")
            # Before reading: what happens during the read is a new call.
            changed.clear()
            if chat.live.is_typing(conversation_id) != typing:
                typing = not typing
                await response.send(_event("typing", {"on": typing}))
            try:
                shown = await chat.show(conversation_id, token, seen)
            except ChatError:
                break
    await response.eof()


def _event(name: str, data: Any, number: int | None = None) -> str:
    head = f"id: {number}\n" if number is not None else ""
    return f"{head}event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def _problem(problem: Problem) -> JSONResponse:
    body = {
        "type": f"urn:steunwijzer:fout:{problem.code}",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
    }
    headers = {"Retry-After": "5"} if problem.status in {429, 503} else {}
    return json_response(body, status=problem.status, content_type="application/problem+json", headers=headers)


def install_errors(app: Sanic[Any, Any]) -> None:
    """Every error is a problem document in Dutch; what went wrong inside stays inside."""

    @app.exception(ChatError)
    async def chat_error(request: Request, error: ChatError) -> HTTPResponse:
        return _problem(error.problem)

    @app.exception(NotFound)
    async def not_found(request: Request, error: NotFound) -> HTTPResponse:
        return _problem(errors.NOT_FOUND)

    @app.exception(MethodNotAllowed)
    async def wrong_method(request: Request, error: MethodNotAllowed) -> HTTPResponse:
        response = _problem(errors.WRONG_METHOD)
        response.headers.update(error.headers)
        return response

    @app.exception(PayloadTooLarge)
    async def too_big(request: Request, error: PayloadTooLarge) -> HTTPResponse:
        return _problem(errors.TOO_BIG)

    @app.exception(SanicException)
    async def other(request: Request, error: SanicException) -> HTTPResponse:
        return _problem(errors.NOT_JSON if error.status_code < 500 else errors.BROKEN)

    @app.exception(Exception)
    async def broken(request: Request, error: Exception) -> HTTPResponse:
        # The class only: the message may hold what somebody typed.
        request.app.ctx.logger.error(
            "fout bij %s %s: %s",
            request.method,
            request.route and request.route.path,
            type(error).__name__,
            exc_info=_frames(error),
        )
        return _problem(errors.BROKEN)


def _frames(error: Exception) -> Any:
    """Where it went wrong, without the values."""
    return (
        (type(error), type(error)(), error.__traceback__)
        if not error.args
        else (RuntimeError, RuntimeError("…"), error.__traceback__)
    )


API_HEADERS = {
    "API-Version": VERSION,
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
}
