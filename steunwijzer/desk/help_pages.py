"""The page behind ``?``: which keys there are. Single keys can be turned off (WCAG 2.1.4); that is kept in the browser."""

from __future__ import annotations

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from steunwijzer.accounts import RAADPLEGER, Who
from steunwijzer.desk.page import page, signed_in

# Key, what it does, where it works. The script reads what to press from the pages themselves (``data-toets``).
KEYS = (
    ("W", "Naar de werklijst", "overal"),
    ("T", "Naar de terugbelverzoeken", "overal"),
    ("J", "Naar het volgende gesprek in de lijst", "werklijst"),
    ("K", "Naar het vorige gesprek in de lijst", "werklijst"),
    ("P", "Het gesprek oppakken", "een gesprek dat wacht"),
    ("A", "Naar het antwoordveld", "een gesprek van u"),
    ("S", "Naar de standaardantwoorden", "een gesprek van u"),
    ("N", "Naar de notities", "een gesprek"),
    ("?", "Deze bladzijde", "overal"),
)


def add_pages(site: Blueprint) -> None:
    """Add the routes to the blueprint of the desk."""

    @site.get("/toetsen")
    @signed_in(RAADPLEGER)
    async def shortcut_keys(request: Request, who: Who) -> HTTPResponse:
        return page(request, "toetsen.html", keys=KEYS)
