"""``/balie/geschiedenis``: finding a talk back, reading it, and saying what one thinks of an answer."""

from __future__ import annotations

import contextlib
from typing import Any

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from steunwijzer import history
from steunwijzer.accounts import MEDEWERKER, RAADPLEGER, TEAMLEIDER, Who
from steunwijzer.desk import judging, looking, words
from steunwijzer.desk.page import gemeente_name, not_found, page, signed_in
from steunwijzer.desk.rooms import HISTORY
from steunwijzer.handover.topics import of_talks
from steunwijzer.store import HistoryEntry, Label, Note

FIELDS = ("woorden", "van", "tot", "onderwerp", "uitkomst", "stand", "oordeel", "collega", "label", "gemeente")
_MOST_LABELS = 200


def add_pages(site: Blueprint) -> None:
    """Add the routes to the blueprint of the desk."""

    @site.get("/geschiedenis")
    @signed_in(RAADPLEGER)
    async def history_list(request: Request, who: Who) -> HTTPResponse:
        return await _list(request, who)

    @site.get("/geschiedenis/<conversation_id:uuid>")
    @signed_in(RAADPLEGER)
    async def history_talk(request: Request, who: Who, conversation_id: Any) -> HTTPResponse:
        return await _talk(request, who, str(conversation_id))

    @site.post("/geschiedenis/<conversation_id:uuid>/oordeel")
    @signed_in(MEDEWERKER)
    async def history_judge(request: Request, who: Who, conversation_id: Any) -> HTTPResponse:
        return await judging.answered(request, who, str(conversation_id), f"{HISTORY}/{conversation_id}")


def wanted_of(request: Request, codes: tuple[str, ...]) -> history.Filter:
    """The filter that the address asks for, never outside ``codes``."""
    return history.Filter(
        looking.chosen(request, codes),
        words=looking.asked(request, "woorden"),
        since=looking.begin_of(looking.asked_day(request, "van")),
        until=looking.end_of(looking.asked_day(request, "tot")),
        topic=looking.asked(request, "onderwerp"),
        outcome=looking.asked(request, "uitkomst"),
        status=looking.asked(request, "stand"),
        solved=looking.asked(request, "oordeel"),
        colleague=looking.asked(request, "collega"),
        label=looking.asked(request, "label"),
    )


async def keep_up(request: Request) -> None:
    """What was said a moment ago is found too; when that fails now, the next round of upkeep does it."""
    with contextlib.suppress(SQLAlchemyError):
        await history.keep_up(request.app.ctx.database)


async def _list(request: Request, who: Who) -> HTTPResponse:
    codes = who.gemeenten(RAADPLEGER)
    wanted, given = wanted_of(request, codes), {name: looking.asked(request, name) for name in FIELDS}
    await keep_up(request)
    async with request.app.ctx.database.transaction() as session:
        found = await history.search(session, wanted, before=looking.asked_number(request, "voor"))
        colleagues, labels = await looking.colleagues_of(session, codes), await _labels(session, codes)
        used = sorted(name for name, value in given.items() if value)
        seen = sorted({one.gemeente for one in found.found}) or wanted.gemeenten
        await looking.log(
            session, request, who, "geschiedenis_gezocht", "geschiedenis", seen, filters=used, gevonden=len(found.found)
        )
    return page(
        request, "geschiedenis.html",
        found=found, given=given, filtered=bool(used), colleagues=colleagues, labels=[(label, label) for label in labels], topics=looking.topics(request), choices=of_talks(request.app.ctx.chat.desk.rules), words=words, endings=looking.endings(request),
        names={code: gemeente_name(request, code) for code in codes}, may_export=bool(who.gemeenten(TEAMLEIDER)),
        first=looking.address(HISTORY, given), more=looking.address(HISTORY, given, voor=found.next), later=looking.asked_number(request, "voor"),
    )  # fmt: skip


async def _talk(request: Request, who: Who, conversation_id: str) -> HTTPResponse:
    async with request.app.ctx.database.transaction() as session:
        talk = await history.conversation(session, who.gemeenten(RAADPLEGER), conversation_id)
        if talk is None:
            raise not_found()
        names = await looking.colleagues_of(session, [talk.gemeente])
        labels = list(await session.scalars(select(Label.name).where(Label.conversation_id == conversation_id)))
        noted = select(Note).where(Note.conversation_id == conversation_id).order_by(Note.at)
        notes = list(await session.scalars(noted)) if talk.cases else []
        subject = f"gesprek:{conversation_id}"
        await looking.log(
            session, request, who, "gesprek_teruggelezen", subject, [talk.gemeente], berichten=len(talk.messages)
        )
    return page(
        request, "terug.html",
        talk=talk, names=names, notes=notes, labels=sorted(labels), topics=looking.topics(request), endings=looking.endings(request),
        may_judge=who.may(MEDEWERKER, talk.gemeente), **await judging.around(request, who, conversation_id),
    )  # fmt: skip


async def _labels(session: AsyncSession, codes: tuple[str, ...]) -> list[str]:
    """Labels that are used here. Each is looked up once, however many talks have it."""
    names = select(Label.name).distinct().subquery()
    here = (
        select(HistoryEntry.number)
        .join(Label, Label.conversation_id == HistoryEntry.conversation_id)
        .where(Label.name == names.c.name, HistoryEntry.gemeente.in_(codes))
        .correlate(names)
    )
    used = select(names.c.name).where(here.exists()).order_by(names.c.name).limit(_MOST_LABELS)
    return list(await session.scalars(used))
