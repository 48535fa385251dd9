"""``/`` and ``/chat``: the whole page; ``/chat/frame``: only the chat, for a frame on a site that is on the list."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from string import Template
from typing import Any

from html5tagger import E
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, file, html

from steunwijzer.directory.places import by_code
from steunwijzer.directory.profiles import Profile, profile
from steunwijzer.pages.policy import framed_headers, page_headers


def pages(widget: Path, content: Path, origins: Sequence[str]) -> Blueprint:
    """``widget``: the folder with ``pages``; ``content``: the editors' folder; ``origins``: sites that may always frame the chat."""
    site = Blueprint("pages")

    @site.get("/")
    @site.get("/chat", name="chat")
    async def page(request: Request) -> HTTPResponse:
        return html(
            chat_page(widget / "pages" / "index.html", content, _code(request, content)), headers=page_headers()
        )

    @site.get("/chat/frame")
    async def frame(request: Request) -> HTTPResponse:
        code = _code(request, content)
        known = profile(content, code)
        allowed = dict.fromkeys(["'self'", *origins, *(known.websites if known else ())])
        return html(chat_page(widget / "pages" / "frame.html", content, code), headers=framed_headers(allowed))

    @site.get("/favicon.svg")
    async def favicon(request: Request) -> HTTPResponse:
        return await file(widget / "pages" / "favicon.svg", headers={"Cache-Control": "max-age=86400"})

    site.static("/pagina", widget / "pages", name="pagina")
    return site


def chat_page(template: Path, content: Path, code: str) -> str:
    """The page for one municipality (or none: ``""``), with how to reach it where the chat cannot run."""
    text = template.read_text(encoding="utf-8")
    return Template(text).substitute(gemeente=code, bereikbaar=_ways(profile(content, code)))


def _code(request: Request, content: Path) -> str:
    """The municipality in the address; empty when it is none."""
    municipality = by_code(content / "geografie", str(request.args.get("gemeente", "")))
    return municipality.code if municipality else ""


def _ways(known: Profile | None) -> str:
    """Phone, address and form as list items, as far as the municipality has filled them in."""
    filled = known.filled if known else {}
    made: list[Any] = []
    if phone := filled.get("telefoon"):
        number = "".join(filter(str.isdigit, phone))
        hours = f". Open: {filled['openingstijden']}." if "openingstijden" in filled else "."
        made.append(E.li("Bel ", E.a(phone, href=f"tel:{number}"), hours))
    else:
        made.append(E.li("Bel uw gemeente. Het nummer is vaak 14 met daarachter uw netnummer."))
    address = filled.get("adres", "uw gemeente, of het wijkteam bij u in de buurt")
    made.append(E.li(f"Ga langs: {address}."))
    form = filled.get("melding_url", "")
    if form.startswith("https://"):
        made.append(E.li(E.a("Vul het formulier in op de website van de gemeente", href=form)))
    else:
        made.append(E.li("Kijk op de website van uw gemeente. Zoek daar op ‘melding’."))
    return "".join(map(str, made))
