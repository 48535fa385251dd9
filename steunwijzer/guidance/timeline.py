"""The days of the road through the Wmo, from a day the resident knows (Wmo 2015, art. 2.3.2 and 2.3.5; Awb 6:7).

Terms set by law that end on a Saturday, Sunday or public holiday run to the next working day (Algemene termijnenwet, art. 1
and 3). How long each term is, stands in ``content/termijnen.yml``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import holidays

Terms = Mapping[str, Mapping[str, Any]]
_UNITS = {"dagen": 1, "weken": 7}
# The days of art. 3 Algemene termijnenwet, by the names of the `holidays` library.
_STATUTORY = (
    "Nieuwjaarsdag",
    "Goede Vrijdag",
    "paasdag",
    "Hemelvaart",
    "pinksterdag",
    "kerstdag",
    "Koningsdag",
    "Bevrijdingsdag",
)


@dataclass(frozen=True)
class _Step:
    """``key``: the term in content/termijnen.yml; it begins at the end of the step ``since``."""

    key: str
    since: str


# Where a resident can be on the road, and what follows from that day. Without steps before it, the first key is the day itself.
_ROADS: Mapping[str, tuple[_Step, ...]] = {
    "melding": (
        _Step("plan", "melding"),
        _Step("onderzoek", "melding"),
        _Step("beschikking", "onderzoek"),
        _Step("bezwaar", "beschikking"),
    ),
    "aanvraag": (_Step("beschikking", "aanvraag"), _Step("bezwaar", "beschikking")),
    "besluit": (_Step("bezwaar", "besluit"),),
    "ingediend": (_Step("beslissing_bezwaar", "ingediend"), _Step("verdaging", "beslissing_bezwaar")),
}
STARTS = frozenset(_ROADS)


@dataclass(frozen=True)
class Deadline:
    """One moment of the procedure. ``key``: which; ``day``: on this day at the latest; ``past``: it lies behind us."""

    key: str
    day: date
    past: bool


def end_of_term(start: date, term: Mapping[str, Any]) -> date:
    """The last day of a term that begins on ``start``; ``term`` has ``waarde`` and ``eenheid`` (dagen or weken)."""
    last = start + timedelta(days=int(term["waarde"]) * _UNITS[term["eenheid"]])
    return next_working_day(last)


def next_working_day(day: date) -> date:
    """The day itself, or the first one after it that is no Saturday, Sunday or public holiday."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def is_working_day(day: date) -> bool:
    """No Saturday, Sunday or day of art. 3 of the Algemene termijnenwet."""
    if day.weekday() >= 5:
        return False
    name = holidays.country_holidays("NL", years=day.year, language="nl", categories=("public", "optional")).get(day)
    return name is None or not any(word.lower() in name.lower() for word in _STATUTORY)


def timeline(start: str, day: date, today: date, terms: Terms) -> list[Deadline]:
    """The day itself and what follows from it, in order. ``start``: one of :data:`STARTS`."""
    days = {start: day}
    for step in _ROADS[start]:
        days[step.key] = end_of_term(days[step.since], terms[step.key])
    return [Deadline(key, moment, moment < today) for key, moment in days.items()]


def ask_before(end: date, terms: Terms) -> date:
    """The last day to ask for what should go on after ``end``, with room for a whole procedure; a working day."""
    day = end - timedelta(days=int(terms["totaal"]["waarde"]) * _UNITS[terms["totaal"]["eenheid"]])
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day
