"""``/demo``: a municipal site that does not exist, with the chat as a real one would have it: by one script tag."""

from __future__ import annotations

from pathlib import Path
from string import Template

from html5tagger import E
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, html

from steunwijzer.pages.policy import page_headers

THEMES = {"voorbeeld": "Voorbeeld (NL Design System)", "voorbeeldstad": "Huisstijl van Voorbeeldstad"}
PAGES = {"": "thuis.html", "zorg": "zorg.html"}


def demo_pages(folder: Path) -> Blueprint:
    """``folder``: the page's template, the texts of its two pages and the two themes."""
    site = Blueprint("demo")

    @site.get("/demo")
    @site.get("/demo/<name:zorg>", name="sub")
    async def page(request: Request, name: str = "") -> HTTPResponse:
        theme = str(request.args.get("thema", ""))
        return html(demo_page(folder, name, theme if theme in THEMES else next(iter(THEMES))), headers=page_headers())

    return site


def demo_page(folder: Path, name: str, theme: str) -> str:
    """One page of the site in one of :data:`THEMES`."""
    here = f"/demo/{name}".rstrip("/")
    links = "".join(
        str(E.li(E.a(label, href=f"{here}?thema={key}", aria_current="true" if key == theme else None)))
        for key, label in THEMES.items()
    )
    main = Template((folder / PAGES[name]).read_text(encoding="utf-8")).substitute(thema=theme)
    page = Template((folder / "pagina.html").read_text(encoding="utf-8"))
    return page.substitute(thema=theme, inhoud=main, themas=links)
