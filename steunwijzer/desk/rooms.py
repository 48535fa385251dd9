"""How the pages reach the hand-over: its acts and lists, the talk that is meant, and what happens when something is refused."""

from __future__ import annotations

from collections.abc import Awaitable, Collection
from typing import Any, cast

from sanic.request import Request
from sanic.response import HTTPResponse
from sqlalchemy import select

from steunwijzer.accounts import MEDEWERKER, RAADPLEGER, Who
from steunwijzer.desk.page import go_to, not_found
from steunwijzer.handover import Callbacks, Cases, Desk, HandoverError, Lists, Overview, Presences
from steunwijzer.store import Colleague, HandoverCase

WORKLIST, CALLBACKS, HISTORY = "/balie/werklijst", "/balie/terugbellen", "/balie/geschiedenis"
_GONE = "niet_gevonden"


def desk(request: Request) -> Desk:
    """What all acts at the desk work with."""
    return cast(Desk, request.app.ctx.chat.desk)


def cases(request: Request) -> Cases:
    """Acts on talks."""
    return Cases(desk(request))


def lists(request: Request) -> Lists:
    """One talk, its notes and labels."""
    return Lists(desk(request))


def callbacks(request: Request) -> Callbacks:
    """Acts on call-back requests."""
    return Callbacks(desk(request))


def presences(request: Request) -> Presences:
    """Who is at the desk."""
    return cast(Presences, request.app.ctx.chat.presences)


def overview(request: Request) -> Overview:
    """The lists; one for the whole program, because it is read once for all who look."""
    if not hasattr(request.app.ctx, "overview"):
        request.app.ctx.overview = Overview(desk(request))
    return cast(Overview, request.app.ctx.overview)


def talk_path(case_id: Any) -> str:
    """The page of a talk."""
    return f"/balie/gesprek/{case_id}"


async def the_case(request: Request, who: Who, case_id: Any, role: str = MEDEWERKER) -> HandoverCase:
    """The talk of the address. Raises :func:`not_found` when there is none, or not for this colleague in this role."""
    try:
        case = await lists(request).see(who, str(case_id), RAADPLEGER)
    except HandoverError:
        raise not_found() from None
    if not who.may(role, case.gemeente):
        raise not_found()
    return case


async def names_of(request: Request, ids: Collection[str]) -> dict[str, str]:
    """Names of colleagues by their id."""
    if not ids:
        return {}
    async with desk(request).database.transaction() as session:
        found = await session.execute(select(Colleague.id, Colleague.name).where(Colleague.id.in_(ids)))
        return {row.id: row.name for row in found}


async def tried(request: Request, doing: Awaitable[Any], done: str, here: str, *, onward: str = "") -> HTTPResponse:
    """Do it and go on with a message; when it is refused, say why on the page ``here``."""
    try:
        await doing
    except HandoverError as error:
        if error.refusal.code == _GONE:
            raise not_found() from None
        return go_to(request, here, error.refusal.text, kind="fout")
    return go_to(request, onward or here, done)


def by_script(request: Request) -> bool:
    """Whether a script of the page asks, and wants only a piece of it."""
    return request.headers.get("hx-request") == "true"
