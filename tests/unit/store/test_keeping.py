"""Kept, deleted, handed out and closed: what people decide is done and written down. The same on SQLite and PostgreSQL."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from steunwijzer.store import (
    CallbackRequest,
    Conversation,
    Database,
    Decision,
    Deletion,
    Message,
    Statistic,
    closed_doors,
    delete_conversation,
    everything_of,
    set_door,
    set_hold,
)
from tests.unit.store.test_store import NOW, conversation, count, fill


async def keep(database: Database, number: int, *, on_hold: bool = True) -> bool:
    async with database.transaction() as session:
        return await set_hold(session, f"gesprek-{number}", on_hold=on_hold, reason="klacht", who="beheer", now=NOW)


async def call_back(database: Database, number: int, age_days: int = 0) -> None:
    async with database.transaction() as session:
        session.add(
            CallbackRequest(
                id=f"bel-{number}", conversation_id=f"gesprek-{number}", status="open", name="A. de Boer",
                created_at=NOW - timedelta(days=age_days),
            )
        )  # fmt: skip


async def test_what_is_kept_outlives_the_retention_period_until_it_is_let_go(database: Database) -> None:
    await fill(database, conversation(1, age_days=40), conversation(2, age_days=40))
    await call_back(database, 1, age_days=40)
    await call_back(database, 2, age_days=40)
    assert await keep(database, 1)
    assert await database.purge(NOW, 28, 14) == (1, 1)
    assert await count(database, Message) == 1
    assert await keep(database, 1, on_hold=False)
    assert await database.purge(NOW, 28, 14) == (1, 1)
    assert await count(database, Conversation) == await count(database, Message) == 0
    async with database.transaction() as session:
        decided = [
            (row.what, row.subject, row.reason)
            for row in await session.scalars(select(Decision).order_by(Decision.what))
        ]
    assert decided == [("loslaten", "gesprek-1", "klacht"), ("vasthouden", "gesprek-1", "klacht")]


async def test_keeping_what_is_not_there_says_so(database: Database) -> None:
    assert not await keep(database, 9)
    assert await count(database, Decision) == 0


async def test_a_copy_that_was_handed_over_goes_with_its_conversation(database: Database) -> None:
    await fill(database, conversation(1, age_days=40))
    await call_back(database, 1, age_days=1)
    assert await database.purge(NOW, 28, 14) == (1, 1)
    assert await count(database, CallbackRequest) == 0


async def test_how_many_were_deleted_is_noted_and_not_what(database: Database) -> None:
    await fill(database, conversation(1), conversation(2, age_days=40), conversation(3, age_days=40))
    await call_back(database, 1)
    async with database.transaction() as session:
        await database.count(session, NOW.date(), "GM9999", [("onderwerp", "pgb")])
    async with database.transaction() as session:
        await delete_conversation(session, "gesprek-1", "inwoner", NOW)
    await database.purge(NOW, 28, 14)
    await database.purge(NOW, 28, 14)
    async with database.transaction() as session:
        noted = list(await session.scalars(select(Deletion).order_by(Deletion.why)))
    assert [(n.why, n.conversations, n.messages, n.callbacks) for n in noted] == [
        ("bewaartermijn", 2, 2, 0),
        ("inwoner", 1, 1, 1),
    ]
    assert all("gesprek" not in str(value) for n in noted for value in (n.id, n.why))
    assert await count(database, Statistic) == 1


async def test_deleted_text_is_not_in_the_file_any_more(database: Database) -> None:
    address = database._engine.url
    if address.get_backend_name() != "sqlite":
        return
    await fill(database, conversation(1))
    async with database.transaction() as session:
        (await session.get_one(Message, "bericht-1-1")).text = "zeldzaamwoordqxz"
    async with database.transaction() as session:
        await delete_conversation(session, "gesprek-1", "inwoner", NOW)
    await database.close()
    written = Path(str(address.database)).read_bytes()
    assert b"zeldzaamwoordqxz" not in written


async def test_a_resident_gets_everything_there_is_and_no_secret(database: Database) -> None:
    await fill(database, conversation(1), conversation(2))
    await call_back(database, 1)
    async with database.transaction() as session:
        given = await everything_of(session, "gesprek-1")
        assert await everything_of(session, "gesprek-9") is None
    assert given is not None
    assert [message["text"] for message in given["berichten"]] == ["hulp"]
    assert given["terugbelverzoeken"][0]["name"] == "A. de Boer"
    assert "token_hash" not in given["gesprek"]
    assert "gesprek-2" not in json.dumps(given)


async def test_a_door_closes_with_a_reason_and_opens_again(database: Database) -> None:
    for is_open in (False, False, True):
        async with database.transaction() as session:
            await set_door(session, "chat", is_open=is_open, reason="storing", who="beheer", now=NOW)
        async with database.transaction() as session:
            assert await closed_doors(session) == ({} if is_open else {"chat": "storing"})
    assert await count(database, Decision) == 3
