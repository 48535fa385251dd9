"""Signing in and out, setting up an account by its one-time link, and a colleague's own page."""

from __future__ import annotations

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from steunwijzer.accounts import (
    AccountError,
    LocalAccounts,
    Provider,
    Refused,
    Who,
    passwords,
    sessions,
    totp,
)
from steunwijzer.desk import cookies, organisation_pages
from steunwijzer.desk.entrance import begin, sign_in_form
from steunwijzer.desk.page import DeskProblem, form, gemeente_name, go_to, own_path, page, session_of, signed_in
from steunwijzer.network import client_address

_START = "/balie"
_ORGANISATION = "organisatie"
_OLD_FORM = "Dit formulier is te oud, of uw browser bewaart geen cookies. Probeer het opnieuw."
_OLD_LINK = "Deze link werkt niet meer. Een link werkt één keer, drie dagen lang. Vraag de beheerder om een nieuwe."


def add_pages(site: Blueprint) -> None:
    """Add the routes to the blueprint of the desk."""
    _add_sign_in(site)
    organisation_pages.add_pages(site)
    _add_sign_out(site)
    _add_set_up(site)

    @site.get("/account")
    @signed_in()
    async def account(request: Request, who: Who) -> HTTPResponse:
        roles = [(gemeente_name(request, code), sorted(own)) for code, own in sorted(who.roles.items())]
        return page(request, "account.html", rollen=roles, via_provider=request.ctx.signed_in.via_provider)


def _add_sign_in(site: Blueprint) -> None:
    @site.get("/aanmelden")
    async def sign_in_page(request: Request) -> HTTPResponse:
        if await session_of(request, passive=True):
            return go_to(request, own_path(str(request.args.get("verder", ""))))
        return await sign_in_form(request, str(request.args.get("verder", "")))

    @site.post("/aanmelden", name="aanmelden_post")
    async def sign_in(request: Request) -> HTTPResponse:
        onward = own_path(form(request, "verder"))
        if not cookies.is_own_form(request, form(request, "csrf")):
            return await sign_in_form(request, onward, _OLD_FORM, 403)
        try:
            secret = await _accounts(request).sign_in(
                form(request, "email"), form(request, "wachtwoord"), form(request, "code"),
                address=client_address(request), now=request.app.ctx.clock(),
            )  # fmt: skip
        except Refused as refused:
            return await sign_in_form(request, onward, str(refused), 401)
        return await begin(request, secret, onward)


def _add_sign_out(site: Blueprint) -> None:
    @site.post("/afmelden")
    @signed_in()
    async def sign_out(request: Request, who: Who) -> HTTPResponse:
        async with request.app.ctx.database.transaction() as session:
            await sessions.end(session, cookies.read(request, cookies.SESSION), who.id, request.app.ctx.clock())
        await request.app.ctx.chat.presences.gone(who)
        return _signed_out(request)

    @site.post("/overal-afmelden")
    @signed_in()
    async def sign_out_everywhere(request: Request, who: Who) -> HTTPResponse:
        async with request.app.ctx.database.transaction() as session:
            await sessions.end_everywhere(session, who.id, request.app.ctx.clock())
        await request.app.ctx.chat.presences.gone(who)
        return _signed_out(request)

    @site.get("/afgemeld")
    async def signed_out_page(request: Request) -> HTTPResponse:
        provider: Provider | None = request.app.ctx.provider
        asked = provider is not None and _ORGANISATION in request.args
        there = await provider.sign_out_address(request.app.ctx.clock()) if provider and asked else ""
        return page(request, "afgemeld.html", provider_logout=there)


def _add_set_up(site: Blueprint) -> None:
    @site.get("/instellen/<token>")
    async def set_up_page(request: Request, token: str) -> HTTPResponse:
        return await _set_up_form(request, token)

    @site.post("/instellen/<token>", name="instellen_post")
    async def set_up(request: Request, token: str) -> HTTPResponse:
        if not cookies.is_own_form(request, form(request, "csrf")):
            return await _set_up_form(request, token, _OLD_FORM, 403)
        try:
            secret = await _accounts(request).set_up(
                token, form(request, "wachtwoord"), form(request, "nog_eens"), form(request, "code"), request.app.ctx.clock()
            )  # fmt: skip
        except AccountError as wrong:
            return await _set_up_form(request, token, str(wrong), 422)
        if secret is None:
            raise DeskProblem(404, _OLD_LINK)
        return await begin(request, secret, _START, "Uw account is klaar. U bent aangemeld.")


def _signed_out(request: Request) -> HTTPResponse:
    via = f"?{_ORGANISATION}=ja" if request.ctx.signed_in.via_provider else ""
    response = go_to(request, f"/balie/afgemeld{via}")
    cookies.take_back(response, cookies.SESSION)
    return response


async def _set_up_form(request: Request, token: str, error: str = "", status: int = 200) -> HTTPResponse:
    account = await _accounts(request).set_up_page(token, request.app.ctx.clock())
    if account is None:
        raise DeskProblem(404, _OLD_LINK)
    from markupsafe import Markup

    # Our own picture of our own address; nothing of it comes from a form.
    picture = Markup(totp.picture(totp.address(account.totp_secret, account.email)))  # noqa: S704
    key = " ".join(account.totp_secret[at : at + 4] for at in range(0, len(account.totp_secret), 4))
    shown = {"account": account, "picture": picture, "key": key, "min_length": passwords.MIN_LENGTH}
    return page(request, "instellen.html", status=status, error=error, **shown)


def _accounts(request: Request) -> LocalAccounts:
    accounts: LocalAccounts = request.app.ctx.accounts
    return accounts
