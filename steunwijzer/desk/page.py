"""What every page of the desk is made with: who may open it, the frame around it, forms that are ours, messages after an act.

A page file offers a function that adds its routes to the blueprint::

    def add_pages(site: Blueprint) -> None:
        @site.get("/werklijst")
        @signed_in(MEDEWERKER)
        async def worklist(request: Request, who: Who) -> HTTPResponse:
            return page(request, "werklijst.html", talks=...)

Every query filters on ``who.gemeenten(MEDEWERKER)``. What is not there, or not of these municipalities, is :func:`not_found`.
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from functools import update_wrapper
from typing import Any, Concatenate
from urllib.parse import quote, urlsplit

from sanic import HTTPResponse
from sanic.request import Request
from sanic.response import html

from steunwijzer.accounts import SignedIn, Who, sessions
from steunwijzer.desk import cookies
from steunwijzer.desk.menu import menu
from steunwijzer.desk.presence import own_presence
from steunwijzer.desk.rendering import template
from steunwijzer.directory.places import by_code

START, SIGN_IN = "/balie", "/balie/aanmelden"
_FLASH_SECONDS = 120
_UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_ATTRIBUTE = "__balie__"
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
type Handler[**Given] = Callable[Concatenate[Request, Who, Given], Awaitable[HTTPResponse | None]]
type Page[**Given] = Callable[Concatenate[Request, Given], Awaitable[HTTPResponse | None]]


class DeskProblem(Exception):
    """A page cannot be shown. ``status``: 403, 404, 429 …; ``words``: what more there is to say, in Dutch."""

    def __init__(self, status: int, words: str = "") -> None:
        super().__init__(status)
        self.status, self.words = status, words


def not_found() -> DeskProblem:
    """``raise not_found()``: there is no such thing, or it is another municipality's; who asks cannot tell which."""
    return DeskProblem(404)


def page(request: Request, name: str, *, status: int = 200, **context: Any) -> HTTPResponse:
    """A template inside the frame. In every template: ``who`` (None when not signed in), ``csrf``, ``menu``, ``flash``, ``presence``."""
    session: SignedIn | None = getattr(request.ctx, "signed_in", None)
    message = cookies.read_signed(request, cookies.FLASH)
    cookie, csrf = ("", session.csrf) if session else cookies.signed_out_form(request)
    text = template(name).render(
        who=session.who if session else None,
        csrf=csrf,
        menu=menu(request, session.who) if session else [],
        gemeente=_gemeenten(request, session.who) if session else "",
        flash=message,
        demo=request.app.ctx.settings.demo,
        **{**getattr(request.ctx, "presence", {}), **context},
    )
    response = html(text, status=status, headers=HEADERS)
    if message:
        cookies.take_back(response, cookies.FLASH)
    if not session:
        cookies.put(response, cookies.SIGNED_OUT, cookie)
    return response


def piece(request: Request, name: str, *, status: int = 200, **context: Any) -> HTTPResponse:
    """A template without the frame, for a script that puts it into a page that is open already."""
    session: SignedIn = request.ctx.signed_in
    text = template(name).render(who=session.who, csrf=session.csrf, **context)
    return html(text, status=status, headers=HEADERS)


def go_to(request: Request, path: str, message: str = "", *, kind: str = "goed", link: str = "") -> HTTPResponse:
    """After an act: on to a page, which then shows ``message`` once. ``kind``: ``goed`` or ``fout``; ``link``: to copy from the page."""
    response = HTTPResponse(status=303, headers={"Location": path, "Cache-Control": "no-store"})
    if message:
        value = {"tekst": message, "soort": kind, "link": link}
        cookies.put_signed(request, response, cookies.FLASH, value, seconds=_FLASH_SECONDS)
    return response


def signed_in[**Given](*roles: str, passive: bool = False) -> Callable[[Handler[Given]], Page[Given]]:
    """Only for who is signed in and has one of ``roles`` in some municipality (none named: whoever is signed in).

    The page gets the colleague as its second argument. A request that changes something must carry the session's own secret,
    in the form (``csrf``) or as ``X-CSRF-Token``. ``passive``: a request the page makes by itself, which is no sign of life.
    """

    def around(handler: Handler[Given]) -> Page[Given]:
        async def guarded(request: Request, /, *given: Given.args, **named: Given.kwargs) -> HTTPResponse | None:
            session = await session_of(request, passive=passive)
            if session is None:
                return _sign_in_first(request)
            request.ctx.signed_in = session
            if request.method in _UNSAFE and not _carries(request, session.csrf):
                raise DeskProblem(
                    403, "Dit formulier is te oud. Ga terug, laad de bladzijde opnieuw en probeer het nog eens."
                )
            if roles and not any(session.who.gemeenten(role) for role in roles):
                raise DeskProblem(403)
            if request.method == "GET" and not passive:
                await own_presence(request, session.who)
            return await handler(request, session.who, *given, **named)

        update_wrapper(guarded, handler)
        setattr(guarded, _ATTRIBUTE, roles)
        return guarded

    return around


def roles_of(handler: Any) -> tuple[str, ...] | None:
    """The roles that :func:`signed_in` asks for; None for a handler without it. For the test that walks over every route."""
    return getattr(handler, _ATTRIBUTE, None)


async def session_of(request: Request, *, passive: bool = False) -> SignedIn | None:
    """The session of this browser, while it lasts."""
    secret = cookies.read(request, cookies.SESSION)
    if not secret:
        return None
    async with request.app.ctx.database.transaction() as session:
        return await sessions.find(session, secret, request.app.ctx.clock(), passive=passive)


def form(request: Request, name: str) -> str:
    """A field of the form; empty when it is not there."""
    return str(request.form.get(name) or "") if request.form else ""


def chosen(request: Request, name: str) -> list[str]:
    """All values of a field that may be there more than once, without the empty ones."""
    return [str(value) for value in request.form.getlist(name, []) if value] if request.form else []


def own_path(given: str) -> str:
    """A path of the desk that somebody gave; the start page when it is anything else."""
    parts = urlsplit(given)
    fine = not parts.scheme and not parts.netloc and "\\" not in given and given.isprintable()
    return given if fine and (parts.path == START or parts.path.startswith(START + "/")) else START


def _carries(request: Request, csrf: str) -> bool:
    given = request.headers.get("x-csrf-token") or form(request, "csrf")
    return hmac.compare_digest(given.encode(), csrf.encode())


def _sign_in_first(request: Request) -> HTTPResponse:
    address = SIGN_IN
    if request.method == "GET" and request.path != START:
        wanted = request.path + (f"?{request.query_string}" if request.query_string else "")
        address += f"?verder={quote(wanted, safe='')}"
    if request.headers.get("hx-request") == "true":
        return HTTPResponse(status=401, headers={"HX-Redirect": SIGN_IN, "Cache-Control": "no-store"})
    if "text/event-stream" in request.headers.get("accept", ""):
        return HTTPResponse(status=401, headers={"Cache-Control": "no-store"})
    return HTTPResponse(status=303, headers={"Location": address, "Cache-Control": "no-store"})


def _gemeenten(request: Request, who: Who) -> str:
    """The municipality that is meant on every page, by name; of more than one, how many."""
    codes = sorted(who.roles)
    if len(codes) != 1:
        return f"{len(codes)} gemeenten" if codes else ""
    return gemeente_name(request, codes[0])


def gemeente_name(request: Request, code: str) -> str:
    """The name of a municipality; its code when it is not known."""
    known = by_code(request.app.ctx.content / "geografie", code)
    return known.name if known else code
