"""What a resident gets at a door that is closed: why, and how to reach the municipality meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sanic.request import Request
from sanic.response import HTTPResponse

from steunwijzer.directory.profiles import profile
from steunwijzer.pages.notice import Notice
from steunwijzer.pages.ways import call
from steunwijzer.pages.whose import whose

TITLE = "Steunwijzer is nu even dicht"


def closed_page(notice: Notice) -> Callable[[Request, str], HTTPResponse]:
    """Makes the page from a reason."""
    return lambda request, reason: notice(request, 503, TITLE, f"{reason} Probeer het later opnieuw.")


def whom_to_call(content: Path) -> Callable[[Request, str], str]:
    """Says which number to call, for an answer of the API: of the municipality with this code, or else of whose site it is."""
    return lambda request, code: call((profile(content, code) if code else None) or whose(request, content))
