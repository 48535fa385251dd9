"""What the page of a talk shows: read once, in a fixed number of questions to the database however long the talk is."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sanic.request import Request

from steunwijzer.accounts import MEDEWERKER, Who
from steunwijzer.desk import judging, words
from steunwijzer.desk.memos import memos
from steunwijzer.desk.page import gemeente_name, not_found
from steunwijzer.desk.replies import standard_replies, teams
from steunwijzer.desk.rooms import desk, lists, names_of, presences
from steunwijzer.desk.transcript import lines
from steunwijzer.handover import CONTACT_FIELDS, FIELDS, HandoverError, Opened
from steunwijzer.handover.summary import PARTS
from steunwijzer.handover.topics import to_offer
from steunwijzer.store import HandoverCase

PART_WORDS = {"gesprek": "de berichten", "onderwerp": "het onderwerp", "gemeente": "de gemeente"}


async def opened(request: Request, who: Who, case_id: Any, *, again: bool = False) -> Opened:
    """The talk with everything that goes with it. Raises :func:`not_found`."""
    try:
        return await lists(request).open(who, str(case_id), again=again)
    except HandoverError:
        raise not_found() from None


async def whole(
    request: Request, who: Who, case_id: Any, *, again: bool = False, draft: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """All that ``gesprek.html`` needs. ``draft``: what was typed in the form and must not be lost."""
    talk = await opened(request, who, case_id, again=again)
    standing = await stand(request, who, talk.case)
    names = await names_of(request, {note.colleague_id for note in talk.notes if note.colleague_id})
    shown = {
        "case": talk.case, "summary": summary(talk.case), "kept_back": kept_back(talk.case),
        "gemeente_naam": gemeente_name(request, talk.case.gemeente),
        "signs": (), "lines": lines(talk.messages, desk(request).rules.topics, talk.masked, talk.case.left_out, now=request.app.ctx.clock()),
        "last": max((message.seq for message in talk.messages), default=0),
        "notes": [(names.get(note.colleague_id or "", "Een collega"), note) for note in talk.notes],
        "labels": talk.labels, "memos": memos(talk.messages, request.app.ctx.texts),
        "urgency": words.URGENCY, "urgency_class": words.URGENCY_CLASS, "reasons_to_show": words.REASONS_TO_SHOW,
        "waited": words.span(((talk.case.claimed_at or request.app.ctx.clock()) - talk.case.asked_at).total_seconds()),
        "value": None,
    }  # fmt: skip
    shown |= await judging.around(request, who, talk.conversation.id)
    return {**shown, **standing, **await _tools(request, who, talk.case), "draft": {**_EMPTY, **(draft or {})}}


_EMPTY: Mapping[str, Any] = {"tekst": "", "error": "", "found": None, "zoek": "", "opties": (), "onderwerpen": ()}


async def stand(request: Request, who: Who, case: HandoverCase) -> dict[str, Any]:
    """Whose the talk is now, and what this colleague may do with it."""
    mine = case.state == "in_gesprek" and case.claimed_by == who.id
    may = who.may(MEDEWERKER, case.gemeente)
    now: datetime = request.app.ctx.clock()
    lost = case.state == "in_gesprek" and (case.claim_until is None or case.claim_until < now)
    names = await names_of(request, {case.claimed_by} if case.claimed_by and not mine else set())
    outcome = desk(request).rules.outcomes.get(case.outcome or "", "")
    return {
        "case": case, "mine": mine, "may_work": may, "open": case.state in {"wachtrij", "in_gesprek"}, "outcome": outcome,
        "may_take": may and not mine and (case.state == "wachtrij" or lost), "taken_by": names.get(case.claimed_by or "", ""),
        "may_free": case.state == "in_gesprek" and not mine and who.may("teamleider", case.gemeente),
        "state_words": words.STATES[case.state],
    }  # fmt: skip


def summary(case: HandoverCase) -> list[tuple[str, str, list[str]]]:
    """Field, title and values, in the fixed order; what the resident left out is not in it."""
    return [
        (name, title, value if isinstance(value, list) else [str(value)])
        for name, (title, _) in FIELDS.items()
        if (value := case.summary.get(name))
    ]


def kept_back(case: HandoverCase) -> list[str]:
    """What the resident chose not to pass on, without what it was."""
    parts = [PART_WORDS[part] for part in PARTS if part not in case.shared]
    if "gesprek" in case.shared and case.left_out:
        number = len(case.left_out)
        parts.append("1 bericht" if number == 1 else f"{number} berichten")
    return parts


async def _tools(request: Request, who: Who, case: HandoverCase) -> dict[str, Any]:
    """What can be chosen from in the forms; not read for who may not work with the talk."""
    if not who.may(MEDEWERKER, case.gemeente):
        return {}
    there = await presences(request).colleagues(who, case.gemeente)
    return {
        "message_id": str(uuid.uuid4()), "contact_fields": CONTACT_FIELDS, "outcomes": desk(request).rules.outcomes,
        "standard": standard_replies(request, who, case), "teams": teams(request, case.gemeente),
        "topics": to_offer(desk(request).rules),
        "colleagues": [
            (person.id, f"{person.name} ({words.presence(presence.state, presence.reason)})")
            for person, presence in there
            if person.id != who.id
        ],
    }  # fmt: skip
