"""What editors wrote for the desk: standard replies and teams (``content/balie``)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bot.yamlsource import line_of, load

REPLIES, TEAMS = Path("balie") / "standaardantwoorden.yml", Path("balie") / "teams.yml"


@dataclass(frozen=True)
class StandardReply:
    """A text a colleague can put into the reply. ``topics``: flows it is for, none means any; ``gemeenten``: none means all."""

    id: str
    group: str
    title: str
    text: str
    topics: frozenset[str]
    gemeenten: frozenset[str]
    line: int


@dataclass(frozen=True)
class Team:
    """Colleagues who can get a talk together."""

    name: str
    explanation: str
    gemeenten: frozenset[str]


@lru_cache(maxsize=8)
def load_replies(content: Path) -> tuple[StandardReply, ...]:
    """All standard replies in the order of the file."""
    return tuple(
        StandardReply(
            one["id"], one["groep"], one["titel"], str(one["tekst"]).strip(), frozenset(one.get("onderwerpen") or ()),
            frozenset(one.get("gemeenten") or ()), line_of(one),
        )
        for one in load(content / REPLIES)["antwoorden"]
    )  # fmt: skip


@lru_cache(maxsize=8)
def load_teams(content: Path) -> tuple[Team, ...]:
    """All teams in the order of the file."""
    return tuple(
        Team(one["naam"], str(one.get("uitleg") or ""), frozenset(one.get("gemeenten") or ()))
        for one in load(content / TEAMS)["teams"]
    )


def is_for(gemeenten: Iterable[str], code: str) -> bool:
    """Whether something with these municipalities is for this one; none named means all."""
    named = set(gemeenten)
    return not named or code in named
