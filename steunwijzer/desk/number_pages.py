"""``/balie/cijfers``: how long people wait and how talks end, per topic; never per colleague."""

from __future__ import annotations

from datetime import date, timedelta

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from steunwijzer.accounts import TEAMLEIDER, Who
from steunwijzer.clock import NETHERLANDS
from steunwijzer.desk import looking, words
from steunwijzer.desk.page import HEADERS, gemeente_name, page, signed_in
from steunwijzer.history import counting
from steunwijzer.history.number_sheet import as_csv
from steunwijzer.history.numbers import FEWEST, OTHER, Overview, numbers, outcomes_of

_FOUR_WEEKS = timedelta(days=27)


PATH = "/balie/cijfers"


def add_pages(site: Blueprint) -> None:
    """Add the routes to the blueprint of the desk."""

    @site.get("/cijfers")
    @signed_in(TEAMLEIDER)
    async def figures(request: Request, who: Who) -> HTTPResponse:
        codes = who.gemeenten(TEAMLEIDER)
        first, last = _days(request)
        overview, chosen = await _overview(request, codes, first, last), looking.asked(request, "gemeente")
        days = {"van": first.isoformat(), "tot": last.isoformat(), "gemeente": chosen}
        return page(
            request, "cijfers.html",
            overview=overview, first=first, last=last, names=_names(request), words=words, endings=looking.endings(request),
            outcomes=outcomes_of(overview.total), fewest=FEWEST, gemeenten={code: gemeente_name(request, code) for code in codes},
            chosen=chosen, sheet=looking.address(f"{PATH}.csv", days),
        )  # fmt: skip

    @site.get("/cijfers.csv")
    @signed_in(TEAMLEIDER)
    async def figures_sheet(request: Request, who: Who) -> HTTPResponse:
        overview = await _overview(request, who.gemeenten(TEAMLEIDER), *_days(request))
        return HTTPResponse(
            as_csv(overview, _names(request)), content_type="text/csv; charset=utf-8",
            headers={**HEADERS, "Content-Disposition": 'attachment; filename="cijfers.csv"'},
        )  # fmt: skip


async def _overview(request: Request, codes: tuple[str, ...], first: date, last: date) -> Overview:
    await counting.count_ended(request.app.ctx.database, request.app.ctx.clock())
    async with request.app.ctx.database.transaction() as session:
        return await numbers(session, looking.chosen(request, codes), first, last)


def _names(request: Request) -> dict[str, str]:
    return {
        **looking.topics(request),
        OTHER: "Overige onderwerpen samen",
        counting.UNKNOWN: "Geen onderwerp bekend",
    }


def _days(request: Request) -> tuple[date, date]:
    """The days that were asked for, in order; the last four weeks when none were."""
    today = request.app.ctx.clock().astimezone(NETHERLANDS).date()
    last = looking.asked_day(request, "tot") or today
    first = looking.asked_day(request, "van") or (last - _FOUR_WEEKS if last - date.min > _FOUR_WEEKS else last)
    return min(first, last), max(first, last)
