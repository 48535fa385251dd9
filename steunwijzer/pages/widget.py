"""The widget's script for other sites: one address that is always current, one per released version, and their fingerprints."""

from __future__ import annotations

import gzip
import json
from functools import lru_cache
from pathlib import Path

from sanic import Blueprint
from sanic.exceptions import NotFound
from sanic.request import Request
from sanic.response import HTTPResponse, file, raw

# A module script from another site is fetched with CORS; anybody may read it, nothing in it is secret.
_FOR_ALL = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
_FEW_MINUTES = {**_FOR_ALL, "Cache-Control": "public, max-age=300"}
_FOR_EVER = {**_FOR_ALL, "Cache-Control": "public, max-age=31536000, immutable"}
_SCRIPT = "text/javascript; charset=utf-8"
_KEPT = 8


def widget_files(widget: Path) -> Blueprint:
    """``widget``: the folder with the build in ``dist`` and what was released before in ``released``."""
    site = Blueprint("widget")
    fingerprints = widget / "released" / "integrity.json"
    released = frozenset(json.loads(fingerprints.read_text(encoding="utf-8"))["versies"])

    @site.get("/widget/v1/steunwijzer.js")
    async def current(request: Request) -> HTTPResponse:
        return _script(request, widget / "dist" / "steunwijzer.js", _FEW_MINUTES)

    @site.get("/widget/v1/integrity.json", name="integrity")
    async def integrity(request: Request) -> HTTPResponse:
        return await file(fingerprints, headers=_FEW_MINUTES, mime_type="application/json")

    @site.get("/widget/<version:str>/steunwijzer.js", name="version")
    async def of_version(request: Request, version: str) -> HTTPResponse:
        if version not in released:
            raise NotFound("Deze versie is er niet (meer)")
        return _script(request, widget / "released" / version / "steunwijzer.js", _FOR_EVER)

    return site


def _script(request: Request, path: Path, headers: dict[str, str]) -> HTTPResponse:
    """A third of the size for a browser that can unpack it, so every one on a bad connection. The fingerprint stays the same."""
    headers = {**headers, "Vary": "Accept-Encoding"}
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return raw(path.read_bytes(), headers=headers, content_type=_SCRIPT)
    packed = _packed(path, path.stat().st_mtime_ns)
    return raw(packed, headers={**headers, "Content-Encoding": "gzip"}, content_type=_SCRIPT)


@lru_cache(_KEPT)
def _packed(path: Path, _changed: int) -> bytes:
    return gzip.compress(path.read_bytes())
