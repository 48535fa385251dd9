"""Writing an export: a piece at a time, so that a hundred thousand conversations need no more memory than two hundred."""

from __future__ import annotations

import csv
import json
import logging
import os
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol, TextIO

from sqlalchemy import select, update
from sqlalchemy.exc import SQLAlchemyError

from steunwijzer.clock import NETHERLANDS
from steunwijzer.history.consent import readable
from steunwijzer.history.exports import BUSY, FAILED, READY, WAITS, file_of, part_of, selection_of
from steunwijzer.history.search import Found, count, search
from steunwijzer.sheet import cells
from steunwijzer.store import CallbackRequest, Database, ExportJob, HandoverCase, Message

_AT_ONCE = 200
_COLUMNS = (
    "nummer", "gesprek", "gemeente", "doorgegeven_op", "status", "onderwerp", "uitkomst", "opgelost", "labels", "aantal_berichten",
    "gesprek_tekst",
)  # fmt: skip
logger = logging.getLogger("steunwijzer.export")


async def write_next(database: Database, folder: Path) -> bool:
    """Make the oldest export that waits. False when there is none; an export that fails says so on its page."""
    job = await _claim(database)
    if job is None:
        return False
    try:
        await _write(database, folder, job)
    except (SQLAlchemyError, OSError, ValueError) as error:
        logger.error("export mislukt: %s", type(error).__name__)
        await _set(database, job.id, state=FAILED)
    return True


async def _claim(database: Database) -> ExportJob | None:
    async with database.transaction() as session:
        oldest = select(ExportJob.id).where(ExportJob.state == WAITS).order_by(ExportJob.created_at).limit(1)
        claim = update(ExportJob).where(ExportJob.id.in_(oldest), ExportJob.state == WAITS).values(state=BUSY, done=0)
        job: ExportJob | None = (await session.scalars(claim.returning(ExportJob))).one_or_none()
        return job


async def _write(database: Database, folder: Path, job: ExportJob) -> None:
    wanted = selection_of(job)
    async with database.transaction() as session:
        await _set(database, job.id, total=await count(session, wanted))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    path = file_of(folder, job)
    part = part_of(folder, job)
    done, before = 0, None
    # Only for the user that Steunwijzer runs as, from the first letter on.
    with os.fdopen(
        os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8", newline=""
    ) as out:
        writer: Writer = _Csv(out) if job.format == "csv" else _Json(out)
        while True:
            async with database.transaction() as session:
                page = await search(session, wanted, before=before, limit=_AT_ONCE)
                texts = await _messages(session, [found.conversation_id for found in page.found])
            writer.add(page.found, texts)
            done, before = done + len(page.found), page.next
            if not await _set(database, job.id, done=done):
                # Thrown away meanwhile.
                part.unlink(missing_ok=True)
                return
            if before is None:
                break
        writer.close()
    part.replace(path)
    await _set(database, job.id, state=READY)


async def _messages(session: Any, talks: Sequence[str]) -> dict[str, list[Message]]:
    cases: dict[str, list[HandoverCase]] = defaultdict(list)
    for case in await session.scalars(select(HandoverCase).where(HandoverCase.conversation_id.in_(talks))):
        cases[case.conversation_id].append(case)
    calls: dict[str, list[CallbackRequest]] = defaultdict(list)
    for call in await session.scalars(select(CallbackRequest).where(CallbackRequest.conversation_id.in_(talks))):
        calls[call.conversation_id].append(call)
    said: dict[str, list[Message]] = defaultdict(list)
    ordered = select(Message).where(Message.conversation_id.in_(talks)).order_by(Message.conversation_id, Message.seq)
    for message in await session.scalars(ordered):
        said[message.conversation_id].append(message)
    return {talk: readable(messages, cases[talk], calls[talk]) for talk, messages in said.items()}


async def _set(database: Database, job_id: str, **values: Any) -> bool:
    async with database.transaction() as session:
        changed = await session.execute(update(ExportJob).where(ExportJob.id == job_id).values(**values))
        return bool(changed.rowcount)  # type: ignore[attr-defined]


class Writer(Protocol):
    """Puts conversations in a file."""

    def add(self, found: Iterable[Found], texts: dict[str, list[Message]]) -> None:
        """Some conversations more."""

    def close(self) -> None:
        """That was all."""


class _Csv:
    """One row per conversation, as a Dutch spreadsheet opens it at once."""

    def __init__(self, out: TextIO) -> None:
        out.write("\ufeff")
        self._rows = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL)
        self._rows.writerow(_COLUMNS)

    def add(self, found: Iterable[Found], texts: dict[str, list[Message]]) -> None:
        for one in found:
            said = "\n".join(f"{message.sender}: {message.text}" for message in texts.get(one.conversation_id, ()))
            self._rows.writerow(cells((
                one.number, one.conversation_id, one.gemeente, f"{one.at.astimezone(NETHERLANDS):%Y-%m-%d %H:%M}", one.status, one.topic,
                one.outcome, one.solved, ", ".join(one.labels), one.messages, said,
            )))  # fmt: skip

    def close(self) -> None:
        return


class _Json:
    """One list of conversations, each with its messages."""

    def __init__(self, out: TextIO) -> None:
        self._out, self._first = out, True
        out.write("[")

    def add(self, found: Iterable[Found], texts: dict[str, list[Message]]) -> None:
        for one in found:
            self._out.write("\n" if self._first else ",\n")
            self._first = False
            json.dump(_as_json(one, texts.get(one.conversation_id, [])), self._out, ensure_ascii=False)

    def close(self) -> None:
        self._out.write("\n]\n")


def _as_json(one: Found, said: Sequence[Message]) -> dict[str, Any]:
    return {
        "nummer": one.number,
        "gesprek": one.conversation_id,
        "gemeente": one.gemeente,
        "doorgegeven_op": one.at.isoformat(),
        "status": one.status,
        "onderwerp": one.topic,
        "uitkomst": one.outcome,
        "opgelost": one.solved,
        "labels": list(one.labels),
        "berichten": [
            {"nummer": m.seq, "van": m.sender, "op": m.at.isoformat(), "tekst": m.text, "antwoord": m.answer_key} for m in said
        ],
    }  # fmt: skip
