"""The work list: who waits, what is mine, what colleagues have, what ended lately. In five seconds: who needs what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from steunwijzer.accounts import MEDEWERKER, RAADPLEGER, Who
from steunwijzer.desk import words
from steunwijzer.desk.page import form, gemeente_name, own_path, page, piece, signed_in
from steunwijzer.desk.rooms import overview, presences, tried
from steunwijzer.handover import Entry
from steunwijzer.handover.staffing import AWAY, PRESENT


@dataclass(frozen=True)
class Row:
    """A talk as one line. ``may_take``: this colleague works for its municipality and somebody must take it."""

    id: str
    urgency: str
    urgency_class: str
    reason: str
    topic: str
    for_whom: str
    own_words: str
    gemeente: str
    team: str
    since: str
    at: datetime
    state: str
    unanswered: int
    replied: bool
    may_take: bool


def add_pages(site: Blueprint) -> None:
    """Add the routes to the blueprint of the desk."""

    @site.get("/werklijst")
    @signed_in(RAADPLEGER)
    async def worklist(request: Request, who: Who) -> HTTPResponse:
        return page(request, "werklijst.html", **await listed(request, who))

    @site.get("/werklijst/rijen")
    @signed_in(RAADPLEGER, passive=True)
    async def worklist_rows(request: Request, who: Who) -> HTTPResponse:
        return piece(request, "werklijst_rijen.html", **await listed(request, who))

    @site.post("/aanwezig")
    @signed_in(MEDEWERKER)
    async def set_presence(request: Request, who: Who) -> HTTPResponse:
        state = PRESENT if form(request, "stand") == PRESENT else AWAY
        reason = form(request, "reden") if state == AWAY else ""
        done = "U staat op beschikbaar." if state == PRESENT else "U staat op afwezig."
        onward = own_path(form(request, "terug"))
        return await tried(request, presences(request).say(who, state, reason), done, onward)


async def listed(request: Request, who: Who) -> dict[str, Any]:
    """The four lists and their numbers, as the template wants them."""
    board = await overview(request).board(who)
    ended = await overview(request).ended(who)
    several = len(who.gemeenten(RAADPLEGER)) > 1
    now: datetime = request.app.ctx.clock()

    def made(entries: Sequence[Entry], *, mine: bool = False) -> list[Row]:
        return [_row(request, who, entry, now, several, mine) for entry in entries]

    return {
        "waiting": made(board.waiting), "mine": made(board.mine, mine=True), "others": made(board.others), "ended": made(ended),
        "callbacks": board.callbacks, "reads_only": not who.gemeenten(MEDEWERKER),
    }  # fmt: skip


def _row(request: Request, who: Who, entry: Entry, now: datetime, several: bool, mine: bool) -> Row:
    case, summary = entry.case, entry.case.summary
    own = summary.get("eigen_woorden") or [""]
    ended = case.ended_at is not None
    return Row(
        id=case.id,
        urgency=words.URGENCY[case.urgency],
        urgency_class=words.URGENCY_CLASS[case.urgency],
        reason=str(summary.get("reden", "")),
        topic=str(summary.get("onderwerp", "")),
        for_whom=str(summary.get("voor_wie", "")),
        own_words=words.short(str(own[0])),
        gemeente=gemeente_name(request, case.gemeente) if several else "",
        team=case.team,
        since=words.span(((case.ended_at or now) - case.asked_at).total_seconds()),
        at=case.ended_at or case.asked_at,
        state=_state(request, entry, mine, ended),
        unanswered=entry.unanswered if mine else 0,
        replied=case.first_reply_at is not None,
        may_take=case.state == "wachtrij" and who.may(MEDEWERKER, case.gemeente),
    )


def _state(request: Request, entry: Entry, mine: bool, ended: bool) -> str:
    if ended:
        outcomes = request.app.ctx.chat.desk.rules.outcomes
        return str(outcomes.get(entry.case.outcome) or words.STATES[entry.case.state])
    if mine:
        return "van u"
    return f"{entry.taken_by} is in gesprek" if entry.taken_by else words.STATES[entry.case.state]
