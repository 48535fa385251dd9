"""``/balie/logboek``: who read or did what, for the privacy officer; looking at it is logged too."""

from __future__ import annotations

from typing import Any

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, ResponseStream
from sqlalchemy import select

from steunwijzer import audit
from steunwijzer.accounts import BEHEERDER, Who
from steunwijzer.accounts.signing_in import UNKNOWN
from steunwijzer.desk import looking, words
from steunwijzer.desk.page import HEADERS, gemeente_name, go_to, page, signed_in
from steunwijzer.store import AuditEntry

PATH = "/balie/logboek"
_FIELDS = ("wie", "handeling", "over", "van", "tot", "gemeente")
_PAGE = 50


def add_pages(site: Blueprint) -> None:
    """Add the routes to the blueprint of the desk."""

    @site.get("/logboek")
    @signed_in(BEHEERDER)
    async def log_list(request: Request, who: Who) -> HTTPResponse:
        return await _list(request, who)

    @site.post("/logboek/controle")
    @signed_in(BEHEERDER)
    async def log_check(request: Request, who: Who) -> HTTPResponse:
        verdict = await audit.verify(request.app.ctx.database)
        async with request.app.ctx.database.transaction() as session:
            await looking.log(
                session, request, who, "logboek_gecontroleerd", "logboek", who.gemeenten(BEHEERDER), heel=verdict.sound, regels=verdict.checked
            )  # fmt: skip
        if verdict.sound:
            kept = f"Laatste regel: {verdict.last}:{verdict.hash}"
            return go_to(request, PATH, f"De keten is heel: {verdict.checked} regels nagekeken. {kept}")
        return go_to(request, PATH, f"De keten is niet heel: regel {verdict.broken} {verdict.why}.", kind="fout")

    @site.get("/logboek/export")
    @signed_in(BEHEERDER)
    async def log_export(request: Request, who: Who) -> HTTPResponse:
        return await _export(request, who)


async def _list(request: Request, who: Who) -> HTTPResponse:
    codes = who.gemeenten(BEHEERDER)
    given = {name: looking.asked(request, name) for name in _FIELDS}
    async with request.app.ctx.database.transaction() as session:
        colleagues = await looking.colleagues_of(session, codes)
        rows = await audit.entries(
            session, _wanted(request, codes, colleagues), before=looking.asked_number(request, "voor"), limit=_PAGE + 1
        )
        acts = list(
            await session.scalars(select(AuditEntry.act).where(AuditEntry.gemeente.in_((*codes, ""))).distinct())
        )
        await looking.log(session, request, who, "logboek_bekeken", "logboek", looking.chosen(request, codes))
    shown = rows[:_PAGE]
    more = looking.address(PATH, given, voor=shown[-1].number) if len(rows) > _PAGE else ""
    return page(
        request, "logboek.html",
        rows=shown, more=more, first=looking.address(PATH, given), later=looking.asked_number(request, "voor"), given=given,
        colleagues=colleagues, handelingen=[(name, words.act(name)) for name in sorted(acts)], words=words, names={code: gemeente_name(request, code) for code in codes},
        export=looking.address(f"{PATH}/export", given),
    )  # fmt: skip


async def _export(request: Request, who: Who) -> HTTPResponse:
    codes = who.gemeenten(BEHEERDER)
    async with request.app.ctx.database.transaction() as session:
        colleagues = await looking.colleagues_of(session, codes)
        await looking.log(session, request, who, "logboek_uitgevoerd", "logboek", looking.chosen(request, codes))
    rows = audit.as_csv(audit.stream(request.app.ctx.database, _wanted(request, codes, colleagues)))

    async def write(response: Any) -> None:
        async for line in rows:
            await response.write(line)

    headers = {**HEADERS, "Content-Disposition": 'attachment; filename="logboek.csv"'}
    answer: Any = ResponseStream(write, headers=headers, content_type="text/csv; charset=utf-8")
    return answer  # type: ignore[no-any-return]


def _wanted(request: Request, codes: tuple[str, ...], colleagues: dict[str, str]) -> audit.Filter:
    """Own municipalities; and what belongs to none, such as signing in, when it is by or about one's own colleagues or nobody's."""
    own = () if looking.asked(request, "gemeente") else tuple(colleagues)
    return audit.Filter(
        looking.chosen(request, codes),
        unplaced_of=own,
        unplaced_about=[f"collega:{colleague}" for colleague in (*own, *((UNKNOWN,) if own else ()))],
        who=looking.asked(request, "wie"),
        act=looking.asked(request, "handeling"),
        subject=looking.asked(request, "over"),
        since=looking.begin_of(looking.asked_day(request, "van")),
        until=looking.end_of(looking.asked_day(request, "tot")),
    )
