"""The dates of the Wmo procedure, from the day of the melding (Wmo 2015, art. 2.3.2 and 2.3.5; Awb 6:7).

Terms set by law that end on a Saturday, Sunday or public holiday run to the next working day (Algemene termijnenwet, art. 1
and 3). How long each term is, stands in ``content/termijnen.yml``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import holidays

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
    while day.weekday() >= 5 or _is_holiday(day):
        day += timedelta(days=1)
    return day


def _is_holiday(day: date) -> bool:
    name = holidays.country_holidays("NL", years=day.year, language="nl", categories=("public", "optional")).get(day)
    return name is not None and any(word.lower() in name.lower() for word in _STATUTORY)


def wmo_timeline(melding: date, today: date, terms: Mapping[str, Mapping[str, Any]]) -> list[Deadline]:
    """Melding, personal plan, investigation, decision (when the request follows at once) and the last day for bezwaar."""
    investigation = end_of_term(melding, terms["onderzoek"])
    decision = end_of_term(investigation, terms["beschikking"])
    days = {
        "melding": melding,
        "plan": end_of_term(melding, terms["plan"]),
        "onderzoek": investigation,
        "beschikking": decision,
        "bezwaar": end_of_term(decision, terms["bezwaar"]),
    }
    return [Deadline(key, day, day < today) for key, day in days.items()]
