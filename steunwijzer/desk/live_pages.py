"""What happens now, pushed to open pages (server-sent events): the numbers of the lists, and new messages of the talk that is open.

An event only says that there is something; the page then asks for it. Each event carries all that a page needs to know, so who
was away for a while and comes back (``Last-Event-ID``) is up to date with the first one.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
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
from steunwijzer.stopping import stop
from steunwijzer.store import HandoverCase

HEARTBEAT_SECONDS = 15.0
MAX_STREAM_SECONDS = 3600.0
# Lists are looked at so often at most, however much happens; messages of the open talk come at once.
_LISTS_EVERY_SECONDS = 1.0
# Whether somebody is still signed in is looked at about once a minute; a stream says nothing but numbers.
_SESSION_EVERY_BEATS = 4
_CHANCE = random.SystemRandom()
_SILENCE = ": stil\n\n"
_MAX_DIGITS = 9


@dataclass
class _Seen:
    """What this page knows already: number of the last message, mark of the lists, state of the talk."""

    seq: int = 0
    mark: str = ""
    stand: str = ""


class _Page:
    """An open page: who looks, what it knows, and the way to it."""

    def __init__(self, request: Request, who: Who, response: Any, seen: _Seen) -> None:
        self.request, self.who, self.seen = request, who, seen
        self._response, self._one_at_a_time = response, asyncio.Lock()

    async def send(self, text: str) -> None:
        """One piece of text, whole."""
        async with self._one_at_a_time:
            await self._response.send(text)

    async def tell(self, name: str, data: Any) -> None:
        """An event, with an id from which somebody who comes back can go on."""
        await self.send(f"id: {self.seen.seq}.{self.seen.mark}\nevent: {name}\ndata: {json.dumps(data)}\n\n")


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
    """Two things that never wait for each other, the lists and the talk, until the page, the session or the program ends."""
    live = desk(request).live
    with (
        live.listen(who.gemeenten(RAADPLEGER)) as of_lists,
        live.listen([case.conversation_id] if case else []) as of_talk,
    ):
        response = await request.respond(
            content_type="text/event-stream", headers={**HEADERS, "X-Accel-Buffering": "no"}
        )
        page = _Page(request, who, response, _last_seen(request))
        tasks = [asyncio.create_task(_look_at_lists(page, of_lists))]
        if case is not None:
            tasks.append(asyncio.create_task(_look_at_talk(page, case, of_talk)))
        try:
            await _keep_alive(page, tasks)
        finally:
            await stop(tasks)
    await response.eof()


async def _keep_alive(page: _Page, tasks: list[asyncio.Task[None]]) -> None:
    loop = asyncio.get_running_loop()
    until = loop.time() + MAX_STREAM_SECONDS
    # Pages that were opened at the same moment (after a restart) do not all ask the database at the same moment for ever.
    beat = _CHANCE.randrange(_SESSION_EVERY_BEATS)
    while loop.time() < until:
        wait = HEARTBEAT_SECONDS * _CHANCE.uniform(0.7, 1.0)
        done, _ = await asyncio.wait(tasks, timeout=wait, return_when=asyncio.FIRST_COMPLETED)
        beat += 1
        if done or (beat % _SESSION_EVERY_BEATS == 0 and await session_of(page.request, passive=True) is None):
            return
        await page.send(_SILENCE)


async def _look_at_lists(page: _Page, changed: asyncio.Event) -> None:
    while not desk(page.request).live.closed:
        changed.clear()
        await _tell_lists(page)
        await asyncio.sleep(_LISTS_EVERY_SECONDS)
        await changed.wait()


async def _look_at_talk(page: _Page, case: HandoverCase, changed: asyncio.Event) -> None:
    woken = False
    while not desk(page.request).live.closed and await _tell_talk(page, case, woken=woken):
        woken = await changed.wait()
        changed.clear()


async def _tell_lists(page: _Page) -> None:
    found = await overview(page.request).numbers(page.who)
    if found.mark == page.seen.mark:
        return
    page.seen.mark = found.mark
    data = {
        "wachten": found.waiting, "nieuw": found.unanswered, "terugbellen": found.callbacks, "samen": found.waiting + found.unanswered,
    }  # fmt: skip
    await page.tell("lijst", data)


async def _tell_talk(page: _Page, case: HandoverCase, *, woken: bool) -> bool:
    """New messages, another state of the talk, or (``woken`` without these) a sign at an earlier message. False when the talk is gone."""
    try:
        now, last = await lists(page.request).standing(page.who, case.id)
    except HandoverError:
        return False
    other_stand = page.seen.stand not in {"", now.standing}
    if last > page.seen.seq or (woken and not other_stand):
        page.seen.seq = max(last, page.seen.seq)
        await page.tell("bericht", {"tot": last})
    if other_stand:
        await page.tell("stand", {"stand": now.state, "van_u": now.claimed_by == page.who.id})
    page.seen.stand = now.standing
    return True


def _last_seen(request: Request) -> _Seen:
    """From ``Last-Event-ID``: number and mark; a new page says in its address which message and which state it shows already."""
    given = request.headers.get("last-event-id") or f"{request.args.get('na', '0')}."
    seq, _, mark = given.partition(".")
    known = seq if seq.isascii() and seq.isdigit() and len(seq) <= _MAX_DIGITS else "0"
    return _Seen(int(known), mark if mark.isalnum() else "", str(request.args.get("stand", "")))
