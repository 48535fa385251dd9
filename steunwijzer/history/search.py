"""Finding conversations back: by words and by what is known of them, newest first, a page at a time."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from steunwijzer.history.keeping_up import IN_A_NOTE
from steunwijzer.history.words import Term, around, asked
from steunwijzer.store import HandoverCase, HistoryEntry, Label, Message, Note, SearchWord

PAGE = 50
# Of a word with fewer places than this all places are read; of a more common one the newest talks are tried until a page is full.
_FEW = 2000
# After every word that begins like this one, in the order of the letters' numbers.
_LAST = "\U0010ffff"
# Newest first.
_ORDER = (HistoryEntry.at.desc(), HistoryEntry.number.desc())


@dataclass(frozen=True)
class Filter:
    """What is looked for. ``gemeenten``: the only municipalities of which anything may be found; empty text: all.

    ``words``: all of them must be said by resident or colleague or stand in a note, in any form of the word or as its start;
    ``until`` is not included.
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
    """One conversation in the list. ``snippet``: parts of a message, each with whether it is a word that was looked for;
    ``from_note``: of an internal note instead.
    """

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
    from_note: bool = False


@dataclass(frozen=True)
class Page:
    """``next``: give it as ``before`` for what comes after this page; None on the last."""

    found: Sequence[Found] = field(default_factory=tuple)
    next: int | None = None


async def search(session: AsyncSession, wanted: Filter, *, before: int | None = None, limit: int = PAGE) -> Page:
    """A page of conversations, newest first. Words nobody said, or only words too common to look for, find nothing."""
    terms = asked(wanted.words)
    if (wanted.words.strip() and not terms) or not wanted.gemeenten:
        return Page()
    query = await _chosen(session, wanted, terms)
    if before is not None:
        query = query.where(await _after(session, before))
    rows = (await session.execute(query.order_by(*_ORDER).limit(limit + 1))).all()
    shown = rows[:limit]
    places: dict[str, int | None] = {row[0].conversation_id: row[1] for row in shown}
    texts = await _texts(session, places, terms)
    colleagues, labels = await _colleagues(session, places), await _labels(session, places)
    found = [
        Found(
            entry.number, entry.conversation_id, entry.gemeente, entry.at, entry.status, entry.topic, entry.outcome, entry.solved,
            entry.messages, colleagues.get(entry.conversation_id, ()), labels.get(entry.conversation_id, ()),
            around(texts.get(entry.conversation_id, ""), terms), places[entry.conversation_id] == IN_A_NOTE,
        )
        for entry, _ in shown
    ]  # fmt: skip
    return Page(found, shown[-1][0].number if len(rows) > limit else None)


async def count(session: AsyncSession, wanted: Filter) -> int:
    """How many conversations there are; walks over all of them, so for an export and not for a page."""
    terms = asked(wanted.words)
    if (wanted.words.strip() and not terms) or not wanted.gemeenten:
        return 0
    chosen = (await _chosen(session, wanted, terms)).subquery()
    return int(await session.scalar(select(func.count()).select_from(chosen)) or 0)


async def _after(session: AsyncSession, before: int) -> ColumnElement[bool]:
    """What comes after the last conversation of the page before. When that one is gone, its number says about where it was."""
    at = await session.scalar(select(HistoryEntry.at).where(HistoryEntry.number == before))
    if at is None:
        return HistoryEntry.number < before
    return tuple_(HistoryEntry.at, HistoryEntry.number) < tuple_(at, before)


def _has(term: Term) -> ColumnElement[bool]:
    """A row of the list of words that this term means; looked up in the key, also by its start."""
    if not term.start:
        return SearchWord.word == term.stem
    begins = and_(SearchWord.word >= term.start, SearchWord.word < term.start + _LAST)
    return begins if term.stem.startswith(term.start) else or_(SearchWord.word == term.stem, begins)


async def _chosen(session: AsyncSession, wanted: Filter, terms: Sequence[Term]) -> Select[HistoryEntry, Any]:
    """Conversations and the place to show of each. The rarest word goes first: the others are only looked up in those."""
    query: Select[HistoryEntry, Any] = select(HistoryEntry, HistoryEntry.first_seq)
    how_many = {term: await _how_many(session, term) for term in terms}
    others = sorted(terms, key=lambda term: how_many[term])
    if others and how_many[others[0]] < _FEW:
        rare = others.pop(0)
        places = (
            select(SearchWord.number, func.min(SearchWord.seq).label("seq"))
            .where(_has(rare))
            .group_by(SearchWord.number)
            .subquery()
        )
        query = select(HistoryEntry, places.c.seq).join(places, places.c.number == HistoryEntry.number)
    elif others:
        place = select(func.min(SearchWord.seq)).where(SearchWord.number == HistoryEntry.number, _has(others[0]))
        query = select(HistoryEntry, place.correlate(HistoryEntry).scalar_subquery())
    for term in others:
        query = query.where(
            select(SearchWord.number)
            .where(SearchWord.number == HistoryEntry.number, _has(term))
            .correlate(HistoryEntry)
            .exists()
        )
    return _filtered(query, wanted)


async def _how_many(session: AsyncSession, term: Term) -> int:
    """In how many places a word stands; no more are counted than it takes to know that it is common."""
    some = select(SearchWord.number).where(_has(term)).limit(_FEW).subquery()
    return int(await session.scalar(select(func.count()).select_from(some)) or 0)


def _filtered(query: Select[HistoryEntry, Any], wanted: Filter) -> Select[HistoryEntry, Any]:
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
        answered = select(Message.conversation_id).where(Message.colleague_id == wanted.colleague)
        query = query.where(HistoryEntry.conversation_id.in_(taken.union(answered)))
    if wanted.label:
        labelled = select(Label.conversation_id).where(Label.name == wanted.label)
        query = query.where(HistoryEntry.conversation_id.in_(labelled))
    return query


async def _texts(session: AsyncSession, places: dict[str, int | None], terms: Sequence[Term]) -> dict[str, str]:
    """What is shown of each conversation: the message, or the first note with a word that was looked for."""
    found: dict[str, str] = {}
    known = [and_(Message.conversation_id == talk, Message.seq == seq) for talk, seq in places.items() if seq]
    if known:
        rows = await session.execute(select(Message.conversation_id, Message.text).where(or_(*known)))
        found = {row.conversation_id: row.text for row in rows}
    noted = [talk for talk, seq in places.items() if seq == IN_A_NOTE]
    if noted:
        notes = select(Note.conversation_id, Note.text).where(Note.conversation_id.in_(noted)).order_by(Note.at)
        for talk, text in await session.execute(notes):
            if any(hit for _, hit in around(text, terms)):
                found.setdefault(talk, text)
    return found


async def _colleagues(session: AsyncSession, talks: Collection[str]) -> dict[str, list[str]]:
    """Who answered, in that order, and who had the talk last. One who passed it on is still one of them."""
    answered = select(Message.conversation_id, Message.colleague_id).where(
        Message.conversation_id.in_(talks), Message.colleague_id.is_not(None)
    )
    taken = select(HandoverCase.conversation_id, HandoverCase.claimed_by).where(
        HandoverCase.conversation_id.in_(talks), HandoverCase.claimed_by.is_not(None)
    )
    rows = [
        *await session.execute(answered.order_by(Message.conversation_id, Message.seq)),
        *await session.execute(taken.order_by(HandoverCase.asked_at)),
    ]
    return _grouped([(talk, str(colleague)) for talk, colleague in rows])


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
