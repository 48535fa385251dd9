"""What a colleague does with a talk: take it, answer, ask, note, judge, pass on, give back, close. Without the talk nobody answers."""

from __future__ import annotations

import uuid
from typing import Any

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json

from steunwijzer.accounts import MEDEWERKER, Who
from steunwijzer.desk import judging
from steunwijzer.desk.page import HEADERS, chosen, form, go_to, not_found, piece, signed_in
from steunwijzer.desk.rooms import WORKLIST, by_script, cases, lists, talk_path, the_case, tried
from steunwijzer.desk.talk_pages import kept, talk_page
from steunwijzer.desk.talk_view import whole
from steunwijzer.directory.presentation import as_card
from steunwijzer.directory.service import by_ids
from steunwijzer.handover import HandoverError
from steunwijzer.store import HandoverCase

_MOST_ATTACHED = 5
# So long a resident sees that somebody types; the page tells it again every few seconds.
_TYPING_SECONDS = 6.0


def add_pages(site: Blueprint) -> None:
    """Add the routes to the blueprint of the desk."""
    _add_claims(site)
    _add_reply(site)
    _add_notes(site)
    _add_judging(site)
    _add_ends(site)


def _add_claims(site: Blueprint) -> None:
    @site.post("/gesprek/<case_id:uuid>/oppakken")
    @signed_in(MEDEWERKER)
    async def take_talk(request: Request, who: Who, case_id: Any) -> HTTPResponse:
        case = await the_case(request, who, case_id)
        here = WORKLIST if form(request, "vanaf") == "werklijst" else talk_path(case_id)
        done = "U heeft dit gesprek opgepakt. De inwoner ziet uw voornaam."
        return await tried(request, cases(request).claim(who, case.id), done, here, onward=talk_path(case_id))

    @site.post("/gesprek/<case_id:uuid>/loslaten")
    @signed_in(MEDEWERKER)
    async def release_talk(request: Request, who: Who, case_id: Any) -> HTTPResponse:
        case = await the_case(request, who, case_id)
        done = "Het gesprek staat weer in de wachtrij."
        return await tried(request, cases(request).release(who, case.id), done, talk_path(case_id), onward=WORKLIST)

    @site.post("/gesprek/<case_id:uuid>/typt")
    @signed_in(MEDEWERKER)
    async def types_in_talk(request: Request, who: Who, case_id: Any) -> HTTPResponse:
        case = await the_case(request, who, case_id)
        if case.state == "in_gesprek" and case.claimed_by == who.id:
            request.app.ctx.chat.live.typing_for(case.conversation_id, _TYPING_SECONDS)
        return HTTPResponse(status=204, headers={"Cache-Control": "no-store"})


def _add_reply(site: Blueprint) -> None:
    @site.post("/gesprek/<case_id:uuid>/antwoord")
    @signed_in(MEDEWERKER)
    async def reply_in_talk(request: Request, who: Who, case_id: Any) -> HTTPResponse:
        case = await the_case(request, who, case_id)
        try:
            await _reply(request, who, case)
        except HandoverError as error:
            if error.refusal.code == "niet_gevonden":
                raise not_found() from None
            if _wants_json(request):
                answer = {"ok": False, "code": error.refusal.code, "tekst": error.refusal.text}
                return json(answer, status=409, headers=HEADERS)
            return await talk_page(request, who, case_id, kept(request, error=error.refusal.text), status=409)
        request.app.ctx.chat.live.typing_ended(case.conversation_id)
        if _wants_json(request):
            return json({"ok": True, "bericht": str(uuid.uuid4())}, headers=HEADERS)
        return go_to(request, talk_path(case_id) + "#einde", "Uw antwoord is verstuurd.")

    @site.post("/gesprek/<case_id:uuid>/gegevens")
    @signed_in(MEDEWERKER)
    async def ask_contact_in_talk(request: Request, who: Who, case_id: Any) -> HTTPResponse:
        case = await the_case(request, who, case_id)
        asked = chosen(request, "veld")
        done = "De inwoner ziet nu een formulier voor contactgegevens."
        return await tried(request, cases(request).ask_contact(who, case.id, asked), done, talk_path(case_id))


def _add_notes(site: Blueprint) -> None:
    @site.post("/gesprek/<case_id:uuid>/notitie")
    @signed_in(MEDEWERKER)
    async def add_note(request: Request, who: Who, case_id: Any) -> HTTPResponse:
        case = await the_case(request, who, case_id)
        doing = lists(request).note(who, case.id, form(request, "notitie"))
        return await _beside(
            request, who, case, await tried(request, doing, "De notitie is bewaard.", talk_path(case_id))
        )

    @site.post("/gesprek/<case_id:uuid>/label")
    @signed_in(MEDEWERKER)
    async def put_label(request: Request, who: Who, case_id: Any) -> HTTPResponse:
        case = await the_case(request, who, case_id)
        off = form(request, "weg") == "ja"
        doing = lists(request).label(who, case.id, form(request, "label"), on=not off)
        done = "Het label is weggehaald." if off else "Het label staat erop."
        return await _beside(request, who, case, await tried(request, doing, done, talk_path(case_id)))


def _add_judging(site: Blueprint) -> None:
    @site.post("/gesprek/<case_id:uuid>/oordeel")
    @signed_in(MEDEWERKER)
    async def judge_in_talk(request: Request, who: Who, case_id: Any) -> HTTPResponse:
        case = await the_case(request, who, case_id)
        return await judging.answered(request, who, case.conversation_id, talk_path(case_id))


def _add_ends(site: Blueprint) -> None:
    @site.post("/gesprek/<case_id:uuid>/doorzetten")
    @signed_in(MEDEWERKER)
    async def pass_talk_on(request: Request, who: Who, case_id: Any) -> HTTPResponse:
        case = await the_case(request, who, case_id)
        kind, _, to = form(request, "naar").partition(":")
        doing = (
            cases(request).to_colleague(who, case.id, to)
            if kind == "collega"
            else cases(request).to_team(who, case.id, to)
        )
        done = "Het gesprek is doorgezet."
        return await tried(request, doing, done, talk_path(case_id), onward=WORKLIST)

    @site.post("/gesprek/<case_id:uuid>/teruggeven")
    @signed_in(MEDEWERKER)
    async def give_talk_back(request: Request, who: Who, case_id: Any) -> HTTPResponse:
        case = await the_case(request, who, case_id)
        topics = chosen(request, "onderwerp")
        doing = cases(request).give_back(who, case.id, topics=topics)
        done = "Steunwijzer praat weer verder met de inwoner."
        return await tried(request, doing, done, talk_path(case_id), onward=WORKLIST)

    @site.post("/gesprek/<case_id:uuid>/afsluiten")
    @signed_in(MEDEWERKER)
    async def close_talk(request: Request, who: Who, case_id: Any) -> HTTPResponse:
        case = await the_case(request, who, case_id)
        doing = cases(request).close(who, case.id, form(request, "uitkomst"))
        return await tried(request, doing, "Het gesprek is afgesloten.", talk_path(case_id), onward=WORKLIST)


async def _reply(request: Request, who: Who, case: HandoverCase) -> None:
    options = chosen(request, "optie")[:_MOST_ATTACHED]
    found = by_ids(request.app.ctx.settings.directory_path, options) if options else []
    blocks = [{"type": "opties", "items": [as_card(option) for option in found]}] if found else []
    await cases(request).reply(
        who, case.id, form(request, "tekst"), blocks=blocks, topics=chosen(request, "onderwerp"), message_id=_own_id(request)
    )  # fmt: skip


async def _beside(request: Request, who: Who, case: HandoverCase, done: HTTPResponse) -> HTTPResponse:
    """For a script: notes and labels as they are now, so that nothing else of the page changes."""
    if not by_script(request):
        return done
    return piece(request, "notities.html", **await whole(request, who, case.id, again=True))


def _own_id(request: Request) -> str | None:
    """The id the form got when it was made: the same form twice is one message."""
    try:
        return str(uuid.UUID(form(request, "bericht")))
    except ValueError:
        return None


def _wants_json(request: Request) -> bool:
    return "application/json" in request.headers.get("accept", "")
