"""What was passed on is found back, by words and by what is known of it; what was not, is not. On SQLite and PostgreSQL."""

from __future__ import annotations

import asyncio
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from steunwijzer import history
from steunwijzer.history import keeping_up
from steunwijzer.history.words import around, asked
from steunwijzer.store import (
    Conversation,
    Database,
    HandoverCase,
    HistoryEntry,
    Label,
    Note,
    SearchWord,
    delete_conversation,
)
from tests.unit.history.stories import HERE, NOW, call_back, case, colleague, message, talk


async def find(database: Database, words: str = "", gemeenten: tuple[str, ...] = (HERE,), **filters: Any) -> list[str]:
    await history.keep_up(database)
    async with database.transaction() as session:
        page = await history.search(session, history.Filter(gemeenten, words, **filters))
    return [found.conversation_id for found in page.found]


async def open_talk(database: Database, name: str, *gemeenten: str) -> history.Talk | None:
    async with database.transaction() as session:
        return await history.conversation(session, gemeenten or (HERE,), name)


async def test_newest_first_and_page_after_page_without_gap_or_double(database: Database) -> None:
    for number in range(7):
        await talk(database, f"gesprek-{number}", "hulp", minutes_ago=100 - number)
        await history.keep_up(database)
    seen: list[str] = []
    before = None
    async with database.transaction() as session:
        while True:
            page = await history.search(session, history.Filter((HERE,), "hulp"), before=before, limit=3)
            seen += [found.conversation_id for found in page.found]
            before = page.next
            if before is None:
                break
    assert seen == [f"gesprek-{number}" for number in (6, 5, 4, 3, 2, 1, 0)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("rolstoel", True),
        ("ROLSTOELEN", True),
        ("rólstoel", True),
        ("rolstoel dochter", True),
        ("dochters rolstoelen", True),
        ("rolstoel scootmobiel", False),
        ("de", False),
        ("?!", False),
        ("indicatie", False),  # only the assistant said that
        ("'; DROP TABLE message; --", False),
        ("rolst", True),
        ("ROLST dochter", True),
        ("rol", True),
        ("ro", False),  # two letters begin too much
        ("olstoel", False),
        ("krijgen hul", True),
    ],
)
async def test_words_are_found_in_any_form_all_of_them_in_any_message(
    database: Database, words: str, found: bool
) -> None:
    await talk(database, "een", "Mijn dochter zit in een Rolstoel", "Kan ik hulp krijgen?")
    await talk(database, "ander", "scootmobiel")
    assert await find(database, words) == (["een"] if found else [])


async def test_the_word_is_shown_where_it_was_said(database: Database) -> None:
    await talk(
        database,
        "een",
        "goedemiddag",
        "Wij zoeken al " + "heel lang " * 40 + "een rolstoel voor thuis " + "en buiten " * 40,
    )
    await history.keep_up(database)
    async with database.transaction() as session:
        (found,) = (await history.search(session, history.Filter((HERE,), "rolstoelen"))).found
        (first,) = (await history.search(session, history.Filter((HERE,)))).found
    assert [part for part, hit in found.snippet if hit] == ["rolstoel"]
    whole = "".join(part for part, _ in found.snippet)
    assert whole.startswith("… ")
    assert whole.endswith(" …")
    assert len(whole) < 220
    assert [part for part, _ in first.snippet] == ["goedemiddag"]


@pytest.mark.parametrize(
    "typed", ["hui", "huish", "huishoud", "huishoude", "huishoudelij", "huishoudelijke", "Huishoúdelijk"]
)
async def test_every_start_of_a_word_finds_it_also_where_the_stem_is_shorter(database: Database, typed: str) -> None:
    await talk(database, "een", "Ik zoek huishoudelijke hulp")
    await talk(database, "ander", "Ik zoek een huisarts" if len(typed) > 4 else "Ik zoek een arts")
    assert await find(database, typed) == ["een"]
    async with database.transaction() as session:
        (found,) = (await history.search(session, history.Filter((HERE,), typed))).found
    assert [part for part, hit in found.snippet if hit] == ["huishoudelijke"]


async def test_a_word_in_a_note_is_found_also_when_the_note_came_later(database: Database) -> None:
    await talk(database, "een", "Ik zoek hulp", minutes_ago=60)
    await talk(database, "ander", "Ik zoek hulp")
    assert await find(database, "scootmobiel") == []
    async with database.transaction() as session:
        for number, text in enumerate(("Belt morgen terug.", "Wil een scootmobiel")):
            session.add(
                Note(id=f"notitie-{number}", conversation_id="een", at=NOW + timedelta(minutes=number), text=text)
            )
    assert await find(database, "scootm") == ["een"]
    assert await history.keep_up(database) == 0
    async with database.transaction() as session:
        (found,) = (await history.search(session, history.Filter((HERE,), "scootmobiel"))).found
        (said,) = (await history.search(session, history.Filter((HERE,), "scootmobiel hulp"))).found
    assert (found.from_note, "".join(part for part, _ in found.snippet)) == (True, "Wil een scootmobiel")
    assert said.conversation_id == "een"
    await talk(database, "nog-een", "Mijn scootmobiel is stuk")
    async with database.transaction() as session:
        session.add(Note(id="notitie-9", conversation_id="nog-een", at=NOW, text="scootmobiel"))
    await history.keep_up(database)
    async with database.transaction() as session:
        first = (await history.search(session, history.Filter((HERE,), "scootmobiel"))).found[0]
    # What somebody said goes before what was noted about it.
    assert (first.conversation_id, first.from_note) == ("nog-een", False)


async def test_a_common_word_is_looked_for_in_the_newest_talks_and_finds_the_same(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        await talk(
            database, f"gesprek-{number}", "een rolstoel en hulp" if number % 2 else "hulpvraag", minutes_ago=number
        )
    monkeypatch.setattr(sys.modules["steunwijzer.history.search"], "_FEW", 1)
    assert await find(database, "hulp") == [f"gesprek-{number}" for number in range(5)]
    assert await find(database, "hulp rolst") == ["gesprek-1", "gesprek-3"]
    assert await find(database, "nergens") == []


async def test_newest_is_by_when_it_was_passed_on_and_the_next_page_goes_on_there(database: Database) -> None:
    await talk(database, "nieuw", "hulp")
    await history.keep_up(database)
    # Made later in the history, passed on earlier.
    await talk(database, "oud", "hulp", minutes_ago=1)
    assert await find(database) == await find(database, "hulp") == ["nieuw", "oud"]
    async with database.transaction() as session:
        page = await history.search(session, history.Filter((HERE,)), limit=1)
        rest = await history.search(session, history.Filter((HERE,)), before=page.next)
        gone = await history.search(session, history.Filter((HERE,)), before=99)
    assert [found.conversation_id for found in rest.found] == ["oud"]
    assert len(gone.found) == 2


async def test_the_first_page_reads_the_newest_by_date_and_sorts_nothing(database: Database) -> None:
    if database._engine.url.get_backend_name() != "sqlite":
        pytest.skip("EXPLAIN QUERY PLAN is van SQLite")
    asked_for: list[tuple[str, Any]] = []
    event.listen(
        database._engine.sync_engine, "before_cursor_execute", lambda *given: asked_for.append((given[2], given[3]))
    )
    async with database.transaction() as session:
        await history.search(session, history.Filter((HERE,)))
    query = next(one for one in asked_for if one[0].lstrip().startswith("SELECT"))
    async with database.transaction() as session:
        raw = await session.connection()
        plan = [str(row[3]) for row in await raw.exec_driver_sql(f"EXPLAIN QUERY PLAN {query[0]}", query[1])]
    assert plan == ["SEARCH history_entry USING INDEX ix_history_entry_newest (gemeente=?)"]


def test_a_snippet_holds_every_letter_once() -> None:
    for text in ("pgb", "wat is een pgb?", "pgb pgb pgb", "x" * 500 + " pgb", "pgb " + "y" * 500, ""):
        parts = around(text, asked("pgb"))
        assert "".join(part for part, _ in parts).strip("… ") in text
        assert [part for part, hit in parts if hit] == ["pgb"] * text.count("pgb")


async def test_what_was_not_passed_on_is_not_there(database: Database) -> None:
    await talk(database, "alleen-met-assistent", "geheimpje", cases=0)
    await talk(database, "ingetrokken", "geheimpje", outcome="ingetrokken")
    await talk(database, "doorgegeven", "openbaar")
    assert await find(database) == ["doorgegeven"]
    assert await find(database, "geheimpje") == []
    assert await open_talk(database, "alleen-met-assistent") is None
    assert await open_talk(database, "ingetrokken") is None


async def test_what_was_kept_back_is_not_found_and_not_read(database: Database) -> None:
    await talk(database, "een", "mijn geheimpje", "een rolstoel", left_out=[1, 2])
    assert await find(database, "geheimpje") == []
    assert await find(database, "rolstoel") == ["een"]
    opened = await open_talk(database, "een")
    assert opened is not None
    assert [m.seq for m in opened.messages] == [3, 4]
    async with database.transaction() as session:
        (found,) = (await history.search(session, history.Filter((HERE,)))).found
    assert "".join(part for part, _ in found.snippet) == "een rolstoel"
    assert found.messages == 2


async def test_what_is_said_to_the_assistant_after_the_colleague_left_is_not_read(database: Database) -> None:
    await talk(database, "een", "rolstoel")
    async with database.transaction() as session:
        session.add(message("een", 3, "medewerker", "goedemiddag", NOW + timedelta(minutes=4)))
        session.add(message("een", 4, "inwoner", "geheimpje", NOW + timedelta(minutes=6)))
    assert await find(database, "geheimpje") == []
    opened = await open_talk(database, "een")
    assert opened is not None
    assert [m.seq for m in opened.messages] == [1, 2, 3]


async def test_what_was_kept_back_first_may_be_passed_on_later(database: Database) -> None:
    await talk(database, "een", "geheimpje", left_out=[1])
    assert await find(database, "geheimpje") == []
    async with database.transaction() as session:
        session.add(case("een", NOW + timedelta(hours=1), 1))
        await session.execute(update(Conversation).values(updated_at=NOW + timedelta(hours=1)))
    assert await find(database, "geheimpje") == ["een"]


async def test_a_call_back_is_found_without_its_text(database: Database) -> None:
    await talk(database, "een", "geheimpje", cases=0)
    async with database.transaction() as session:
        session.add(call_back("een"))
    assert await find(database, topic="vervoer") == ["een"]
    assert await find(database, outcome="open") == ["een"]
    assert await find(database, "geheimpje") == []
    opened = await open_talk(database, "een")
    assert opened is not None
    assert opened.messages == []
    assert await open_talk(database, "een", "GM0001") is None


async def test_nobody_finds_what_is_of_another_municipality(database: Database) -> None:
    await talk(database, "een", "rolstoel", gemeente="GM0001")
    assert await find(database, "rolstoel") == await find(database) == await find(database, gemeenten=()) == []
    assert await find(database, "rolstoel", ("GM0001", HERE)) == ["een"]
    assert await open_talk(database, "een") is None


async def test_each_filter_lets_through_what_it_says(database: Database) -> None:
    await colleague(database, "anna", "bert")
    await talk(database, "oud", "hulp", minutes_ago=3000, topic="vervoer", outcome="doorverwezen", claimed_by="anna")
    await talk(database, "nieuw", "hulp", topic="pgb_uitleg", outcome="beantwoord", claimed_by="bert")
    async with database.transaction() as session:
        session.add(Label(conversation_id="oud", name="klacht"))
        await session.execute(
            update(Conversation).where(Conversation.id == "oud").values(solved="nee", status="teruggegeven")
        )
    day_ago = NOW - timedelta(days=1)
    for filters in (
        {"topic": "vervoer"}, {"outcome": "doorverwezen"}, {"status": "teruggegeven"}, {"solved": "nee"}, {"colleague": "anna"},
        {"label": "klacht"}, {"until": day_ago}, {"words": "hulp", "label": "klacht", "solved": "nee", "topic": "vervoer"},
    ):  # fmt: skip
        assert await find(database, **filters) == ["oud"], filters
    assert await find(database, since=day_ago) == ["nieuw"]
    assert await find(database, topic="vervoer", colleague="bert") == []
    async with database.transaction() as session:
        page = await history.search(session, history.Filter((HERE,), label="klacht"))
        assert (page.found[0].labels, page.found[0].colleagues) == (["klacht"], ["anna"])
        assert await history.count(session, history.Filter((HERE,), "hulp")) == 2
        assert await history.count(session, history.Filter((HERE,), "hulp", topic="vervoer")) == 1


async def test_who_answered_and_passed_the_talk_on_is_found_too(database: Database) -> None:
    await colleague(database, "anna", "bert", "carla")
    await talk(database, "een", "hulp", claimed_by="bert")
    async with database.transaction() as session:
        session.add(message("een", 3, "medewerker", "Dag, met Anna.", colleague_id="anna"))
    found = {name: await find(database, colleague=name) for name in ("anna", "bert", "carla")}
    assert found == {"anna": ["een"], "bert": ["een"], "carla": []}
    async with database.transaction() as session:
        (one,) = (await history.search(session, history.Filter((HERE,)))).found
        assert one.colleagues == ["anna", "bert"]


async def test_a_talk_that_goes_on_stays_up_to_date(database: Database) -> None:
    await talk(database, "een", "rolstoel", ended_at=None, state="in_gesprek", outcome=None)
    assert await find(database, "scootmobiel") == []
    async with database.transaction() as session:
        session.add(message("een", 3, "medewerker", "Bedoelt u een scootmobiel?"))
        await session.execute(update(Conversation).values(updated_at=NOW + timedelta(minutes=1)))
    assert await find(database, "scootmobiel") == ["een"]
    async with database.transaction() as session:
        await session.execute(update(HandoverCase).values(outcome="ingetrokken"))
        await session.execute(update(Conversation).values(updated_at=NOW + timedelta(minutes=2)))
    assert await find(database) == []
    async with database.transaction() as session:
        assert await session.scalar(select(func.count()).select_from(SearchWord)) == 0


async def test_nothing_is_done_twice_when_nothing_changed(database: Database) -> None:
    await talk(database, "een", "rolstoel")
    assert await history.keep_up(database) == 1
    assert await history.keep_up(database) == 0


async def test_who_is_stopped_halfway_goes_on_from_there(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(4):
        # The names go the other way round than the moments.
        await talk(database, f"gesprek-{number}", "rolstoel", minutes_ago=number * 60)
    renew, done = keeping_up._renew, []

    async def stops_after_two(session: AsyncSession, chosen: list[str]) -> None:
        if len(done) == 2:
            raise OSError("de stroom valt uit")
        done.append(chosen)
        await renew(session, chosen)

    monkeypatch.setattr(keeping_up, "_AT_ONCE", 1)
    monkeypatch.setattr(keeping_up, "_renew", stops_after_two)
    with pytest.raises(OSError, match="stroom"):
        await history.keep_up(database)
    monkeypatch.setattr(keeping_up, "_renew", renew)
    assert await history.keep_up(database) == 2
    assert await find(database, "rolstoel") == [f"gesprek-{number}" for number in range(4)]


async def test_many_who_bring_it_up_to_date_at_once_do_it_once(database: Database) -> None:
    for number in range(5):
        await talk(database, f"gesprek-{number}", "rolstoel")
    await asyncio.gather(*(history.keep_up(database) for _ in range(6)))
    assert len(await find(database, "rolstoel")) == 5
    async with database.transaction() as session:
        assert await session.scalar(select(func.count()).select_from(HistoryEntry)) == 5


async def test_deleted_words_are_not_in_the_file_any_more(database: Database) -> None:
    address = database._engine.url
    await talk(database, "een", "zeldzaamwoordqxz")
    await talk(database, "ander", "rolstoel")
    assert await find(database, "zeldzaamwoordqxz") == ["een"]
    async with database.transaction() as session:
        await delete_conversation(session, "een", "inwoner", NOW)
    assert await find(database, "zeldzaamwoordqxz") == []
    async with database.transaction() as session:
        words = list(await session.scalars(select(SearchWord.word)))
    assert words == ["rolstoel"]
    if address.get_backend_name() == "sqlite":
        await database.close()
        assert b"zeldzaamwoordqxz" not in Path(str(address.database)).read_bytes()


async def test_a_long_talk_is_opened_in_two_queries(database: Database) -> None:
    await talk(database, "een", *(f"vraag {number}" for number in range(250)), cases=2)
    asked_for: list[str] = []
    event.listen(database._engine.sync_engine, "before_cursor_execute", lambda *given: asked_for.append(given[2]))
    opened = await open_talk(database, "een")
    assert opened is not None
    assert (len(opened.messages), len(opened.cases)) == (500, 2)
    assert len([statement for statement in asked_for if statement.lstrip().upper().startswith("SELECT")]) == 2
