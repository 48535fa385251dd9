"""``/gemeenten``: which fields a municipality still lacks, for editors. Nothing on it is secret; search engines stay out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from html5tagger import Document, E
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, file, html

from steunwijzer.directory.profiles import Field, Profile, fields, profiles

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-cache",
}


def profile_pages(content: Path, now: Callable[[], datetime]) -> Blueprint:
    """The page and its style. ``content``: the editors' folder; ``now``: the moment."""
    site = Blueprint("gemeenten")

    @site.get("/gemeenten")
    async def page(request: Request) -> HTTPResponse:
        return html(profiles_page(content, now().date()), headers=_HEADERS)

    @site.get("/gemeenten.css", name="style")
    async def style(request: Request) -> HTTPResponse:
        return await file(Path(__file__).with_name("gemeenten.css"), mime_type="text/css; charset=utf-8")

    return site


def profiles_page(content: Path, today: date) -> str:
    """The page as HTML. Read anew at every visit, so that an editor sees a change at once."""
    known, found = fields(content), profiles(content)
    page: Any = Document("Profielen van gemeenten", _urls=["/gemeenten.css"], lang="nl")
    page.meta(name="robots", content="noindex, nofollow")
    page.meta(name="viewport", content="width=device-width, initial-scale=1")
    sections = [_one(profile, known) for profile in found]
    page.main(E.h1("Profielen van gemeenten"), _intro(), _overview(found, len(known), today), *sections)
    return str(page)


def _intro() -> Any:
    return E.p(
        "Hier ziet u per gemeente welke velden nog leeg zijn. Een inwoner leest dan de landelijke woorden. "
        "Een veld invullen doet u in content/gemeenten/<code>.yml; docs/redactie.md legt uit hoe."
    )


def _overview(found: Sequence[Profile], total: int, today: date) -> Any:
    rows = E.tr(E.th("Gemeente", scope="col").th("Ingevuld", scope="col").th("Gecontroleerd op", scope="col"))
    for profile in found:
        checked = profile.checked_on + (" (ouder dan een jaar: kijk het na)" if profile.is_stale(today) else "")
        rows = rows(
            E.tr(
                E.td(E.a(_name(profile), href=f"#{profile.code}")).td(f"{len(profile.filled)} van {total}").td(checked)
            )
        )
    return E.table(E.caption("Alle profielen")(rows))


def _one(profile: Profile, known: Sequence[Field]) -> Any:
    rows = E.tr(E.th("Veld", scope="col").th("Wat een inwoner leest", scope="col").th("Wat hier hoort", scope="col"))
    missing = set(profile.missing)
    for field in known:
        lacks = field in missing
        words = E.strong("Ontbreekt. ")(field.national) if lacks else E(profile.filled[field.name])
        rows = rows(
            E.tr(E.th(field.title, scope="row").td(words).td(field.description), class_="leeg" if lacks else "gevuld")
        )
    return E.section(E.h2(_name(profile))(E.table(rows(*_desk(profile)))), id=profile.code)


def _desk(profile: Profile) -> Iterator[Any]:
    """How the desk works: not words for a text, so there are no national ones either."""
    hours = profile.hours.words() if profile.hours else ""
    days = profile.callback_days
    promise = f"binnen {days} werkdag{'en' if days != 1 else ''}" if days else ""
    for title, words, without, hint in (
        ("Medewerkers in de chat", hours, "Er telt alleen of iemand aanwezig is.", "per dag de tijden: chat_bemensing"),
        ("Terugbellen", promise, "Er wordt geen dag beloofd.", "binnen hoeveel werkdagen: terugbellen_werkdagen"),
    ):
        shown = E(words) if words else E.strong("Niet ingevuld. ")(without)
        yield E.tr(E.th(title, scope="row").td(shown).td(hint), class_="gevuld" if words else "leeg")


def _name(profile: Profile) -> str:
    return f"{profile.name} ({profile.code}{', verzonnen' if profile.invented else ''})"
