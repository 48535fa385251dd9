"""The widget's script for other sites: one address that is always current, one per released version, and their fingerprints."""

from __future__ import annotations

import json
from pathlib import Path

from sanic import Blueprint
from sanic.exceptions import NotFound
from sanic.request import Request
from sanic.response import HTTPResponse, file

# A module script from another site is fetched with CORS; anybody may read it, nothing in it is secret.
_FOR_ALL = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
_FEW_MINUTES = {**_FOR_ALL, "Cache-Control": "public, max-age=300"}
_FOR_EVER = {**_FOR_ALL, "Cache-Control": "public, max-age=31536000, immutable"}
_SCRIPT = "text/javascript; charset=utf-8"


def widget_files(widget: Path) -> Blueprint:
    """``widget``: the folder with the build in ``dist`` and what was released before in ``released``."""
    site = Blueprint("widget")
    fingerprints = widget / "released" / "integrity.json"
    released = frozenset(json.loads(fingerprints.read_text(encoding="utf-8"))["versies"])

    @site.get("/widget/v1/steunwijzer.js")
    async def current(request: Request) -> HTTPResponse:
        return await file(widget / "dist" / "steunwijzer.js", headers=_FEW_MINUTES, mime_type=_SCRIPT)

    @site.get("/widget/v1/integrity.json", name="integrity")
    async def integrity(request: Request) -> HTTPResponse:
        return await file(fingerprints, headers=_FEW_MINUTES, mime_type="application/json")

    @site.get("/widget/<version:str>/steunwijzer.js", name="version")
    async def of_version(request: Request, version: str) -> HTTPResponse:
        if version not in released:
            raise NotFound("Deze versie is er niet (meer)")
        return await file(widget / "released" / version / "steunwijzer.js", headers=_FOR_EVER, mime_type=_SCRIPT)

    return site
