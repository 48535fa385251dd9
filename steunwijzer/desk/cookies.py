"""The cookies of the desk. All with ``__Host-``: only this site, only over TLS (or to this device itself), not for scripts.

Chromium and Firefox keep such a cookie on http://127.0.0.1 and http://localhost too, because nobody can listen in there.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import secrets
from typing import Any

from sanic.request import Request
from sanic.response import HTTPResponse

SESSION, SIGNED_OUT, FLASH = "__Host-balie", "__Host-balie-voor", "__Host-balie-melding"


def put(response: HTTPResponse, name: str, value: str, *, seconds: int | None = None) -> None:
    """Give the browser a cookie; without ``seconds`` it goes when the browser closes."""
    response.add_cookie(
        name, value, path="/", secure=True, httponly=True, samesite="Lax", max_age=seconds, host_prefix=False
    )


def take_back(response: HTTPResponse, name: str) -> None:
    """Have the browser forget a cookie."""
    put(response, name, "", seconds=0)


def read(request: Request, name: str) -> str:
    """The value of a cookie; empty when there is none."""
    return str(request.cookies.get(name) or "")


def put_signed(request: Request, response: HTTPResponse, name: str, value: Any, *, seconds: int) -> None:
    """A cookie with something that only we can have written. The browser's owner can read it."""
    body = base64.urlsafe_b64encode(json.dumps(value, separators=(",", ":")).encode()).decode()
    put(response, name, f"{body}.{_signature(request, name, body)}", seconds=seconds)


def read_signed(request: Request, name: str) -> Any:
    """What :func:`put_signed` wrote; None when there is nothing, or when somebody else wrote it."""
    body, _, signature = read(request, name).partition(".")
    if not signature or not hmac.compare_digest(signature.encode(), _signature(request, name, body).encode()):
        return None
    try:
        return json.loads(base64.urlsafe_b64decode(body))
    except (ValueError, binascii.Error):
        return None


def signed_out_form(request: Request) -> tuple[str, str]:
    """For a form of somebody who is not signed in: the value of the cookie and what belongs in the form."""
    value = read(request, SIGNED_OUT) or secrets.token_urlsafe(32)
    return value, _signature(request, SIGNED_OUT, value)


def is_own_form(request: Request, given: str) -> bool:
    """Whether a form of somebody who is not signed in came from our own page in the same browser."""
    value = read(request, SIGNED_OUT)
    return bool(value) and hmac.compare_digest(given.encode(), _signature(request, SIGNED_OUT, value).encode())


def _signature(request: Request, name: str, body: str) -> str:
    secret: str = request.app.ctx.settings.secret_key
    return hmac.new(secret.encode(), f"steunwijzer/cookie/1/{name}/{body}".encode(), hashlib.sha256).hexdigest()
