"""The editors' list: what was judged, and what is done with it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from steunwijzer import audit
from steunwijzer.store import Judgement

STATES = ("nieuw", "bezig", "verwerkt", "afgewezen")
PAGE = 50


@dataclass(frozen=True)
class Wish:
    """Which judgements. ``gemeenten``: the only ones that may be seen; empty text: all."""

    gemeenten: Collection[str]
    state: str = ""
    verdict: str = ""
    topic: str = ""


async def inbox(
    session: AsyncSession, wanted: Wish, *, skip: int = 0, limit: int = PAGE
) -> tuple[Sequence[Judgement], int]:
    """A page, newest first, and how many there are in all."""
    chosen: list[ColumnElement[bool]] = [Judgement.gemeente.in_(wanted.gemeenten)]
    for column, value in ((Judgement.state, wanted.state), (Judgement.verdict, wanted.verdict)):
        if value:
            chosen.append(column == value)
    if wanted.topic:
        chosen.append((Judgement.topic == wanted.topic) | (Judgement.right_topic == wanted.topic))
    total = await session.scalar(select(func.count()).select_from(Judgement).where(*chosen))
    rows = select(Judgement).where(*chosen).order_by(Judgement.at.desc(), Judgement.id).offset(skip).limit(limit)
    return list(await session.scalars(rows)), int(total or 0)


async def set_state(
    session: AsyncSession, judgement_id: str, state: str, *, editor_id: str, gemeenten: Collection[str], now: datetime
) -> bool:
    """An editor takes a judgement up, handles or rejects it; logged. False when there is no such judgement or state."""
    judgement = await session.get(Judgement, judgement_id)
    if judgement is None or judgement.gemeente not in gemeenten or state not in STATES:
        return False
    before, judgement.state = judgement.state, state
    await audit.append(
        session, at=now, who=editor_id, gemeente=judgement.gemeente, act="oordeel_verwerkt", subject=f"oordeel:{judgement_id}",
        detail={"van": before, "naar": state},
    )  # fmt: skip
    return True
