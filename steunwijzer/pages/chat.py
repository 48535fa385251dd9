"""``/`` and ``/chat``: the whole page; ``/chat/frame``: only the chat, for a frame on a site that is on the list."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path
from string import Template

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, file, html

from steunwijzer.directory.profiles import profile
from steunwijzer.pages.policy import framed_headers, page_headers
from steunwijzer.pages.ways import call, ways
from steunwijzer.pages.whose import code_in_address


def pages(widget: Path, content: Path, origins: Sequence[str]) -> Blueprint:
    """``widget``: the folder with ``pages``; ``content``: the editors' folder; ``origins``: sites that may always frame the chat."""
    site = Blueprint("pages")

    @site.get("/")
    @site.get("/chat", name="chat")
    async def page(request: Request) -> HTTPResponse:
        return html(
            chat_page(widget / "pages" / "index.html", content, code_in_address(request, content)),
            headers=page_headers(),
        )

    @site.get("/chat/frame")
    async def frame(request: Request) -> HTTPResponse:
        code = code_in_address(request, content)
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
    known = profile(content, code)
    phone = known.filled.get("telefoon", "") if known else ""
    return Template(text).substitute(
        gemeente=code, telefoon=escape(phone), bereikbaar=ways(known), bellen=escape(call(known))
    )
