"""The chat API, version 1: HTTP around :class:`~steunwijzer.chat.service.ChatService` (described in openapi.py)."""

from __future__ import annotations

from uuid import UUID

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, JSONResponse, empty
from sanic.response import json as json_response
from sqlalchemy.exc import SQLAlchemyError

from steunwijzer.chat import errors, limits, problems
from steunwijzer.chat.agenda import calendar_file
from steunwijzer.chat.errors import ChatError
from steunwijzer.chat.openapi import VERSION, document
from steunwijzer.chat.origins import Origins
from steunwijzer.chat.requests import Contact, Feedback, Handover, NewConversation, NewMessage, decode
from steunwijzer.chat.service import ChatService
from steunwijzer.chat.stream import stream
from steunwijzer.clock import NETHERLANDS
from steunwijzer.network import client_address

API_HEADERS = {
    "API-Version": VERSION,
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
}
_ONE = "/conversations/<conversation_id:uuid>"


def chat_api() -> Blueprint:
    """Routes under ``/api/v1``. The application context holds ``chat``, ``limiter``, ``clock``, ``settings``, ``terms`` and ``ready``."""
    api = Blueprint("chat_api", url_prefix="/api/v1", strict_slashes=True)

    @api.post("/conversations")
    async def start(request: Request) -> JSONResponse:
        await _limit(request, limits.REQUESTS_PER_ADDRESS, limits.CONVERSATIONS_PER_ADDRESS)
        given = decode(request.body, NewConversation)
        _origins(request).check_start(*_site(request), given.gemeente)
        return json_response(await _chat(request).start(given.gemeente, given.taal), status=201)

    @api.post(f"{_ONE}/messages")
    async def say(request: Request, conversation_id: UUID) -> JSONResponse:
        token = await _token(request)
        given = decode(request.body, NewMessage)
        return json_response(await _chat(request).say(str(conversation_id), token, given))

    @api.get(_ONE)
    async def show(request: Request, conversation_id: UUID) -> JSONResponse:
        return json_response(await _chat(request).show(str(conversation_id), await _token(request)))

    @api.delete(_ONE)
    async def delete(request: Request, conversation_id: UUID) -> HTTPResponse:
        await _chat(request).delete(str(conversation_id), await _token(request))
        return empty()

    @api.post(f"{_ONE}/feedback")
    async def feedback(request: Request, conversation_id: UUID) -> JSONResponse:
        token = await _token(request)
        given = decode(request.body, Feedback)
        return json_response(await _chat(request).feedback(str(conversation_id), token, given))

    @api.post(f"{_ONE}/handover")
    async def handover(request: Request, conversation_id: UUID) -> JSONResponse:
        token = await _token(request)
        given = decode(request.body, Handover)
        return json_response(await _chat(request).handover.ask(str(conversation_id), token, given))

    @api.get(f"{_ONE}/handover")
    async def preview(request: Request, conversation_id: UUID) -> JSONResponse:
        return json_response(await _chat(request).handover.preview(str(conversation_id), await _token(request)))

    @api.delete(f"{_ONE}/handover")
    async def withdraw(request: Request, conversation_id: UUID) -> JSONResponse:
        return json_response(await _chat(request).handover.withdraw(str(conversation_id), await _token(request)))

    @api.post(f"{_ONE}/contact")
    async def contact(request: Request, conversation_id: UUID) -> JSONResponse:
        token = await _token(request)
        given = decode(request.body, Contact)
        return json_response(await _chat(request).handover.contact(str(conversation_id), token, given))

    @api.get(f"{_ONE}/events")
    async def events(request: Request, conversation_id: UUID) -> None:
        await stream(request, _chat(request), str(conversation_id), await _token(request))

    @api.get("/agenda.ics")
    async def agenda(request: Request) -> HTTPResponse:
        await _limit(request, limits.REQUESTS_PER_ADDRESS)
        given = request.get_args(keep_blank_values=True)
        return calendar_file(given, request.app.ctx.terms, request.app.ctx.clock())

    @api.get("/ready")
    async def ready(request: Request) -> JSONResponse:
        if not request.app.ctx.ready.is_set():
            return problems.answer(errors.NOT_READY)
        return json_response({"status": "klaar"})

    @api.get("/health")
    async def health(request: Request) -> JSONResponse:
        return json_response({"status": "ok"})

    @api.get("/openapi.json")
    async def openapi(request: Request) -> JSONResponse:
        return json_response(
            document(request.app.ctx.settings.public_url), headers={"Access-Control-Allow-Origin": "*"}
        )

    return api


async def municipality_of(request: Request) -> str:
    """The municipality of the conversation in the address, for who has its token; empty when that cannot be known."""
    try:
        return await _chat(request).municipality(str(request.match_info["conversation_id"]), _bearer(request))
    except (KeyError, ChatError, SQLAlchemyError, OSError):
        return ""


def _chat(request: Request) -> ChatService:
    chat: ChatService = request.app.ctx.chat
    return chat


async def _token(request: Request) -> str:
    """The bearer token, for a site and an address that may ask; an empty one opens nothing. Never read from the address bar."""
    _origins(request).check(*_site(request))
    await _limit(request, limits.REQUESTS_PER_ADDRESS)
    return _bearer(request)


def _bearer(request: Request) -> str:
    """The token, wherever the question comes from."""
    kind, _, token = (request.headers.get("authorization") or "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


def _origins(request: Request) -> Origins:
    origins: Origins = request.app.ctx.origins
    return origins


def _site(request: Request) -> tuple[str, str]:
    """The website that asks, and our own name as it knows it."""
    return request.headers.get("origin", ""), request.headers.get("host", "")


async def _limit(request: Request, *rates: limits.Rate) -> None:
    limiter: limits.Limiter = request.app.ctx.limiter
    day = request.app.ctx.clock().astimezone(NETHERLANDS).date().isoformat()
    address = await limiter.hashed(client_address(request), day)
    for rate in rates:
        if not await limiter.allows(rate, address):
            raise ChatError(errors.TOO_FAST)
