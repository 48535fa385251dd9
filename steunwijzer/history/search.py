"""Finding conversations back: by words and by what is known of them, newest first, a page at a time."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from steunwijzer.history.words import around, asked
from steunwijzer.store import HandoverCase, HistoryEntry, Label, Message, SearchWord

PAGE = 50
_COUNT_UP_TO = 2000


@dataclass(frozen=True)
class Filter:
    """What is looked for. ``gemeenten``: the only municipalities of which anything may be found; empty text: all.

    ``words``: all of them must be said by resident or colleague, in any form of the word; ``until`` is not included.
    """

    gemeenten: Collection[str]
    words: str = ""
    since: datetime | None = None
    until: datetime | None = None
    topic: str = ""
    outcome: str = ""
    status: str = ""
    solved: str = ""
    colleague: str = ""
    label: str = ""


@dataclass(frozen=True)
class Found:
    """One conversation in the list. ``snippet``: parts of a message, each with whether it is a word that was looked for."""

    number: int
    conversation_id: str
    gemeente: str
    at: datetime
    status: str
    topic: str | None
    outcome: str | None
    solved: str | None
    messages: int
    colleagues: Sequence[str]
    labels: Sequence[str]
    snippet: Sequence[tuple[str, bool]]


@dataclass(frozen=True)
class Page:
    """``next``: give it as ``before`` for what comes after this page; None on the last."""

    found: Sequence[Found] = field(default_factory=tuple)
    next: int | None = None


async def search(session: AsyncSession, wanted: Filter, *, before: int | None = None, limit: int = PAGE) -> Page:
    """A page of conversations, newest first. Words nobody said, or only words too common to look for, find nothing."""
    stems = await _rarest_first(session, asked(wanted.words))
    if (wanted.words.strip() and not stems) or not wanted.gemeenten:
        return Page()
    query = _chosen(wanted, stems).limit(limit + 1)
    if before is not None:
        query = query.where((SearchWord.number if stems else HistoryEntry.number) < before)
    rows = (await session.execute(query)).all()
    shown = rows[:limit]
    entries = [row[0] for row in shown]
    places = {row[0].conversation_id: row[1] if stems else row[0].first_seq for row in shown}
    texts = await _texts(session, places)
    colleagues, labels = await _colleagues(session, places), await _labels(session, places)
    wanted_stems = frozenset(stems)
    found = [
        Found(
            entry.number, entry.conversation_id, entry.gemeente, entry.at, entry.status, entry.topic, entry.outcome, entry.solved,
            entry.messages, colleagues.get(entry.conversation_id, ()), labels.get(entry.conversation_id, ()),
            around(texts.get(entry.conversation_id, ""), wanted_stems),
        )
        for entry in entries
    ]  # fmt: skip
    return Page(found, entries[-1].number if len(rows) > limit else None)


async def count(session: AsyncSession, wanted: Filter) -> int:
    """How many conversations there are; walks over all of them, so for an export and not for a page."""
    stems = asked(wanted.words)
    if (wanted.words.strip() and not stems) or not wanted.gemeenten:
        return 0
    chosen = _chosen(wanted, stems).order_by(None).subquery()
    return int(await session.scalar(select(func.count()).select_from(chosen)) or 0)


async def _rarest_first(session: AsyncSession, stems: list[str]) -> list[str]:
    """The word that fewest conversations have goes first: the others are only looked up in those."""
    if len(stems) < 2:
        return stems
    how_many = {}
    for stem in stems:
        some = select(SearchWord.number).where(SearchWord.word == stem).limit(_COUNT_UP_TO).subquery()
        how_many[stem] = int(await session.scalar(select(func.count()).select_from(some)) or 0)
    return sorted(stems, key=lambda stem: how_many[stem])


def _chosen(wanted: Filter, stems: Sequence[str]) -> Select[HistoryEntry, Any]:
    query: Select[HistoryEntry, Any]
    if stems:
        same = and_(HistoryEntry.number == SearchWord.number, SearchWord.word == stems[0])
        query = select(HistoryEntry, SearchWord.seq).join(SearchWord, same).order_by(SearchWord.number.desc())
        for stem in stems[1:]:
            other = aliased(SearchWord)
            same_talk = select(other.number).where(other.word == stem, other.number == SearchWord.number)
            query = query.where(same_talk.exists())
    else:
        query = select(HistoryEntry, HistoryEntry.first_seq).order_by(HistoryEntry.number.desc())
    query = query.where(HistoryEntry.gemeente.in_(wanted.gemeenten))
    for column, value in (
        (HistoryEntry.topic, wanted.topic), (HistoryEntry.outcome, wanted.outcome), (HistoryEntry.status, wanted.status),
        (HistoryEntry.solved, wanted.solved),
    ):  # fmt: skip
        if value:
            query = query.where(column == value)
    if wanted.since is not None:
        query = query.where(HistoryEntry.at >= wanted.since)
    if wanted.until is not None:
        query = query.where(HistoryEntry.at < wanted.until)
    if wanted.colleague:
        taken = select(HandoverCase.conversation_id).where(HandoverCase.claimed_by == wanted.colleague)
        query = query.where(HistoryEntry.conversation_id.in_(taken))
    if wanted.label:
        labelled = select(Label.conversation_id).where(Label.name == wanted.label)
        query = query.where(HistoryEntry.conversation_id.in_(labelled))
    return query


async def _texts(session: AsyncSession, places: dict[str, int | None]) -> dict[str, str]:
    known = [and_(Message.conversation_id == talk, Message.seq == seq) for talk, seq in places.items() if seq]
    if not known:
        return {}
    rows = await session.execute(select(Message.conversation_id, Message.text).where(or_(*known)))
    return {row.conversation_id: row.text for row in rows}


async def _colleagues(session: AsyncSession, talks: Collection[str]) -> dict[str, list[str]]:
    taken = select(HandoverCase.conversation_id, HandoverCase.claimed_by).where(
        HandoverCase.conversation_id.in_(talks), HandoverCase.claimed_by.is_not(None)
    )
    return _grouped([(talk, str(colleague)) for talk, colleague in await session.execute(taken.order_by(HandoverCase.asked_at))])  # fmt: skip


async def _labels(session: AsyncSession, talks: Collection[str]) -> dict[str, list[str]]:
    named = select(Label.conversation_id, Label.name).where(Label.conversation_id.in_(talks)).order_by(Label.name)
    return _grouped([(talk, name) for talk, name in await session.execute(named)])


def _grouped(pairs: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for talk, value in pairs:
        known = grouped.setdefault(talk, [])
        if value not in known:
            known.append(value)
    return grouped
