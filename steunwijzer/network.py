"""Where a request comes from, and how much of an address is one household."""

from __future__ import annotations

import ipaddress

from sanic.request import Request


def client_address(request: Request) -> str:
    """The address a request comes from; a proxy's word counts only when the settings say it is ours."""
    trusted = request.app.ctx.settings.trusted_proxy
    forwarded = request.headers.get("x-forwarded-for", "") if trusted else ""
    return forwarded.split(",")[-1].strip() or request.ip


def household(address: str) -> str:
    """Of an IPv6 address the first 64 bits, because one connection has all that follow; anything else as it is."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if known.version == 4:
        return address
    mapped = known.ipv4_mapped
    return str(mapped) if mapped else str(ipaddress.ip_network((known, 64), strict=False))
