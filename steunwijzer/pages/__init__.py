"""The chat page and the widget's files, with a strict content security policy."""

from __future__ import annotations

from pathlib import Path

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, file

PAGE_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'"
)
_PAGE_HEADERS = {"Content-Security-Policy": PAGE_CSP, "X-Frame-Options": "DENY", "Cache-Control": "no-cache"}


def pages(widget: Path) -> Blueprint:
    """``/`` and ``/chat``: the page; ``/widget/…``: its script and style. ``widget``: the folder with ``pages`` and ``dist``."""
    site = Blueprint("pages")

    @site.get("/")
    @site.get("/chat", name="chat")
    async def page(request: Request) -> HTTPResponse:
        return await file(widget / "pages" / "index.html", headers=_PAGE_HEADERS, mime_type="text/html; charset=utf-8")

    @site.get("/favicon.svg")
    async def favicon(request: Request) -> HTTPResponse:
        return await file(widget / "pages" / "favicon.svg", headers={"Cache-Control": "max-age=86400"})

    site.static("/widget/v1", widget / "dist", name="widget")
    site.static("/pagina", widget / "pages", name="pagina")
    return site
