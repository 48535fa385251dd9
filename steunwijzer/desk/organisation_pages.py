"""Signing in with the organisation's account: to its provider and back, and signing out there too."""

from __future__ import annotations

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from steunwijzer.accounts import Provider, ProviderDown, Refused, organisation
from steunwijzer.desk import cookies
from steunwijzer.desk.entrance import begin, sign_in_form
from steunwijzer.desk.page import HEADERS, DeskProblem, own_path

_KEPT = "__Host-balie-onderweg"
_KEPT_SECONDS = 600


def add_pages(site: Blueprint) -> None:
    """Add the routes to the blueprint of the desk."""

    @site.get("/aanmelden/organisatie")
    async def leave(request: Request) -> HTTPResponse:
        try:
            address, kept = await _provider(request).start(request.app.ctx.clock())
        except ProviderDown as down:
            return await sign_in_form(request, error=str(down), status=503)
        response = HTTPResponse(status=303, headers={**HEADERS, "Location": address})
        onward = own_path(str(request.args.get("verder", "")))
        cookies.put_signed(request, response, _KEPT, {**kept, "verder": onward}, seconds=_KEPT_SECONDS)
        return response

    @site.get("/aanmelden/organisatie/terug")
    async def come_back(request: Request) -> HTTPResponse:
        response = await _arrived(request)
        cookies.take_back(response, _KEPT)
        return response


async def _arrived(request: Request) -> HTTPResponse:
    provider, now = _provider(request), request.app.ctx.clock()
    kept = cookies.read_signed(request, _KEPT) or {}
    answer = {name: str(values[0]) for name, values in request.args.items()}
    try:
        who = await provider.finish(kept, answer, now)
    except ProviderDown as down:
        return await sign_in_form(request, error=str(down), status=503)
    except Refused as refused:
        return await sign_in_form(request, error=str(refused), status=401)
    async with request.app.ctx.database.transaction() as session:
        secret = await organisation.sign_in(session, who, now)
    if isinstance(secret, Refused):
        return await sign_in_form(request, error=str(secret), status=403)
    return await begin(request, secret, own_path(str(kept.get("verder", ""))))


def _provider(request: Request) -> Provider:
    provider: Provider | None = request.app.ctx.provider
    if provider is None:
        raise DeskProblem(404)
    return provider
