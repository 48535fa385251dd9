"""A selection of the history as a file, made in the background; only for who asked, and for a day at most."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from steunwijzer import audit
from steunwijzer.history.search import Filter
from steunwijzer.store import ExportJob

FORMATS = ("csv", "json")
LIVES = timedelta(hours=24)
MOST_AT_ONCE = 3
WAITS, BUSY, READY, FAILED = "wacht", "bezig", "klaar", "mislukt"


class TooManyExports(Exception):
    """This colleague has several exports under way already."""


async def ask(session: AsyncSession, colleague_id: str, wanted: Filter, form: str, now: datetime) -> ExportJob:
    """Put an export in the queue and log it. Raises :class:`TooManyExports`, or ValueError for an unknown format."""
    if form not in FORMATS:
        raise ValueError(form)
    under_way = select(func.count()).select_from(ExportJob).where(
        ExportJob.colleague_id == colleague_id, ExportJob.state.in_((WAITS, BUSY))
    )  # fmt: skip
    if int(await session.scalar(under_way) or 0) >= MOST_AT_ONCE:
        raise TooManyExports
    codes = sorted(wanted.gemeenten)
    job = ExportJob(
        id=str(uuid.uuid4()), colleague_id=colleague_id, gemeente=codes[0] if len(codes) == 1 else "", format=form,
        selection=_as_json(wanted), state=WAITS, done=0, total=0, created_at=now,
    )  # fmt: skip
    session.add(job)
    # Words that were looked for may be about somebody: that there were any is enough.
    asked = {name: value for name, value in job.selection.items() if value and name not in {"words", "gemeenten"}}
    for code in codes:
        await audit.append(
            session, at=now, who=colleague_id, gemeente=code, act="export_gevraagd", subject=f"export:{job.id}",
            detail={"vorm": form, "keuze": asked, "met_woorden": bool(wanted.words)},
        )  # fmt: skip
    return job


async def mine(session: AsyncSession, colleague_id: str, now: datetime) -> list[ExportJob]:
    """The exports of this colleague that are still there, newest first."""
    own = select(ExportJob).where(ExportJob.colleague_id == colleague_id, ExportJob.created_at > now - LIVES)
    return list(await session.scalars(own.order_by(ExportJob.created_at.desc())))


async def take(
    session: AsyncSession, folder: Path, job_id: str, colleague_id: str, gemeenten: Collection[str], now: datetime
) -> tuple[ExportJob, Path] | None:
    """The finished file, for who asked for it and still has the role in every municipality that is in it; logged."""
    job = await session.get(ExportJob, job_id)
    if job is None or job.colleague_id != colleague_id or job.state != READY or job.created_at <= now - LIVES:
        return None
    codes = job.selection["gemeenten"]
    path = file_of(folder, job)
    if not set(codes) <= set(gemeenten) or not path.is_file():
        return None
    for code in codes:
        await audit.append(
            session, at=now, who=colleague_id, gemeente=code, act="export_opgehaald", subject=f"export:{job.id}", detail={"gesprekken": job.done},
        )  # fmt: skip
    return job, path


async def drop(session: AsyncSession, folder: Path, job_id: str, colleague_id: str) -> None:
    """Throw away an export of one's own before its time."""
    job = await session.get(ExportJob, job_id)
    if job is not None and job.colleague_id == colleague_id:
        file_of(folder, job).unlink(missing_ok=True)
        await session.delete(job)


async def tidy(session: AsyncSession, folder: Path, now: datetime) -> None:
    """Throw away what is a day old, and files nobody knows of."""
    await session.execute(delete(ExportJob).where(ExportJob.created_at <= now - LIVES))
    jobs = list(await session.scalars(select(ExportJob)))
    known = {file_of(folder, job).name for job in jobs if job.state == READY}
    known |= {part_of(folder, job).name for job in jobs if job.state == BUSY}
    for path in folder.glob("*.*") if folder.is_dir() else ():
        if path.name not in known:
            path.unlink(missing_ok=True)


async def begin_again(session: AsyncSession) -> None:
    """After a restart: what was being written is written anew."""
    await session.execute(update(ExportJob).where(ExportJob.state == BUSY).values(state=WAITS, done=0))


def file_of(folder: Path, job: ExportJob) -> Path:
    """Where the file of a job is."""
    return folder / f"{job.id}.{job.format}"


def part_of(folder: Path, job: ExportJob) -> Path:
    """Where the file is while it is written."""
    return folder / f"{job.id}.{job.format}.deel"


def selection_of(job: ExportJob) -> Filter:
    """The filter as it was asked."""
    given: Mapping[str, Any] = job.selection
    moments = {name: datetime.fromisoformat(given[name]) if given[name] else None for name in ("since", "until")}
    return Filter(**{**given, **moments})


def _as_json(wanted: Filter) -> dict[str, Any]:
    values = {**asdict(wanted), "gemeenten": sorted(wanted.gemeenten)}
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in values.items()}
