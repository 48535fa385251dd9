"""Reads a date as a resident says it. Words that do not say one day ("begin november") are no date: the assistant asks again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

import dateparser

Trouble = Literal["onduidelijk", "bestaat_niet"]

_DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_DAY = rf"(?:{'|'.join(_DAYS)})"
_MONTH = (
    r"(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
    r"|jan|feb|mrt|apr|jun|jul|aug|sept?|okt|nov|dec)"
)
_NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        ["nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf"]
    )
}
_UNCLEAR = re.compile(r"\b(?:begin|half|eind|medio|ergens|ongeveer|rond)\b")
_ISO = re.compile(r"\b\d{4}-\d{1,2}-\d{1,2}\b")
_DAY_AND_MONTH = re.compile(rf"\b\d{{1,2}}\.? ?{_MONTH}\b\.?(?: ?(?:\d{{4}}))?")
_NUMERIC = re.compile(r"\b\d{1,2}([-/.])\d{1,2}(?:\1(?:\d{4}|\d{2}))?\b")
_ORDINAL = re.compile(r"\b(\d{1,2})(?:ste|de|e)\b")
_WEEKDAY = re.compile(
    rf"\b(?P<which>vorige week|afgelopen week|afgelopen|vorige|volgende week|komende|aanstaande)?\s*(?P<day>{_DAY})"
    r"(?:\s+(?P<after>vorige week|afgelopen week|volgende week))?\b"
)
_AGO = re.compile(r"\b\d{1,2} (?:dag|dagen|week|weken) (?:geleden|terug)\b|\bover \d{1,2} (?:dag|dagen|week|weken)\b")
_NEAR = re.compile(r"\b(?:eergisteren|gisteren|vandaag|overmorgen|morgen)\b")


@dataclass(frozen=True)
class Reading:
    """The day that is meant, or why it is not clear: words for no single day, or a day no calendar has (31 februari)."""

    day: date | None = None
    trouble: Trouble | None = None


def read(text: str, today: date, *, prefer: Literal["past", "future"] = "past") -> Reading:
    """The day in a text. A day without a year is the last one before today, or the next one for ``prefer="future"``."""
    said = _plain(text)
    if _UNCLEAR.search(said):
        return Reading(trouble="onduidelijk")
    written = _ISO.search(said) or _DAY_AND_MONTH.search(said) or _NUMERIC.search(said)
    if written:
        day = _parse(written.group().replace(".", " " if written.re is _DAY_AND_MONTH else "-"), today, prefer)
        return Reading(day) if day else Reading(trouble="bestaat_niet")
    spoken = _NEAR.search(said) or _AGO.search(said)
    day = _parse(spoken.group().replace("terug", "geleden"), today, prefer) if spoken else _by_weekday(said, today)
    return Reading(day) if day else Reading(trouble="onduidelijk")


def _plain(text: str) -> str:
    words = text.strip().lower().replace("'", "").split()
    return _ORDINAL.sub(r"\1", " ".join(_NUMBERS.get(word, word) for word in words))


def _parse(said: str, today: date, prefer: str) -> date | None:
    settings = {
        "PREFER_DATES_FROM": prefer,
        "DATE_ORDER": "YMD" if _ISO.search(said) else "DMY",
        "RELATIVE_BASE": datetime.combine(today, time(12)),
        "REQUIRE_PARTS": ["day", "month"] if said[0].isdigit() and "geleden" not in said else [],
    }
    found = dateparser.parse(" ".join(said.split()), languages=["nl"], settings=settings)
    return found.date() if found else None


def _by_weekday(said: str, today: date) -> date | None:
    """``vorige week dinsdag``, ``dinsdag vorige week``, ``afgelopen maandag``; a bare weekday is the last one."""
    found = _WEEKDAY.search(said)
    if not found:
        return None
    wanted = _DAYS.index(found["day"])
    which = found["which"] or found["after"] or ""
    monday = today - timedelta(days=today.weekday())
    if "volgende" in which:
        return monday + timedelta(days=7 + wanted)
    if "week" in which:
        return monday + timedelta(days=wanted - 7)
    if which in {"komende", "aanstaande"}:
        return today + timedelta(days=(wanted - today.weekday()) % 7 or 7)
    return today - timedelta(days=(today.weekday() - wanted) % 7 or 7)
