"""One talk: the page, the pieces of it that are renewed, what can be looked up for a reply, and the page for printing."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from steunwijzer.accounts import MEDEWERKER, RAADPLEGER, Who
from steunwijzer.clock import NETHERLANDS
from steunwijzer.desk import judging, words
from steunwijzer.desk.page import chosen, form, go_to, page, piece, signed_in
from steunwijzer.desk.presence import own_presence
from steunwijzer.desk.replies import standard_reply
from steunwijzer.desk.rooms import by_script, desk, lists, talk_path, the_case
from steunwijzer.desk.talk_view import opened, stand, whole
from steunwijzer.desk.transcript import lines, signs
from steunwijzer.directory.service import DirectoryUnavailable, Option, SearchQuery, search
from steunwijzer.handover import HandoverError
from steunwijzer.store import HandoverCase

_FOUND = 6


def add_pages(site: Blueprint) -> None:
    """Add the routes to the blueprint of the desk."""
    _add_page(site)
    _add_pieces(site)
    _add_look_up(site)


def _add_page(site: Blueprint) -> None:
    @site.get("/gesprek/<case_id:uuid>")
    @signed_in(RAADPLEGER)
    async def talk(request: Request, who: Who, case_id: Any) -> HTTPResponse:
        return await talk_page(request, who, case_id)

    @site.get("/gesprek/<case_id:uuid>/afdruk")
    @signed_in(RAADPLEGER)
    async def talk_print(request: Request, who: Who, case_id: Any) -> HTTPResponse:
        return page(request, "afdruk.html", **await whole(request, who, case_id))


def _add_pieces(site: Blueprint) -> None:
    @site.get("/gesprek/<case_id:uuid>/berichten")
    @signed_in(RAADPLEGER, passive=True)
    async def talk_messages(request: Request, who: Who, case_id: Any) -> HTTPResponse:
        case = await the_case(request, who, case_id, RAADPLEGER)
        given = str(request.args.get("na", "0"))
        after = int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0
        talk = await opened(request, who, case_id, again=True)
        new = [message for message in talk.messages if message.seq > after]
        shown = lines(
            new, desk(request).rules.topics, talk.masked, case.left_out, now=request.app.ctx.clock(), after=after
        )
        earlier = [message for message in talk.messages if message.seq <= after]
        return piece(
            request,
            "berichten.html",
            lines=shown,
            signs=signs(earlier, desk(request).rules.topics),
            **await _around(request, who, case),
        )

    @site.get("/gesprek/<case_id:uuid>/stand")
    @signed_in(RAADPLEGER, passive=True)
    async def talk_stand(request: Request, who: Who, case_id: Any) -> HTTPResponse:
        case = await the_case(request, who, case_id, RAADPLEGER)
        shown = await stand(request, who, case)
        return piece(request, "stand_los.html", urgency=words.URGENCY, urgency_class=words.URGENCY_CLASS, **shown)


def _add_look_up(site: Blueprint) -> None:
    @site.post("/gesprek/<case_id:uuid>/opties")
    @signed_in(MEDEWERKER)
    async def talk_options(request: Request, who: Who, case_id: Any) -> HTTPResponse:
        case = await the_case(request, who, case_id)
        found = await _search(request, case, form(request, "zoek"))
        if by_script(request):
            return piece(request, "opties.html", found=found, draft=kept(request))
        return await talk_page(request, who, case_id, kept(request, found=found))

    @site.post("/gesprek/<case_id:uuid>/invoegen")
    @signed_in(MEDEWERKER)
    async def talk_insert(request: Request, who: Who, case_id: Any) -> HTTPResponse:
        case = await the_case(request, who, case_id)
        ready = standard_reply(request, who, case, form(request, "standaard"))
        text = "\n\n".join(part for part in (form(request, "tekst").strip(), ready) if part)
        return await talk_page(request, who, case_id, kept(request, tekst=text))

    @site.post("/gesprek/<case_id:uuid>/toon")
    @signed_in(MEDEWERKER)
    async def talk_value(request: Request, who: Who, case_id: Any) -> HTTPResponse:
        case = await the_case(request, who, case_id)
        seq, number = (_number(form(request, name)) for name in ("bericht", "nummer"))
        try:
            value = await lists(request).unmask(
                who, case.id, seq, number, form(request, "reden"), request.app.ctx.unseal
            )
        except HandoverError as error:
            if by_script(request):
                return piece(request, "waarde.html", value={"text": "", "error": error.refusal.text})
            return go_to(request, talk_path(case_id), error.refusal.text, kind="fout")
        shown = {"seq": seq, "number": number, "text": value}
        if by_script(request):
            return piece(request, "waarde.html", value=shown)
        context = await whole(request, who, case_id, again=True)
        return page(request, "gesprek.html", **{**context, "value": shown}, **await own_presence(request, who))


async def talk_page(
    request: Request, who: Who, case_id: Any, draft: Mapping[str, Any] | None = None, *, status: int = 200
) -> HTTPResponse:
    """The page of a talk. ``draft``: what was typed, when the page is shown again before it could be sent."""
    context = await whole(request, who, case_id, again=draft is not None, draft=draft)
    return page(request, "gesprek.html", status=status, **context, **await own_presence(request, who))


def kept(request: Request, **other: Any) -> dict[str, Any]:
    """What stands in the form of a reply, to show again."""
    return {
        "tekst": form(request, "tekst"),
        "zoek": form(request, "zoek"),
        "opties": chosen(request, "optie"),
        "onderwerpen": chosen(request, "onderwerp"),
        **other,
    }


async def _around(request: Request, who: Who, case: HandoverCase) -> dict[str, Any]:
    return {
        "case": case, "may_work": who.may(MEDEWERKER, case.gemeente), "value": None, "reasons_to_show": words.REASONS_TO_SHOW,
        **await judging.around(request, who, case.conversation_id),
    }  # fmt: skip


async def _search(request: Request, case: HandoverCase, asked: str) -> list[Option]:
    """Local help for the municipality of the talk; nothing when nothing was asked or the directory is away."""
    if not asked.strip():
        return []
    today = request.app.ctx.clock().astimezone(NETHERLANDS).date()
    query = SearchQuery(today, words=asked[:200], municipality=case.gemeente, limit=_FOUND)
    try:
        found = await asyncio.to_thread(search, request.app.ctx.settings.directory_path, query)
    except DirectoryUnavailable:
        return []
    return list(found.options)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
