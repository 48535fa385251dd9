"""Call-back requests: what was promised first stands first; who takes one sees the number and says how it went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from steunwijzer.accounts import MEDEWERKER, Who
from steunwijzer.desk import words
from steunwijzer.desk.page import gemeente_name, not_found, page, piece, signed_in
from steunwijzer.desk.rooms import CALLBACKS, HISTORY, callbacks, desk, names_of, tried
from steunwijzer.store import CallbackRequest

_ACTS = {
    "oppakken": "U heeft dit terugbelverzoek opgepakt. De inwoner kan dat zien.",
    "terugleggen": "Het terugbelverzoek staat weer op de lijst.",
    "niet-bereikt": "Genoteerd: niet bereikt. Het verzoek blijft op de lijst.",
    "gebeld": "Genoteerd: gebeld.",
    "vervallen": "Het terugbelverzoek is vervallen.",
}


@dataclass(frozen=True)
class Row:
    """One request. ``phone``: only for who took it; ``late``: what was promised is over; ``talk``: the conversation, when it was passed on."""

    id: str
    name: str
    phone: str
    best_time: str
    topic: str
    for_whom: str
    own_words: str
    talk: str
    gemeente: str
    state: str
    asked_at: datetime
    promised_until: datetime | None
    late: bool
    attempts: int
    taken_by: str
    mine: bool
    may_take: bool


def add_pages(site: Blueprint) -> None:
    """Add the routes to the blueprint of the desk."""

    @site.get("/terugbellen")
    @signed_in(MEDEWERKER)
    async def callback_page(request: Request, who: Who) -> HTTPResponse:
        return page(request, "terugbellen.html", **await _listed(request, who))

    @site.get("/terugbellen/rijen")
    @signed_in(MEDEWERKER, passive=True)
    async def callback_rows(request: Request, who: Who) -> HTTPResponse:
        return piece(request, "terugbellen_rijen.html", **await _listed(request, who))

    @site.post("/terugbellen/<request_id:uuid>/<act:oppakken|terugleggen|niet-bereikt|gebeld|vervallen>")
    @signed_in(MEDEWERKER)
    async def callback_act(request: Request, who: Who, request_id: Any, act: str) -> HTTPResponse:
        acts = callbacks(request)
        doing = {
            "oppakken": acts.take, "terugleggen": acts.leave, "niet-bereikt": acts.not_reached, "gebeld": acts.called,
            "vervallen": acts.expire,
        }.get(act)  # fmt: skip
        if doing is None:
            raise not_found()
        return await tried(request, doing(who, str(request_id)), _ACTS[act], CALLBACKS)


async def _listed(request: Request, who: Who) -> dict[str, Any]:
    acts = callbacks(request)
    to_do, finished = await acts.to_do(who), await acts.finished(who)
    names = await names_of(request, {one.handled_by for one in (*to_do, *finished) if one.handled_by})
    rows = [_row(request, who, one, names) for one in to_do]
    return {
        # Who was promised a call that is late goes first; the rest stays in the order of what was promised.
        "to_do": sorted(rows, key=lambda row: not row.late),
        "finished": [_row(request, who, one, names) for one in finished[:20]],
    }


def _row(request: Request, who: Who, one: CallbackRequest, names: dict[str, str]) -> Row:
    mine = one.handled_by == who.id and one.status in {"opgepakt", "niet_bereikt"}
    now: datetime = request.app.ctx.clock()
    busy = one.status in {"open", "opgepakt", "niet_bereikt"}
    return Row(
        id=one.id,
        name=one.name or "",
        phone=(one.phone or "") if mine else "",
        best_time=one.best_time or "",
        topic=desk(request).rules.topic(one.topic),
        for_whom=str(one.summary.get("voor_wie", "")),
        own_words=words.short(str((one.summary.get("eigen_woorden") or [""])[0])),
        talk=f"{HISTORY}/{one.conversation_id}" if one.conversation_id and one.left_out is not None else "",
        gemeente=gemeente_name(request, one.gemeente or "") if len(who.gemeenten(MEDEWERKER)) > 1 else "",
        state=words.CALLBACK_STATES.get(one.status, one.status),
        asked_at=one.created_at,
        promised_until=one.promised_until,
        late=busy and one.promised_until is not None and one.promised_until < now,
        attempts=one.attempts,
        taken_by=names.get(one.handled_by or "", ""),
        mine=mine,
        may_take=one.status in {"open", "niet_bereikt"} and not mine,
    )
