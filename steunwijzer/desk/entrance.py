"""What every way of signing in shares: the page it begins on, and the session it ends with."""

from __future__ import annotations

from sanic.request import Request
from sanic.response import HTTPResponse

from steunwijzer.accounts import colleagues, sessions
from steunwijzer.desk import cookies
from steunwijzer.desk.page import form, go_to, own_path, page


async def sign_in_form(request: Request, onward: str = "", error: str = "", status: int = 200) -> HTTPResponse:
    """The page to sign in on, with what went wrong."""
    async with request.app.ctx.database.transaction() as session:
        nobody = not await colleagues.anybody(session)
    shown = {"email": form(request, "email"), "onward": onward and own_path(onward), "error": error}
    return page(
        request, "aanmelden.html", status=status, nobody=nobody, provider=request.app.ctx.provider is not None, **shown
    )


async def begin(request: Request, secret: str, onward: str, message: str = "") -> HTTPResponse:
    """Give the browser its new session; the one it had ends."""
    if earlier := cookies.read(request, cookies.SESSION):
        async with request.app.ctx.database.transaction() as session:
            await sessions.forget(session, earlier)
    response = go_to(request, onward, message)
    cookies.put(response, cookies.SESSION, secret)
    cookies.take_back(response, cookies.SIGNED_OUT)
    return response
