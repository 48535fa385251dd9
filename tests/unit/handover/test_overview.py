"""The lists as one colleague sees them, read once for all. The same on SQLite and PostgreSQL."""

from __future__ import annotations

import pytest

from steunwijzer.handover import Overview
from steunwijzer.store import Database, Drafted, add_messages, lock_conversation
from tests.unit.handover.talks import Talks


@pytest.fixture
def talks(database: Database) -> Talks:
    return Talks(database)


async def says(talks: Talks, conversation_id: str, text: str) -> None:
    async with talks.database.transaction() as session:
        found = await lock_conversation(session, conversation_id)
        assert found
        add_messages(session, found, [Drafted("inwoner", text)], talks.moment)


async def test_each_talk_stands_in_the_list_where_it_belongs_for_this_colleague(talks: Talks) -> None:
    sanne, piet = await talks.colleague(), await talks.colleague("Piet Bakker")
    reader = await talks.colleague("Lees Alleen", role="raadpleger")
    other = await talks.colleague("Iemand Elders", "GM0518")
    ordinary, urgent = await talks.waiting(), await talks.waiting(reason="gevaar")
    mine, theirs = await talks.waiting(), await talks.waiting()
    await talks.cases.claim(sanne, mine.id)
    await talks.cases.claim(piet, theirs.id)
    overview = Overview(talks.desk)
    board = await overview.board(sanne)
    assert [entry.case.id for entry in board.waiting] == [urgent.id, ordinary.id]
    assert [entry.case.id for entry in board.mine] == [mine.id]
    assert [(entry.case.id, entry.taken_by) for entry in board.others] == [(theirs.id, "Piet Bakker")]
    assert len((await overview.board(reader)).waiting) == 2
    assert (await overview.board(reader)).mine == []
    assert (await overview.board(other)).waiting == []


async def test_what_the_resident_said_since_a_colleague_spoke_is_counted(talks: Talks) -> None:
    who = await talks.colleague()
    case = await talks.waiting(said=("een", "twee"))
    await talks.cases.claim(who, case.id)
    overview = Overview(talks.desk)
    assert (await overview.board(who)).news == 0
    talks.later(seconds=5)
    await says(talks, case.conversation_id, "drie")
    await says(talks, case.conversation_id, "vier")
    assert (await overview.board(who)).mine[0].unanswered == 2
    talks.later(seconds=5)
    await talks.cases.reply(who, case.id, "Dag.")
    assert (await overview.board(who)).news == 0


async def test_the_mark_changes_when_something_in_the_lists_is_different_and_only_then(talks: Talks) -> None:
    who, case = await talks.colleague(), await talks.waiting()
    overview = Overview(talks.desk)
    first = (await overview.numbers(who)).mark
    assert (await overview.numbers(who)).mark == first
    await talks.cases.claim(who, case.id)
    second = (await overview.numbers(who)).mark
    assert second != first
    await talks.cases.release(who, case.id)
    assert (await overview.numbers(who)).mark == first


async def test_what_is_read_once_for_all_is_read_again_after_a_change(talks: Talks) -> None:
    sanne, piet = await talks.colleague(), await talks.colleague("Piet Bakker")
    overview = Overview(talks.desk)
    assert (await overview.numbers(sanne)).waiting == 0
    case = await talks.waiting()
    talks.desk.changed(case.conversation_id, "GM9999")
    assert (await overview.numbers(piet)).waiting == 1
    assert (await overview.numbers(sanne)).waiting == 1


async def test_what_is_said_in_a_talk_is_news_for_who_has_it_and_for_nobody_else(talks: Talks) -> None:
    sanne, piet = await talks.colleague(), await talks.colleague("Piet Bakker")
    case = await talks.waiting()
    await talks.cases.claim(sanne, case.id)
    overview = Overview(talks.desk)
    before = await overview.numbers(piet)
    assert (await overview.numbers(sanne)).unanswered == 0
    talks.later(seconds=5)
    await says(talks, case.conversation_id, "drie")
    talks.desk.changed(case.conversation_id, "GM9999")
    assert (await overview.numbers(sanne)).unanswered == 1
    assert await overview.numbers(piet) == before


async def test_ended_talks_are_the_newest_first(talks: Talks) -> None:
    who = await talks.colleague()
    cases = [await talks.waiting() for _ in range(3)]
    for case in cases:
        await talks.cases.claim(who, case.id)
        talks.later(minutes=1)
        await talks.cases.close(who, case.id, "beantwoord")
    ended = await Overview(talks.desk).ended(who)
    assert [entry.case.id for entry in ended] == [case.id for case in reversed(cases)]
