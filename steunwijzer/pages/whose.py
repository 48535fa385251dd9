"""Which municipality a request is about: by the address, by what a conversation starts with, or by the site it comes from."""

from __future__ import annotations

from pathlib import Path

from sanic.exceptions import SanicException
from sanic.request import Request

from steunwijzer.directory.places import by_code
from steunwijzer.directory.profiles import Profile, profile, profiles


def code_in_address(request: Request, content: Path) -> str:
    """The municipality's code in ``?gemeente=``; empty when it is none."""
    municipality = by_code(content / "geografie", str(request.args.get("gemeente", "")))
    return municipality.code if municipality else ""


def whose(request: Request, content: Path) -> Profile | None:
    """The profile of the municipality, when one can be known."""
    found = profile(content, code_in_address(request, content) or _code_in_body(request))
    origin = request.headers.get("origin", "")
    return found or next((each for each in profiles(content) if origin in each.websites), None)


def _code_in_body(request: Request) -> str:
    try:
        body = request.json
    except SanicException:
        return ""
    return str(body.get("gemeente", "")) if isinstance(body, dict) else ""
