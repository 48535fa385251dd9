"""``/api/v1/municipalities/{code}``: name and telephone number, which the chat keeps in sight all the time."""

from __future__ import annotations

import re
from pathlib import Path

from sanic import Blueprint
from sanic.exceptions import NotFound
from sanic.request import Request
from sanic.response import JSONResponse
from sanic.response import json as json_response

from steunwijzer.directory.profiles import profile

_CODE = re.compile(r"GM[0-9]{4}")
# Public, and asked without a token: any site may read it.
_HEADERS = {"Access-Control-Allow-Origin": "*", "Cache-Control": "public, max-age=300"}


def municipality_api(content: Path) -> Blueprint:
    """``content``: the editors' folder. A municipality without a profile has neither name nor number."""
    api = Blueprint("municipality_api", url_prefix="/api/v1", strict_slashes=True)

    @api.get("/municipalities/<code>")
    async def show(request: Request, code: str) -> JSONResponse:
        if not _CODE.fullmatch(code):
            raise NotFound
        known = profile(content, code)
        filled = known.filled if known else {}
        answer = {"gemeente": code, "naam": filled.get("naam"), "telefoon": filled.get("telefoon")}
        return json_response(answer, headers=_HEADERS)

    return api
