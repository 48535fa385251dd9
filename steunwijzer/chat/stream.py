"""Server-sent events of a conversation: ``message``, ``status`` and ``typing``, resumed after ``Last-Event-ID``."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from sanic.request import Request

from steunwijzer.chat.errors import ChatError
from steunwijzer.chat.service import ChatService

HEARTBEAT_SECONDS = 15.0
MAX_STREAM_SECONDS = 3600.0
_HEADERS = {"X-Accel-Buffering": "no"}
_SILENCE = ": stil\n\n"
_MAX_DIGITS = 9


async def stream(request: Request, chat: ChatService, conversation_id: str, token: str) -> None:
    """Answer with everything that happens in the conversation, until it is deleted or the browser leaves."""
    loop = asyncio.get_running_loop()
    until = loop.time() + MAX_STREAM_SECONDS
    seen = _last_seen(request)
    # Listening starts before the first reading, so that nothing falls in between.
    with chat.live.listen(conversation_id) as changed:
        shown = await chat.show(conversation_id, token, seen)
        response = await request.respond(content_type="text/event-stream", headers=_HEADERS)
        status, typing = "", False
        while not chat.live.closed and loop.time() < until:
            for message in shown["messages"]:
                seen = message["seq"]
                await response.send(_event("message", message, seen))
            if shown["status"] != status:
                status = shown["status"]
                await response.send(_event("status", {"status": status}))
            if not await _happens(changed):
                await response.send(_SILENCE)
            # Before reading: what happens during the reading is a new call.
            changed.clear()
            if chat.live.is_typing(conversation_id) != typing:
                typing = not typing
                await response.send(_event("typing", {"on": typing}))
            try:
                shown = await chat.show(conversation_id, token, seen)
            except ChatError:
                break
    await response.eof()


def _last_seen(request: Request) -> int:
    given = request.headers.get("last-event-id", "0")
    return int(given) if given.isascii() and given.isdigit() and len(given) <= _MAX_DIGITS else 0


async def _happens(changed: asyncio.Event) -> bool:
    """Wait for the next change; False when it stays quiet for long."""
    try:
        await asyncio.wait_for(changed.wait(), HEARTBEAT_SECONDS)
    except TimeoutError:
        return False
    return True


def _event(name: str, data: Any, number: int | None = None) -> str:
    head = f"id: {number}\n" if number is not None else ""
    return f"{head}event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
