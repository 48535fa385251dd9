"""The templates (Jinja2): values are escaped always, a value that is missing is an error, and nothing is read from elsewhere."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from steunwijzer.clock import NETHERLANDS
from steunwijzer.desk.words import clock_time

if TYPE_CHECKING:
    from jinja2 import Environment, Template

TEMPLATES, STATIC = Path(__file__).with_name("templates"), Path(__file__).with_name("static")
_MONTHS = ("jan.", "feb.", "mrt.", "apr.", "mei", "juni", "juli", "aug.", "sep.", "okt.", "nov.", "dec.")


def template(name: str) -> Template:
    """A template by the name of its file."""
    return _environment().get_template(name)


@cache
def _environment() -> Environment:
    # Only who opens the desk pays for Jinja2.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )  # fmt: skip
    made.globals["static"] = static_address
    made.filters |= {"moment": moment, "dag": day, "tijdstip": clock_time, "telefoon": phone}
    return made


@cache
def static_address(name: str) -> str:
    """The address of a file in ``static``, with its fingerprint, so that a browser may keep it for ever."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()
    return f"/balie/static/{name}?v={digest[:12]}"


def phone(number: str) -> str:
    """A number in E.164 as people in the Netherlands read it, with its spaces."""
    import phonenumbers

    try:
        parsed = phonenumbers.parse(number, "NL")
    except phonenumbers.NumberParseException:
        return number
    kind = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(parsed, kind.NATIONAL if parsed.country_code == 31 else kind.INTERNATIONAL)


def moment(at: datetime | None) -> str:
    """A moment in the time of the Netherlands: ``27 nov. 2026, 14:05``; a dash for none."""
    if at is None:
        return "–"
    here = at.astimezone(NETHERLANDS)
    return f"{_day(here)}, {here:%H:%M}"


def day(iso: str) -> str:
    """A day as editors write it (``2026-11-27``) in words: ``27 nov. 2026``."""
    return _day(date.fromisoformat(iso))


def _day(of: date) -> str:
    return f"{of.day} {_MONTHS[of.month - 1]} {of.year}"
