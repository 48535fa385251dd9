"""``/privacy`` and ``/toegankelijkheid``: texts of the editors (``content/paginas``) with what this municipality and this server fill in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template

from html5tagger import E
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, html

from bot.yamlsource import load
from steunwijzer.directory.profiles import Profile, fields, profile
from steunwijzer.pages.policy import page_headers
from steunwijzer.pages.ways import call
from steunwijzer.pages.whose import code_in_address

NAMES = ("privacy", "toegankelijkheid")


@dataclass(frozen=True)
class Kept:
    """For how many days the text of a conversation and a request to be called are kept."""

    conversation: int
    callback: int


def text_pages(widget: Path, content: Path, kept: Kept) -> Blueprint:
    """``widget``: the folder with ``pages``; ``content``: the editors' folder."""
    site = Blueprint("texts")

    @site.get("/<name:privacy|toegankelijkheid>")
    async def page(request: Request, name: str) -> HTTPResponse:
        known = profile(content, code_in_address(request, content))
        template = Template((widget / "pages" / "tekst.html").read_text(encoding="utf-8"))
        return html(text_page(template, content, name, known, kept), headers=page_headers())

    return site


def text_page(template: Template, content: Path, name: str, known: Profile | None, kept: Kept) -> str:
    """One of :data:`NAMES` for one municipality, or for none."""
    text = load(content / "paginas" / f"{name}.yml")
    filled = _filled(content, known, kept)
    parts = [str(E.p(text["inleiding"].format_map(filled)))]
    for part in text["delen"]:
        parts.append(str(E.h2(part["kop"])))
        parts += [str(E.p(line.format_map(filled))) for line in part["tekst"]]
    return template.substitute(titel=str(E(text["titel"])), inhoud="\n".join(parts))


def _filled(content: Path, known: Profile | None, kept: Kept) -> Mapping[str, str]:
    """What stands between braces in the texts."""
    words = {field.name: field.national for field in fields(content)} | dict(known.filled if known else {})
    return {
        "gemeente": f"de gemeente {known.name}" if known else "uw gemeente",
        "bellen": call(known),
        "privacycontact": words["privacycontact"],
        "dagen": _days(kept.conversation),
        "terugbeldagen": _days(kept.callback),
    }


def _days(number: int) -> str:
    return f"{number} dag{'en' if number != 1 else ''}"
