"""``/balie``: on to the first page this colleague may open; and the files that every page needs."""

from __future__ import annotations

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, file

from steunwijzer.accounts import Who
from steunwijzer.desk.menu import menu
from steunwijzer.desk.page import go_to, not_found, page, signed_in
from steunwijzer.desk.rendering import STATIC

_KINDS = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}


def add_pages(site: Blueprint) -> None:
    """Add the routes to the blueprint of the desk."""

    @site.get("/", strict_slashes=False)
    @signed_in()
    async def start(request: Request, who: Who) -> HTTPResponse:
        items = menu(request, who)
        return go_to(request, items[0][0].path) if items else page(request, "begin.html")

    @site.get("/static/<name:str>", name="static")
    async def static(request: Request, name: str) -> HTTPResponse:
        path = STATIC / name
        if path.suffix not in _KINDS or path not in set(STATIC.iterdir()):
            raise not_found()
        kept = "public, max-age=31536000, immutable" if request.args.get("v") else "no-cache"
        return await file(path, mime_type=_KINDS[path.suffix], headers={"Cache-Control": kept})
