"""Standard replies and teams as a colleague gets to choose from them: of this municipality, what fits the topic first."""

from __future__ import annotations

from dataclasses import dataclass

from sanic.request import Request

from bot.content.desk import is_for, load_replies, load_teams
from steunwijzer.accounts import Who
from steunwijzer.handover import first_name
from steunwijzer.store import HandoverCase

FITTING = "Past bij dit onderwerp"


@dataclass(frozen=True)
class Ready:
    """A standard reply with everything filled in."""

    id: str
    title: str
    text: str


def standard_replies(request: Request, who: Who, case: HandoverCase) -> dict[str, list[Ready]]:
    """By group; what fits the topic of the talk stands first, in a group of its own."""
    groups: dict[str, list[Ready]] = {FITTING: []}
    for reply in load_replies(request.app.ctx.content):
        if not is_for(reply.gemeenten, case.gemeente):
            continue
        text = request.app.ctx.texts.fill(reply.text, case.gemeente, naam=first_name(who.name))
        fits = case.topic is not None and case.topic in reply.topics
        groups.setdefault(FITTING if fits else reply.group, []).append(Ready(reply.id, reply.title, text))
    return {name: replies for name, replies in groups.items() if replies}


def standard_reply(request: Request, who: Who, case: HandoverCase, reply_id: str) -> str:
    """The text of one standard reply; empty when it is not there for this talk."""
    all_of_them = (reply for replies in standard_replies(request, who, case).values() for reply in replies)
    return next((reply.text for reply in all_of_them if reply.id == reply_id), "")


def teams(request: Request, gemeente: str) -> list[tuple[str, str]]:
    """Name and explanation of the teams of a municipality."""
    return [
        (team.name, team.explanation)
        for team in load_teams(request.app.ctx.content)
        if is_for(team.gemeenten, gemeente)
    ]
