"""The menu of the desk: what exists and what this colleague may open."""

from __future__ import annotations

from dataclasses import dataclass

from sanic.request import Request

from steunwijzer.accounts import BEHEERDER, MEDEWERKER, RAADPLEGER, REDACTEUR, TEAMLEIDER, Who


@dataclass(frozen=True)
class Item:
    """A line of the menu, for whoever has one of ``roles`` somewhere."""

    label: str
    path: str
    roles: tuple[str, ...]


ITEMS = (
    Item("Werklijst", "/balie/werklijst", (RAADPLEGER,)),
    Item("Terugbellen", "/balie/terugbellen", (MEDEWERKER,)),
    Item("Geschiedenis", "/balie/geschiedenis", (RAADPLEGER,)),
    Item("Kwaliteit", "/balie/kwaliteit", (REDACTEUR, TEAMLEIDER)),
    Item("Cijfers", "/balie/cijfers", (TEAMLEIDER,)),
    Item("Bezorging", "/balie/bezorging", (BEHEERDER, TEAMLEIDER)),
    Item("Collega's", "/balie/collegas", (BEHEERDER,)),
    Item("Logboek", "/balie/logboek", (BEHEERDER,)),
)


def menu(request: Request, who: Who) -> list[tuple[Item, bool]]:
    """The lines for this colleague, each with whether it is the page (or above the page) that is open."""
    existing = {"/" + route.path.strip("/") for route in request.app.router.routes}
    return [
        (item, request.path == item.path or request.path.startswith(item.path + "/"))
        for item in ITEMS
        if item.path in existing and any(who.gemeenten(role) for role in item.roles)
    ]
