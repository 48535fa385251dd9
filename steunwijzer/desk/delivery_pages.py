"""Deliveries to other systems: what failed and why, what waits, what arrived; send again or discard with a reason."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from steunwijzer import audit
from steunwijzer.accounts import BEHEERDER, TEAMLEIDER, Who
from steunwijzer.connectors import overview
from steunwijzer.desk.page import DeskProblem, form, gemeente_name, go_to, not_found, page, signed_in
from steunwijzer.store import Delivery

_LIST = "/balie/bezorging"
_CONNECTORS = {"openklant": "Open Klant", "webhook": "Webhook", "email": "E-mail"}
_KINDS = {"terugbelverzoek": "Terugbelverzoek", "gesprek": "Afgesloten gesprek"}
_MAX_REASON = 200


def add_pages(site: Blueprint) -> None:
    """Add the routes to the blueprint of the desk."""
    _add_list(site)
    _add_acts(site)


def _add_list(site: Blueprint) -> None:
    @site.get("/bezorging")
    @signed_in(BEHEERDER, TEAMLEIDER)
    async def deliveries(request: Request, who: Who) -> HTTPResponse:
        seen = _seen(who)
        async with request.app.ctx.database.transaction() as session:
            failed = await overview.failed(session, seen)
            waiting = await overview.waiting(session, seen)
            delivered = await overview.delivered(session, seen)
            counts = await overview.counts(session, seen)
        return page(
            request, "bezorging.html", counts=counts, several=len(seen) > 1, max_reason=_MAX_REASON, failed=_lines(request, failed),
            waiting=_lines(request, waiting), delivered=_lines(request, delivered),
        )  # fmt: skip


def _add_acts(site: Blueprint) -> None:
    @site.post("/bezorging/opnieuw", name="bezorging_alles_opnieuw")
    @signed_in(BEHEERDER, TEAMLEIDER)
    async def all_again(request: Request, who: Who) -> HTTPResponse:
        count = await _again(request, who, None)
        return go_to(request, _LIST, f"{count} keer wordt opnieuw geprobeerd." if count else "Er was niets mislukt.")

    @site.post("/bezorging/<delivery_id:uuid>/opnieuw", name="bezorging_opnieuw")
    @signed_in(BEHEERDER, TEAMLEIDER)
    async def one_again(request: Request, who: Who, delivery_id: Any) -> HTTPResponse:
        if not await _again(request, who, str(delivery_id)):
            raise not_found()
        return go_to(request, _LIST, "De bezorging wordt opnieuw geprobeerd.")

    @site.post("/bezorging/<delivery_id:uuid>/weggooien", name="bezorging_weggooien")
    @signed_in(BEHEERDER, TEAMLEIDER)
    async def discard(request: Request, who: Who, delivery_id: Any) -> HTTPResponse:
        reason = " ".join(form(request, "reden").split())[:_MAX_REASON]
        async with request.app.ctx.database.transaction() as session:
            gone = await overview.discard(session, _seen(who), str(delivery_id))
            if gone is None:
                raise not_found()
            if not reason:
                raise DeskProblem(400, "Zet erbij waarom u deze bezorging weggooit.")
            await _note(session, request, who, gone, "bezorging_weggegooid", reden=reason)
        return go_to(request, _LIST, "De bezorging is weggegooid. Dat staat in het logboek.")


async def _again(request: Request, who: Who, delivery_id: str | None) -> int:
    async with request.app.ctx.database.transaction() as session:
        rows = await overview.resend(session, _seen(who), request.app.ctx.clock(), delivery_id)
        for row in rows:
            await _note(session, request, who, row, "bezorging_opnieuw")
    return len(rows)


async def _note(session: Any, request: Request, who: Who, row: Delivery, act: str, **detail: str) -> None:
    await audit.append(
        session, at=request.app.ctx.clock(), who=who.id, gemeente=row.gemeente, act=act, subject=f"bezorging:{row.id}",
        detail={"koppeling": row.connector, "over": row.subject, **detail},
    )  # fmt: skip


def _seen(who: Who) -> tuple[str, ...]:
    return tuple(sorted({*who.gemeenten(BEHEERDER), *who.gemeenten(TEAMLEIDER)}))


def _lines(request: Request, rows: Iterable[Delivery]) -> list[dict[str, Any]]:
    return [_shown(request, row) for row in rows]


def _shown(request: Request, row: Delivery) -> dict[str, Any]:
    """A line of the page. What is in the delivery itself is not shown: that is for who handles the request."""
    kind, _, _ = row.subject.partition(":")
    return {
        "id": row.id,
        "kind": _KINDS.get(kind, kind),
        "connector": _CONNECTORS.get(row.connector, row.connector),
        "gemeente": gemeente_name(request, row.gemeente),
        "created_at": row.created_at,
        "next_at": row.next_at,
        "delivered_at": row.delivered_at,
        "attempts": row.attempts,
        "reason": row.last_error,
        "state": row.progress.get("stand", ""),
        "begun": _words(row.progress),
    }


def _words(steps: Iterable[str]) -> str:
    """Steps the receiver already has, for who wonders whether it is there in part."""
    return ", ".join(step for step in steps if step != "stand")
