"""Kept, deleted, handed out and closed: what people decide is done and written down. The same on SQLite and PostgreSQL."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from steunwijzer.store import (
    CallbackRequest,
    Conversation,
    Database,
    Decision,
    Deletion,
    HandoverCase,
    Judgement,
    Label,
    MaskedValue,
    Message,
    Note,
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


def case(number: int) -> HandoverCase:
    return HandoverCase(
        id=f"zaak-{number}", conversation_id=f"gesprek-{number}", gemeente="GM9999", state="wachtrij", reason="verzoek",
        summary={"reden": "verzoek"}, shared=[], left_out=[], asked_at=NOW,
    )  # fmt: skip


async def hang_everything_on(database: Database, number: int) -> None:
    """A hand-over with all that belongs to it."""
    async with database.transaction() as session:
        conversation_id = f"gesprek-{number}"
        session.add(case(number))
        session.add(Note(id=f"n{number}", conversation_id=conversation_id, at=NOW, text="Belt liever."))
        session.add(Label(conversation_id=conversation_id, name="val"))
        session.add(MaskedValue(conversation_id=conversation_id, seq=1, number=0, kind="naam", sealed="x"))


async def test_what_was_deleted_is_in_no_file_any_more(database: Database, tmp_path: Path) -> None:
    """Old pages would stay in SQLite's journal as long as it is quiet. PostgreSQL has a vacuum of its own."""

    def read() -> bytes:
        return b"".join(path.read_bytes() for path in tmp_path.glob("test.sqlite*"))

    await fill(database, conversation(1))
    await call_back(database, 1)
    assert (b"A. de Boer" in read()) == (tmp_path / "test.sqlite").exists()
    async with database.transaction() as session:
        await delete_conversation(session, "gesprek-1", "inwoner", NOW)
    assert await database.overwrite_journal()
    assert b"A. de Boer" not in read()


async def test_overwriting_does_not_wait_for_somebody_who_reads(database: Database, tmp_path: Path) -> None:
    if not (tmp_path / "test.sqlite").exists():
        assert await database.overwrite_journal()
        return
    await fill(database, conversation(1))
    with closing(sqlite3.connect(tmp_path / "test.sqlite", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        assert reader.execute("SELECT count(*) FROM conversation").fetchone() == (1,)
        await fill(database, conversation(2))
        assert not await database.overwrite_journal()
    assert await database.overwrite_journal()
    await fill(database, conversation(3))


HANGING = (HandoverCase, Note, Label, MaskedValue)


async def test_a_hand_over_goes_with_its_conversation_and_stays_while_it_is_kept(database: Database) -> None:
    await fill(database, *(conversation(number, age_days=40) for number in (1, 2, 3)))
    for number in (1, 2, 3):
        await hang_everything_on(database, number)
    await keep(database, 1)
    async with database.transaction() as session:
        await delete_conversation(session, "gesprek-2", "inwoner", NOW)
    assert [await count(database, table) for table in HANGING] == [2, 2, 2, 2]
    await database.purge(NOW, 28, 14)
    assert [await count(database, table) for table in HANGING] == [1, 1, 1, 1]
    await keep(database, 1, on_hold=False)
    await database.purge(NOW, 28, 14)
    assert [await count(database, table) for table in HANGING] == [0, 0, 0, 0]


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
        session.add(
            MaskedValue(conversation_id="gesprek-1", seq=1, number=0, kind="telefoonnummer", sealed="dicht:0612")
        )
        session.add(Note(id="n1", conversation_id="gesprek-1", at=NOW, text="Belt liever."))
        session.add(Label(conversation_id="gesprek-1", name="val"))
        session.add(case(1))
        for number in (1, 2):
            thought = {
                "verdict": "fout",
                "remark": f"over {number}",
                "context": {"vraag": "hulp"},
                "colleague_id": None,
                "at": NOW,
            }
            session.add(Judgement(id=f"o{number}", conversation_id=f"gesprek-{number}", seq=1, **thought))
    async with database.transaction() as session:
        given = await everything_of(session, "gesprek-1", lambda sealed: sealed.removeprefix("dicht:"))
        assert await everything_of(session, "gesprek-9", str) is None
    assert given is not None
    assert [message["text"] for message in given["berichten"]] == ["hulp"]
    assert given["terugbelverzoeken"][0]["name"] == "A. de Boer"
    assert given["afgeschermd"] == [{"bericht": 1, "soort": "telefoonnummer", "tekst": "0612"}]
    assert given["notities"][0]["text"] == "Belt liever."
    assert given["labels"] == ["val"]
    assert [(one["remark"], one["context"], "colleague_id" in one) for one in given["oordelen"]] == [
        ("over 1", {"vraag": "hulp"}, False)
    ]
    assert given["naar_een_medewerker"][0]["summary"] == {"reden": "verzoek"}
    assert "token_hash" not in given["gesprek"]
    assert "gesprek-2" not in json.dumps(given)


async def test_a_door_closes_with_a_reason_and_opens_again(database: Database) -> None:
    for is_open in (False, False, True):
        async with database.transaction() as session:
            await set_door(session, "chat", is_open=is_open, reason="storing", who="beheer", now=NOW)
        async with database.transaction() as session:
            assert await closed_doors(session) == ({} if is_open else {"chat": "storing"})
    assert await count(database, Decision) == 3
