"""The days of the road as a calendar file to download. Nothing is kept; the address holds one day and no personal data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from sanic.response import HTTPResponse, raw

from steunwijzer.chat import errors
from steunwijzer.chat.errors import ChatError
from steunwijzer.clock import NETHERLANDS
from steunwijzer.guidance.agenda import calendar
from steunwijzer.guidance.timeline import STARTS, Terms, timeline

_OLDEST = timedelta(days=366)
_HEADERS = {"Content-Disposition": 'attachment; filename="steunwijzer-termijnen.ics"'}


def calendar_file(given: Mapping[str, Sequence[str]], terms: Terms, now: datetime) -> HTTPResponse:
    """``given``: the query, with exactly one start and its day. Raises :class:`ChatError` for anything else."""
    today = now.astimezone(NETHERLANDS).date()
    start, day = _start(given)
    if not today - _OLDEST <= day <= today:
        raise ChatError(errors.BAD_DAY)
    body = calendar(start, timeline(start, day, today, terms), terms, now)
    return raw(body, content_type="text/calendar; charset=utf-8", headers=_HEADERS)


def _start(given: Mapping[str, Sequence[str]]) -> tuple[str, date]:
    if len(given) != 1:
        raise ChatError(errors.BAD_DAY)
    start, values = next(iter(given.items()))
    try:
        (value,) = values
        day = date.fromisoformat(value)
    except ValueError as error:
        raise ChatError(errors.BAD_DAY) from error
    if start not in STARTS:
        raise ChatError(errors.BAD_DAY)
    return start, day
