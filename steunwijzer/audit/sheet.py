"""The log as a spreadsheet file."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import AsyncIterable, AsyncIterator

from steunwijzer.clock import NETHERLANDS
from steunwijzer.sheet import cells
from steunwijzer.store import AuditEntry

_COLUMNS = ("nummer", "moment", "wie", "gemeente", "handeling", "onderwerp", "bijzonderheden", "vorige", "hash")


async def as_csv(rows: AsyncIterable[AuditEntry]) -> AsyncIterator[str]:
    """A line of text at a time, the first one with the names of the columns; never more than one in memory."""
    yield "\ufeff" + _line(_COLUMNS)
    async for row in rows:
        detail = json.dumps(row.detail, ensure_ascii=False, sort_keys=True)
        moment = row.at.astimezone(NETHERLANDS).isoformat(timespec="seconds")
        yield _line((row.number, moment, row.who, row.gemeente, row.act, row.subject, detail, row.previous, row.hash))


def _line(values: tuple[object, ...]) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL).writerow(cells(values))
    return out.getvalue()
