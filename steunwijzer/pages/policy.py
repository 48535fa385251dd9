"""The content security policy of pages with the chat: nothing but our own files, no inline code, no parsing of HTML."""

from __future__ import annotations

from collections.abc import Iterable

_OWN_ONLY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; form-action 'self'; require-trusted-types-for 'script'"
)


def page_headers() -> dict[str, str]:
    """For a page that nobody may show in a frame."""
    return {**framed_headers(()), "X-Frame-Options": "DENY"}


def framed_headers(origins: Iterable[str]) -> dict[str, str]:
    """For a page that only these sites may show in a frame. ``X-Frame-Options`` cannot say that, so it is left out."""
    allowed = " ".join(origins) or "'none'"
    return {"Content-Security-Policy": f"{_OWN_ONLY}; frame-ancestors {allowed}", "Cache-Control": "no-cache"}
