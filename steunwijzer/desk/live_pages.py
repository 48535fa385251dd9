"""What happens now, pushed to open pages (server-sent events): the numbers of the lists, and new messages of the talk that is open.

An event only says that there is something; the page then asks for it. Each event carries all that a page needs to know, so who
was away for a while and comes back (``Last-Event-ID``) is up to date with the first one.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from steunwijzer.accounts import MEDEWERKER, RAADPLEGER, Who
from steunwijzer.desk.page import HEADERS, form, not_found, session_of, signed_in
from steunwijzer.desk.rooms import cases, desk, lists, overview, presences
from steunwijzer.handover import HandoverError
from steunwijzer.store import HandoverCase

HEARTBEAT_SECONDS = 15.0
MAX_STREAM_SECONDS = 3600.0
# Lists are looked at so often at most, however much happens; messages of the open talk come at once.
_LISTS_EVERY_SECONDS = 1.0
_SILENCE = ": stil\n\n"
_MAX_DIGITS = 9


@dataclass
class _Seen:
    """What this page knows already: number of the last message, mark of the lists, state of the talk."""

    seq: int = 0
    mark: str = ""
    stand: str = ""


def add_pages(site: Blueprint) -> None:
    """Add the routes to the blueprint of the desk."""

    @site.get("/live")
    @signed_in(RAADPLEGER, passive=True)
    async def desk_live(request: Request, who: Who) -> HTTPResponse | None:
        case = await _case(request, who)
        await _stream(request, who, case)
        return None

    @site.post("/hier")
    @signed_in(RAADPLEGER, passive=True)
    async def desk_here(request: Request, who: Who) -> HTTPResponse:
        """The page reports every half minute: the colleague is there, and the open talk stays theirs."""
        if who.gemeenten(MEDEWERKER):
            await presences(request).renew(who)
        mine = False
        if form(request, "gesprek"):
            with contextlib.suppress(HandoverError):
                await cases(request).renew(who, form(request, "gesprek"))
                mine = True
        return json_response({"van_u": mine}, headers=HEADERS)

    @site.get("/hier")
    @signed_in(RAADPLEGER, passive=True)
    async def desk_secret(request: Request, who: Who) -> HTTPResponse:
        """The secret for forms of a page that was open while somebody signed in again in another tab."""
        return json_response({"csrf": request.ctx.signed_in.csrf, "wie": who.id}, headers=HEADERS)


async def _case(request: Request, who: Who) -> HandoverCase | None:
    wanted = str(request.args.get("gesprek", ""))
    if not wanted:
        return None
    try:
        return await lists(request).see(who, wanted)
    except HandoverError:
        raise not_found() from None


async def _stream(request: Request, who: Who, case: HandoverCase | None) -> None:
    loop = asyncio.get_running_loop()
    until, lists_at = loop.time() + MAX_STREAM_SECONDS, 0.0
    seen = _last_seen(request)
    live = desk(request).live
    with (
        live.listen(who.gemeenten(RAADPLEGER)) as lists_changed,
        live.listen([case.conversation_id] if case else []) as talk_changed,
    ):
        lists_changed.set()
        if case is not None:
            talk_changed.set()
        response = await request.respond(
            content_type="text/event-stream", headers={**HEADERS, "X-Accel-Buffering": "no"}
        )
        async with _both(lists_changed, talk_changed) as something:
            while not live.closed and loop.time() < until:
                if case is not None and talk_changed.is_set():
                    talk_changed.clear()
                    if not await _tell_talk(request, who, case, seen, response):
                        break
                if lists_changed.is_set() and loop.time() >= lists_at:
                    lists_changed.clear()
                    lists_at = loop.time() + _LISTS_EVERY_SECONDS
                    await _tell_lists(request, who, seen, response)
                wait = max(lists_at - loop.time(), 0.01) if lists_changed.is_set() else HEARTBEAT_SECONDS
                if not await something(wait) and not lists_changed.is_set():
                    if await session_of(request, passive=True) is None:
                        break
                    await response.send(_SILENCE)
    await response.eof()


@asynccontextmanager
async def _both(lists_changed: asyncio.Event, talk_changed: asyncio.Event) -> AsyncIterator[Any]:
    """Wait for either: for the lists only while nothing of them waits already, so that a busy list does not spin."""
    waiting: dict[asyncio.Event, asyncio.Task[Any]] = {}

    async def something(seconds: float) -> bool:
        for event in (lists_changed, talk_changed):
            if event not in waiting and not event.is_set():
                waiting[event] = asyncio.create_task(event.wait())
        if talk_changed.is_set():
            return True
        done, _ = await asyncio.wait(waiting.values(), timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        for event in [event for event, task in waiting.items() if task in done]:
            del waiting[event]
        return bool(done)

    try:
        yield something
    finally:
        for task in waiting.values():
            task.cancel()


async def _tell_lists(request: Request, who: Who, seen: _Seen, response: Any) -> None:
    board = await overview(request).shared_board(who)
    if board.mark == seen.mark:
        return
    seen.mark = board.mark
    mine = sum(entry.unanswered for entry in board.mine)
    data = {"wachten": len(board.waiting), "nieuw": mine, "terugbellen": board.callbacks, "samen": board.news}
    await response.send(_event("lijst", data, seen))


async def _tell_talk(request: Request, who: Who, case: HandoverCase, seen: _Seen, response: Any) -> bool:
    """New messages and another state of the talk. False when the talk is gone."""
    try:
        now, last = await lists(request).standing(who, case.id)
    except HandoverError:
        return False
    if last > seen.seq:
        seen.seq = last
        await response.send(_event("bericht", {"tot": last}, seen))
    stand = f"{now.state}/{now.claimed_by or ''}/{now.urgency}"
    if stand != seen.stand:
        first, seen.stand = not seen.stand, stand
        if not first:
            await response.send(_event("stand", {"stand": now.state, "van_u": now.claimed_by == who.id}, seen))
    return True


def _last_seen(request: Request) -> _Seen:
    """From ``Last-Event-ID``: number and mark; a new page says in its address which message it shows already."""
    given = request.headers.get("last-event-id") or f"{request.args.get('na', '0')}."
    seq, _, mark = given.partition(".")
    known = seq if seq.isascii() and seq.isdigit() and len(seq) <= _MAX_DIGITS else "0"
    return _Seen(int(known), mark if mark.isalnum() else "")


def _event(name: str, data: Any, seen: _Seen) -> str:
    return f"id: {seen.seq}.{seen.mark}\nevent: {name}\ndata: {json.dumps(data)}\n\n"
