"""Reads a date as a resident says it. Unclear words ("begin november") are no date: the assistant asks again."""

from __future__ import annotations

import re
from datetime import date, datetime, time

import dateparser

_UNCLEAR = re.compile(
    r"\b(?:begin|half|eind|medio|ergens|ongeveer|rond)\b|^\s*(?:vorige|afgelopen)\s+(?:maand|jaar)\s*$", re.IGNORECASE
)
_WEEKDAY_LAST = re.compile(
    r"\b(?:vorige week|afgelopen|vorige)\s+(maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag)\b",
    re.IGNORECASE,
)
_DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_NUMBERS = {
    word: str(n)
    for n, word in enumerate(
        ["nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf"]
    )
}
_ISO = re.compile(r"^\d{4}-\d{2}-\d{2}$")


def read_date(text: str, today: date) -> date | None:
    """The day that is meant, preferring the past; None when the words do not say one day."""
    said = text.strip()
    if _ISO.match(said):
        try:
            return date.fromisoformat(said)
        except ValueError:
            return None
    if not said or _UNCLEAR.search(said):
        return None
    weekday = _WEEKDAY_LAST.search(said)
    if weekday:
        return _last_weekday(
            _DAYS.index(weekday.group(1).lower()), today, previous_week="week" in weekday.group().lower()
        )
    settings = {
        "PREFER_DATES_FROM": "past",
        "DATE_ORDER": "DMY",
        "RELATIVE_BASE": datetime.combine(today, time(12)),
        "REQUIRE_PARTS": [] if "gele" in said or "terug" in said else ["day"],
    }
    said = " ".join(_NUMBERS.get(word.lower(), word) for word in said.split())
    found = dateparser.parse(said, languages=["nl"], settings=settings)
    return found.date() if found else None


def _last_weekday(wanted: int, today: date, *, previous_week: bool) -> date:
    monday = today.toordinal() - today.weekday()
    if previous_week:
        return date.fromordinal(monday - 7 + wanted)
    back = (today.weekday() - wanted) % 7 or 7
    return date.fromordinal(today.toordinal() - back)
