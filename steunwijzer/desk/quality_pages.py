"""``/balie/kwaliteit``: what colleagues think of answers, for the editors; accepted examples to paste, never trained by themselves."""

from __future__ import annotations

from typing import Any

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from steunwijzer import quality
from steunwijzer.accounts import REDACTEUR, TEAMLEIDER, Who
from steunwijzer.desk import looking, words
from steunwijzer.desk.page import HEADERS, form, gemeente_name, go_to, not_found, own_path, page, signed_in
from steunwijzer.quality.inbox import PAGE

PATH = "/balie/kwaliteit"
_FIELDS = ("stand", "oordeel", "onderwerp", "gemeente")


def add_pages(site: Blueprint) -> None:
    """Add the routes to the blueprint of the desk."""

    @site.get("/kwaliteit")
    @signed_in(REDACTEUR, TEAMLEIDER)
    async def quality_list(request: Request, who: Who) -> HTTPResponse:
        return await _list(request, who)

    @site.post("/kwaliteit/<judgement_id:uuid>/stand")
    @signed_in(REDACTEUR)
    async def quality_state(request: Request, who: Who, judgement_id: Any) -> HTTPResponse:
        async with request.app.ctx.database.transaction() as session:
            done = await quality.set_state(
                session, str(judgement_id), form(request, "stand"), editor_id=who.id, gemeenten=who.gemeenten(REDACTEUR),
                now=request.app.ctx.clock(),
            )  # fmt: skip
        if not done:
            raise not_found()
        return go_to(request, own_path(form(request, "terug") or PATH), "De stand is bewaard.")

    @site.get("/kwaliteit/voorbeelden.yml")
    @signed_in(REDACTEUR)
    async def quality_yaml(request: Request, who: Who) -> HTTPResponse:
        return await _examples(request, who, "yml")

    @site.get("/kwaliteit/voorbeelden.csv")
    @signed_in(REDACTEUR)
    async def quality_csv(request: Request, who: Who) -> HTTPResponse:
        return await _examples(request, who, "csv")


async def _list(request: Request, who: Who) -> HTTPResponse:
    codes = tuple(sorted({*who.gemeenten(REDACTEUR), *who.gemeenten(TEAMLEIDER)}))
    given = {name: looking.asked(request, name) for name in _FIELDS}
    skip = looking.asked_number(request, "na") or 0
    wanted = quality.Wish(looking.chosen(request, codes), given["stand"], given["oordeel"], given["onderwerp"])
    async with request.app.ctx.database.transaction() as session:
        rows, total = await quality.inbox(session, wanted, skip=skip)
        await looking.log(session, request, who, "oordelen_bekeken", "kwaliteit", wanted.gemeenten, aantal=len(rows))
    return page(
        request, "kwaliteit.html",
        rows=rows, total=total, skip=skip, given=given, states=quality.STATES, verdicts=quality.VERDICTS, intents=looking.intents(request), topics=looking.to_judge(request),
        words=words, names={code: gemeente_name(request, code) for code in codes}, editor=who.gemeenten(REDACTEUR),
        here=looking.address(PATH, given, na=skip or None), earlier=looking.address(PATH, given, na=max(0, skip - PAGE) or None),
        more=looking.address(PATH, given, na=skip + PAGE) if skip + PAGE < total else "",
    )  # fmt: skip


async def _examples(request: Request, who: Who, kind: str) -> HTTPResponse:
    codes = who.gemeenten(REDACTEUR)
    async with request.app.ctx.database.transaction() as session:
        found = await quality.examples(session, codes)
        await looking.log(
            session, request, who, "voorbeelden_opgehaald", "kwaliteit", codes, aantal=len(found), vorm=kind
        )
    text = quality.as_yaml(found) if kind == "yml" else quality.as_csv(found)
    return HTTPResponse(
        text, content_type="text/csv; charset=utf-8" if kind == "csv" else "text/yaml; charset=utf-8",
        headers={**HEADERS, "Content-Disposition": f'attachment; filename="voorbeelden.{kind}"'},
    )  # fmt: skip
