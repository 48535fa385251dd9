"""``/balie/exports``: a selection of the history as a file, made in the background; for who asked only."""

from __future__ import annotations

from typing import Any

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, file_stream
from sqlalchemy.ext.asyncio import AsyncSession

from steunwijzer.accounts import TEAMLEIDER, Who
from steunwijzer.clock import NETHERLANDS
from steunwijzer.desk import words
from steunwijzer.desk.history_pages import keep_up, wanted_of
from steunwijzer.desk.page import HEADERS, DeskProblem, form, go_to, not_found, page, signed_in
from steunwijzer.history import exports
from steunwijzer.store import ExportJob

PATH = "/balie/exports"
_KINDS = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


def add_pages(site: Blueprint) -> None:
    """Add the routes to the blueprint of the desk."""

    @site.get("/exports")
    @signed_in(TEAMLEIDER)
    async def export_list(request: Request, who: Who) -> HTTPResponse:
        return await _list(request, who)

    @site.get("/exports/stand")
    @signed_in(TEAMLEIDER, passive=True)
    async def export_progress(request: Request, who: Who) -> HTTPResponse:
        return await _list(request, who)

    @site.post("/exports")
    @signed_in(TEAMLEIDER)
    async def export_ask(request: Request, who: Who) -> HTTPResponse:
        return await _ask(request, who)

    @site.get("/exports/<job_id:uuid>/bestand")
    @signed_in(TEAMLEIDER)
    async def export_file(request: Request, who: Who, job_id: Any) -> HTTPResponse:
        return await _file(request, who, str(job_id))

    @site.post("/exports/<job_id:uuid>/weg")
    @signed_in(TEAMLEIDER)
    async def export_drop(request: Request, who: Who, job_id: Any) -> HTTPResponse:
        async with request.app.ctx.database.transaction() as session:
            await _own(session, str(job_id), who)
            await exports.drop(session, request.app.ctx.settings.exports_path, str(job_id), who.id)
        return go_to(request, PATH, "De export is weggegooid.")


async def _list(request: Request, who: Who) -> HTTPResponse:
    async with request.app.ctx.database.transaction() as session:
        jobs = await exports.mine(session, who.id, request.app.ctx.clock())
    busy = any(job.state in {exports.WAITS, exports.BUSY} for job in jobs)
    return page(request, "exports.html", jobs=jobs, busy=busy, words=words, lives=exports.LIVES)


async def _ask(request: Request, who: Who) -> HTTPResponse:
    wanted, kind = wanted_of(request, who.gemeenten(TEAMLEIDER)), form(request, "vorm")
    if kind not in exports.FORMATS or not wanted.gemeenten:
        raise DeskProblem(400, "Kies een soort bestand.")
    await keep_up(request)
    try:
        async with request.app.ctx.database.transaction() as session:
            await exports.ask(session, who.id, wanted, kind, request.app.ctx.clock())
    except exports.TooManyExports:
        return go_to(request, PATH, "Er zijn al exports voor u bezig. Wacht tot er één klaar is.", kind="fout")
    request.app.ctx.upkeep.wake()
    return go_to(request, PATH, "De export wordt gemaakt. U kunt intussen verder werken.")


async def _file(request: Request, who: Who, job_id: str) -> HTTPResponse:
    async with request.app.ctx.database.transaction() as session:
        folder = request.app.ctx.settings.exports_path
        found = await exports.take(session, folder, job_id, who.id, who.gemeenten(TEAMLEIDER), request.app.ctx.clock())
    if found is None:
        raise not_found()
    job, path = found
    name = f"gesprekken-{job.created_at.astimezone(NETHERLANDS):%Y-%m-%d-%H%M}.{job.format}"
    # A copy: Sanic puts the name of the file into the headers it is given.
    answer: Any = await file_stream(path, mime_type=_KINDS[job.format], filename=name, headers={**HEADERS})
    return answer  # type: ignore[no-any-return]


async def _own(session: AsyncSession, job_id: str, who: Who) -> None:
    job = await session.get(ExportJob, job_id)
    if job is None or job.colleague_id != who.id:
        raise not_found()
