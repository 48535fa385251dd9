"""What is stored together stays together; text goes in time, counters stay. The same on SQLite and PostgreSQL."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, insert, select
from sqlalchemy.exc import IntegrityError

from steunwijzer.clock import NETHERLANDS
from steunwijzer.store import CallbackRequest, Choice, Conversation, Database, Message, Statistic, Turn
from steunwijzer.store.database import MIGRATIONS, newest_revision
from steunwijzer.store.tables import Base

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def conversation(number: int, age_days: int = 0) -> Conversation:
    moment = NOW - timedelta(days=age_days)
    return Conversation(
        id=f"gesprek-{number}", token_hash="x" * 64, gemeente="GM9999", taal="nl", status="bot",
        state={"slots": {"wet": "wmo"}}, summary={}, last_seq=1, created_at=moment, updated_at=moment,
    )  # fmt: skip


def message(number: int, seq: int = 1) -> Message:
    return Message(
        id=f"bericht-{number}-{seq}", conversation_id=f"gesprek-{number}", seq=seq, sender="inwoner", at=NOW, text="hulp",
        choices=[], blocks=[{"type": "contact"}], answer_key=None,
    )  # fmt: skip


async def count(database: Database, table: type[Any]) -> int:
    async with database.transaction() as session:
        return int(await session.scalar(select(func.count()).select_from(table)) or 0)


async def fill(database: Database, *conversations: Conversation) -> None:
    for item in conversations:
        number = int(item.id.split("-")[1])
        async with database.transaction() as session:
            session.add(item)
            await session.flush()
            session.add(message(number))
            session.add(Choice(id=f"keuze-{number}", conversation_id=item.id, label="Ja", payload="/bevestigen"))
            session.add(Turn(conversation_id=item.id, client_id="a", request_hash="h", reply={"messages": []}))


async def test_migrations_make_the_tables_of_the_code(database: Database) -> None:
    async with database._engine.connect() as connection:
        differences = await connection.run_sync(
            lambda sync: compare_metadata(MigrationContext.configure(sync), Base.metadata)
        )
    assert differences == []


async def test_migrating_twice_changes_nothing(database: Database) -> None:
    await fill(database, conversation(1))
    await database.migrate()
    assert await count(database, Conversation) == 1


async def test_what_goes_in_comes_out(database: Database) -> None:
    await fill(database, conversation(1))
    async with database.transaction() as session:
        stored = await session.get_one(Conversation, "gesprek-1")
        said = await session.get_one(Message, "bericht-1-1")
    assert stored.state == {"slots": {"wet": "wmo"}}
    assert said.blocks == [{"type": "contact"}]


async def test_a_moment_in_the_time_of_the_netherlands_stays_that_moment(database: Database) -> None:
    summer = datetime(2026, 7, 1, 17, tzinfo=NETHERLANDS)
    async with database.transaction() as session:
        session.add(CallbackRequest(id="bel", status="open", created_at=NOW, promised_until=summer))
    kept = CallbackRequest.promised_until
    async with database.transaction() as session:
        assert await session.scalar(select(kept)) == summer
        sooner = select(func.count()).where(kept < summer + timedelta(minutes=1), kept > summer - timedelta(minutes=1))
        assert await session.scalar(sooner) == 1


async def test_half_a_turn_is_no_turn(database: Database) -> None:
    await fill(database, conversation(1))
    with pytest.raises(RuntimeError):
        async with database.transaction() as session:
            stored = await session.get_one(Conversation, "gesprek-1")
            stored.state = {"slots": {"wet": "wlz"}}
            session.add(message(1, seq=2))
            await session.flush()
            raise RuntimeError("de stroom valt uit")
    async with database.transaction() as session:
        assert (await session.get_one(Conversation, "gesprek-1")).state == {"slots": {"wet": "wmo"}}
    assert await count(database, Message) == 1


async def test_a_sequence_number_is_used_once(database: Database) -> None:
    await fill(database, conversation(1))
    with pytest.raises(IntegrityError):
        async with database.transaction() as session:
            twin = message(1)
            twin.id = "bericht-1-1b"
            session.add(twin)


async def test_old_text_goes_with_everything_that_hangs_on_it_and_counters_stay(database: Database) -> None:
    await fill(database, conversation(1, age_days=30), conversation(2, age_days=3))
    async with database.transaction() as session:
        await database.count(session, date(2026, 10, 25), "GM9999", [("onderwerp", "pgb_uitleg")])
    assert await database.purge(NOW, conversation_days=28, callback_days=14) == (1, 0)
    assert [await count(database, table) for table in (Conversation, Message, Choice, Turn)] == [1, 1, 1, 1]
    assert await count(database, Statistic) == 1


async def test_call_backs_have_their_own_retention(database: Database) -> None:
    async with database.transaction() as session:
        for number, days in ((1, 20), (2, 2)):
            session.add(CallbackRequest(id=f"t{number}", status="open", created_at=NOW - timedelta(days=days)))
    assert await database.purge(NOW, conversation_days=28, callback_days=14) == (0, 1)
    assert await count(database, CallbackRequest) == 1


async def test_a_large_backlog_goes_at_once(database: Database) -> None:
    # More rows than a database takes parameters in one statement.
    rows = [
        {
            "id": str(number), "token_hash": "x", "gemeente": None, "taal": "nl", "status": "bot", "state": {}, "summary": {},
            "last_seq": 0, "created_at": NOW - timedelta(days=60), "updated_at": NOW - timedelta(days=60),
        }
        for number in range(40_000)
    ]  # fmt: skip
    async with database.transaction() as session:
        await session.execute(insert(Conversation), rows)
    assert await database.purge(NOW, conversation_days=28, callback_days=14) == (40_000, 0)


async def add_counts(database: Database, *counted: tuple[str, str]) -> None:
    async with database.transaction() as session:
        await database.count(session, NOW.date(), None, counted)


async def counts(database: Database) -> dict[str, int]:
    async with database.transaction() as session:
        return {row.key: row.count for row in await session.scalars(select(Statistic))}


async def test_counters_count_also_when_many_count_at_once_in_any_order(database: Database) -> None:
    one, other = ("onderwerp", "wlz"), ("onderwerp", "pgb")
    await asyncio.gather(*(add_counts(database, *((one, other) if n % 2 else (other, one))) for n in range(12)))
    assert await counts(database) == {"wlz": 12, "pgb": 12}


async def test_the_same_counter_twice_in_one_turn_counts_twice(database: Database) -> None:
    await add_counts(database, ("onderwerp", "wlz"), ("onderwerp", "wlz"))
    assert await counts(database) == {"wlz": 2}


async def test_a_turn_that_fails_is_not_counted(database: Database) -> None:
    with pytest.raises(RuntimeError):
        async with database.transaction() as session:
            await database.count(session, NOW.date(), None, [("onderwerp", "wlz")])
            raise RuntimeError("de stroom valt uit")
    assert await counts(database) == {}


async def test_texts_of_editors_may_be_long(database: Database) -> None:
    await fill(database, conversation(1))
    async with database.transaction() as session:
        session.add(Choice(id="lang", conversation_id="gesprek-1", label="l" * 500, payload="/" + "p" * 2000))
    assert await count(database, Choice) == 2


async def test_an_older_database_keeps_its_text_when_it_is_brought_up_to_date(database: Database) -> None:
    await fill(database, conversation(1))

    def back_and_forth(connection: Connection) -> None:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")

    async with database._engine.begin() as connection:
        await connection.run_sync(back_and_forth)
    await database.migrate()
    assert await count(database, Message) == 1
    assert await count(database, Choice) == 1


def test_the_last_migration_is_the_one_alembic_goes_to() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert newest_revision() == ScriptDirectory.from_config(config).get_current_head()
