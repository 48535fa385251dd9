"""What goes wrong, as a page for who looks with a browser; programs keep the problem document."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from html5tagger import E
from sanic.request import Request
from sanic.response import HTTPResponse

from steunwijzer.pages.notice import Notice

_ODD = ("Dat kan niet", "Dit adres werkt zo niet. Ga terug en probeer het opnieuw.")
_OURS = ("Er ging iets mis bij ons", "Probeer het over een paar minuten opnieuw.")
_LOST = E("Misschien zit er een tikfout in het adres, of is de pagina weg. ").a(
    "Stel uw vraag in de chat", href="/chat"
)
_TEXTS = {404: ("Deze pagina is er niet", _LOST)}


def problem_page(notice: Notice) -> Callable[[Request, int], Awaitable[HTTPResponse | None]]:
    """Makes the page for a status; None for who did not ask for a page."""

    async def page(request: Request, status: int) -> HTTPResponse | None:
        if request.path.startswith("/api/") or "text/html" not in request.headers.get("accept", ""):
            return None
        return notice(request, status, *_TEXTS.get(status, _OURS if status >= 500 else _ODD))

    return page
