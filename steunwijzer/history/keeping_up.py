"""Keeps the history up to date: a row for each conversation that was passed on, and the words that may be found in it.

Nothing in a turn waits for this: it is done now and then, and before each search, for what changed since the last time.
"""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, delete, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from steunwijzer.history.consent import asked_for, passed_on, readable
from steunwijzer.history.words import words
from steunwijzer.store import (
    CallbackRequest,
    Conversation,
    Database,
    HandoverCase,
    HistoryEntry,
    Message,
    Note,
    SearchWord,
)

# A transaction that began earlier may be stored later.
_OVERLAP = timedelta(minutes=2)
_AT_ONCE = 200
_EVER = datetime(1970, 1, 1, tzinfo=UTC)
_SEARCHED = ("inwoner", "medewerker")
# Instead of the number of a message: only an internal note has the word. After all messages, so that those are shown first.
IN_A_NOTE = 2_000_000_000


async def keep_up(database: Database) -> int:
    """Bring the history up to date. Returns how many conversations changed in it.

    In the order in which they changed: who is stopped halfway goes on from there the next time.
    """
    done = 0
    async with database.transaction() as session:
        newest = await session.scalar(select(func.max(HistoryEntry.seen)))
    since = newest - _OVERLAP if newest else _EVER
    async for chosen in _renewals(database, since):
        # Another process that does the same at the same moment does it just as well.
        with contextlib.suppress(IntegrityError):
            async with database.transaction() as session:
                await _renew(session, chosen)
        done += len(chosen)
    return done


async def _renewals(database: Database, since: datetime) -> AsyncIterator[list[str]]:
    """A few conversations at a time: what was said in them changed, or a note was added."""
    after: tuple[datetime, str] = (since, "")
    while True:
        async with database.transaction() as session:
            changed = (await session.execute(_changed(*after))).all()
        if not changed:
            break
        yield [row.id for row in changed]
        after = (changed[-1].updated_at, changed[-1].id)
    async with database.transaction() as session:
        noted = list(await session.scalars(_noted(since)))
    for first in range(0, len(noted), _AT_ONCE):
        yield noted[first : first + _AT_ONCE]


def _noted(since: datetime) -> Select[str]:
    """Conversations with a note that is not in the history yet; a note is no change of the conversation itself."""
    new = or_(HistoryEntry.noted.is_(None), HistoryEntry.noted < Note.at)
    same = HistoryEntry.conversation_id == Note.conversation_id
    return select(Note.conversation_id).join(HistoryEntry, same).where(Note.at >= since, new).distinct()


def _changed(moment: datetime, conversation_id: str) -> Select[str, datetime]:
    """The next conversations with a hand-over or a call-back request that are not in the history as they are now."""
    current = select(HistoryEntry.number).where(
        HistoryEntry.conversation_id == Conversation.id, HistoryEntry.seen == Conversation.updated_at
    )
    case = select(HandoverCase.id).where(HandoverCase.conversation_id == Conversation.id)
    callback = select(CallbackRequest.id).where(CallbackRequest.conversation_id == Conversation.id)
    later = or_(
        Conversation.updated_at > moment, and_(Conversation.updated_at == moment, Conversation.id > conversation_id)
    )
    return (
        select(Conversation.id, Conversation.updated_at)
        .where(Conversation.updated_at >= moment, later, or_(case.exists(), callback.exists()), ~current.exists())
        .order_by(Conversation.updated_at, Conversation.id)
        .limit(_AT_ONCE)
    )


async def _renew(session: AsyncSession, chosen: Sequence[str]) -> None:
    # First a statement that writes: from here on nobody else renews the same rows.
    numbers = await _numbers(session, chosen)
    talks = (await session.scalars(select(Conversation).where(Conversation.id.in_(chosen)))).all()
    cases = _by_conversation(await session.scalars(_of(HandoverCase, chosen).order_by(HandoverCase.asked_at)))
    callbacks = _by_conversation(
        await session.scalars(_of(CallbackRequest, chosen).order_by(CallbackRequest.created_at))
    )
    columns = (Message.conversation_id, Message.seq, Message.sender, Message.at, Message.text)
    said = select(*columns).where(Message.conversation_id.in_(chosen)).order_by(Message.seq)
    messages = _by_conversation(await session.execute(said))
    notes = _by_conversation(await session.scalars(_of(Note, chosen).order_by(Note.at)))
    await session.execute(delete(SearchWord).where(SearchWord.number.in_(numbers.values())))
    rows: dict[str, HistoryEntry] = {}
    gone: list[str] = []
    for talk in talks:
        entry = _entry(talk, cases[talk.id], callbacks[talk.id], messages[talk.id])
        if entry is None:
            gone.append(talk.id)
            continue
        entry["noted"] = max((note.at for note in notes[talk.id]), default=None)
        if talk.id in numbers:
            await session.execute(update(HistoryEntry).where(HistoryEntry.number == numbers[talk.id]).values(**entry))
        else:
            rows[talk.id] = HistoryEntry(conversation_id=talk.id, **entry)
    await session.execute(delete(HistoryEntry).where(HistoryEntry.conversation_id.in_(gone)))
    # Numbered in the order in which they were passed on.
    in_order = sorted(rows.values(), key=lambda row: row.at)
    session.add_all(in_order)
    await session.flush()
    numbers |= {conversation: row.number for conversation, row in rows.items()}
    found = [
        word
        for conversation, number in numbers.items()
        if conversation not in gone
        for word in _words(
            number, readable(messages[conversation], cases[conversation], callbacks[conversation]), notes[conversation]
        )
    ]
    if found:
        await session.execute(insert(SearchWord), sorted(found, key=lambda row: (row["word"], row["number"])))


async def _numbers(session: AsyncSession, chosen: Sequence[str]) -> dict[str, int]:
    """The rows there are already, for this transaction alone."""
    same = update(HistoryEntry).where(HistoryEntry.conversation_id.in_(chosen)).values(messages=HistoryEntry.messages)
    rows = await session.execute(same.returning(HistoryEntry.conversation_id, HistoryEntry.number))
    return {row.conversation_id: row.number for row in rows}


def _of(table: Any, chosen: Sequence[str]) -> Any:
    return select(table).where(table.conversation_id.in_(chosen))


def _by_conversation(rows: Iterable[Any]) -> dict[str, list[Any]]:
    grouped: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        grouped[row.conversation_id].append(row)
    return grouped


def _entry(
    talk: Conversation, cases: list[HandoverCase], callbacks: list[CallbackRequest], messages: list[Any]
) -> dict[str, Any] | None:
    given = passed_on(cases)
    asked = asked_for(callbacks)
    if not given and not asked:
        return None
    last = max(
        [(case.asked_at, 1, case) for case in given] + [(r.created_at, 0, r) for r in asked], key=lambda x: x[:2]
    )[2]
    visible = readable(messages, cases, callbacks)
    own = [message.seq for message in visible if message.sender == "inwoner"]
    return {
        "gemeente": last.gemeente or "",
        "at": min([case.asked_at for case in given] + [request.created_at for request in asked]),
        "seen": talk.updated_at,
        "status": talk.status,
        "topic": last.topic,
        "outcome": last.outcome if isinstance(last, HandoverCase) else last.status,
        "solved": talk.solved,
        "next_step": talk.next_step,
        "first_seq": min(own, default=None),
        "messages": len(visible),
    }


def _words(number: int, messages: Sequence[Any], notes: Sequence[Note]) -> list[dict[str, Any]]:
    """Each word of residents and colleagues with the first message it is in; then what stands in notes only."""
    first: dict[str, int] = {}
    said = [(message.seq, message.text) for message in messages if message.sender in _SEARCHED]
    for seq, text in [*said, *((IN_A_NOTE, note.text) for note in notes)]:
        for forms, _, _ in words(text):
            for form in forms:
                first.setdefault(form, seq)
    return [{"word": word, "number": number, "seq": seq} for word, seq in first.items()]
