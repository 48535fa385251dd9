"""Errors of the desk as a page in Dutch; the chat API's problem documents stay what they are."""

from __future__ import annotations

from typing import Any

from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse

from steunwijzer.desk.page import START, DeskProblem, page, session_of

_TEXTS = {
    400: ("Dat kan niet", "Wat u stuurde, kunnen we niet lezen. Ga terug en probeer het opnieuw."),
    401: ("U bent niet aangemeld", "Meld u aan om verder te gaan."),
    403: ("Dat mag u niet", "U heeft hier niet de rol voor. Vraag de beheerder als dat niet klopt."),
    404: ("Niet gevonden", "Deze bladzijde is er niet, of is niet van uw gemeente."),
    405: ("Dat kan hier niet", "Ga terug en probeer het opnieuw."),
    413: ("Dat is te veel", "Wat u stuurde, is te groot."),
    429: ("Even wachten", "Het ging te vaak achter elkaar. Probeer het straks opnieuw."),
    500: ("Er ging iets mis", "Dat ligt aan ons. Probeer het opnieuw. Gaat het weer mis? Zeg het de beheerder."),
    503: ("Even niet te bereiken", "Probeer het over een paar minuten opnieuw."),
}


def install_problem_pages(app: Sanic[Any, Any]) -> None:
    """Show what a page of the desk refuses."""

    @app.exception(DeskProblem)
    async def problem(request: Request, error: DeskProblem) -> HTTPResponse:
        return await problem_page(request, error.status, error.words)


async def desk_problem(request: Request, status: int) -> HTTPResponse | None:
    """The page for what goes wrong at an address of the desk; None elsewhere."""
    of_desk = request.path == START or request.path.startswith(START + "/")
    return await problem_page(request, status) if of_desk else None


async def problem_page(request: Request, status: int, words: str = "") -> HTTPResponse:
    """What is wrong and what one can do; with the menu for who is signed in, unless something of ours is broken."""
    title, remedy = _TEXTS.get(status, _TEXTS[500 if status >= 500 else 400])
    if status >= 500:
        request.ctx.signed_in = None
    elif not hasattr(request.ctx, "signed_in"):
        request.ctx.signed_in = await session_of(request, passive=True)
    return page(request, "probleem.html", status=status, title=title, remedy=words or remedy)
