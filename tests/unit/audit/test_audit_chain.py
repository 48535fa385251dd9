"""The log holds together: numbered, chained, refused to change, also with many writers. The same on SQLite and PostgreSQL."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from steunwijzer import audit
from steunwijzer.store import AuditEntry, AuditHead, AuditSeal, Database, Label
from tests.unit.store.test_store import conversation, fill

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


async def log(database: Database, *subjects: str, at: datetime = NOW, gemeente: str = "GM9999") -> None:
    async with database.transaction() as session:
        for subject in subjects:
            await audit.append(
                session, at=at, who="collega-1", gemeente=gemeente, act="gesprek_geopend", subject=subject, detail={"aantal": 2}
            )  # fmt: skip


async def numbers(database: Database) -> list[int]:
    async with database.transaction() as session:
        return list(await session.scalars(select(AuditEntry.number).order_by(AuditEntry.number)))


async def tamper(database: Database, *statements: str) -> None:
    """As the owner of the database could: guards off first."""
    async with database._engine.begin() as connection:
        if database._engine.url.get_backend_name() == "sqlite":
            guards = await connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'audit%'"))  # fmt: skip
            for name in guards.all():
                await connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            await connection.execute(text("DROP FUNCTION audit_guard() CASCADE"))
        for statement in statements:
            await connection.execute(text(statement))


async def test_entries_are_numbered_and_hang_together(database: Database) -> None:
    await log(database, "gesprek:1", "gesprek:2")
    await log(database, "gesprek:3")
    assert await numbers(database) == [1, 2, 3]
    async with database.transaction() as session:
        rows = list(await session.scalars(select(AuditEntry).order_by(AuditEntry.number)))
    assert [row.subject for row in rows] == ["gesprek:1", "gesprek:2", "gesprek:3"]
    assert [row.previous for row in rows] == [audit.GENESIS, rows[0].hash, rows[1].hash]
    verdict = await audit.verify(database)
    assert verdict == audit.Verdict(3, 3, rows[2].hash)
    assert verdict.sound


async def test_an_empty_log_is_sound(database: Database) -> None:
    assert await audit.verify(database) == audit.Verdict(0, 0, audit.GENESIS)


async def test_the_hash_is_the_same_on_every_machine() -> None:
    entry = audit.Entry(NOW, "collega-1", "GM9999", "gesprek_geopend", "gesprek:1", {"reden": "klacht é", "aantal": 2})
    elsewhere = audit.Entry(NOW.astimezone(timezone(timedelta(hours=2))), *list(vars(entry).values())[1:])
    assert audit.hash_of(7, entry, audit.GENESIS) == audit.hash_of(7, elsewhere, audit.GENESIS)
    assert audit.hash_of(7, entry, audit.GENESIS) == "2478efefcc0a2f7c56b426c993274dfc7959ebde42fca4a2bacf06fed23f0a39"


async def test_what_is_rolled_back_is_not_logged(database: Database) -> None:
    with pytest.raises(RuntimeError):
        async with database.transaction() as session:
            await audit.append(session, at=NOW, who="a", gemeente="", act="x", subject="y")
            raise RuntimeError("de stroom valt uit")
    await log(database, "gesprek:1")
    assert await numbers(database) == [1]


async def test_an_act_that_cannot_be_logged_does_not_happen(database: Database) -> None:
    await fill(database, conversation(1))
    await tamper(database, "DELETE FROM audit_head")
    with pytest.raises(Exception, match="No row"):
        async with database.transaction() as session:
            session.add(Label(conversation_id="gesprek-1", name="klacht"))
            await audit.append(session, at=NOW, who="a", gemeente="", act="x", subject="y")
    async with database.transaction() as session:
        assert await session.scalar(select(func.count()).select_from(Label)) == 0


async def test_many_writers_at_once_leave_no_gap_and_no_fork(database: Database) -> None:
    await fill(database, *(conversation(n) for n in range(1, 31)))

    async def act(number: int) -> None:
        async with database.transaction() as session:
            # Half log first and then change something, half the other way round: neither may wait for the other forever.
            if number % 2:
                await audit.append(session, at=NOW, who="a", gemeente="", act="x", subject=f"gesprek:{number}")
            session.add(Label(conversation_id=f"gesprek-{number}", name="druk"))
            await database.count(session, NOW.date(), None, [("test", "druk")])
            if not number % 2:
                await audit.append(session, at=NOW, who="a", gemeente="", act="x", subject=f"gesprek:{number}")

    await asyncio.gather(*(act(number) for number in range(1, 31)))
    assert await numbers(database) == list(range(1, 31))
    assert (await audit.verify(database)).sound


async def test_two_processes_write_one_chain(database: Database) -> None:
    other = Database(database._engine.url.render_as_string(hide_password=False))
    try:
        await asyncio.gather(*(log(place, f"gesprek:{n}") for n in range(15) for place in (database, other)))
    finally:
        await other.close()
    assert await numbers(database) == list(range(1, 31))
    assert (await audit.verify(database)).sound


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET subject = 'gesprek:9' WHERE number = 1",
        "DELETE FROM audit_entry WHERE number = 2",
        "DELETE FROM audit_entry",
        "DELETE FROM audit_head",
        "INSERT INTO audit_entry SELECT 9, at, who, gemeente, act, subject, detail, previous, hash FROM audit_entry WHERE number = 1",
        "INSERT INTO audit_seal SELECT number, hash, at FROM audit_entry WHERE number = 2",
    ],
)
async def test_the_database_refuses_to_change_what_was_logged(database: Database, statement: str) -> None:
    await log(database, "gesprek:1", "gesprek:2", at=datetime.now(UTC))
    with pytest.raises(DBAPIError, match="audit_"):
        async with database._engine.begin() as connection:
            await connection.execute(text(statement))
    assert (await audit.verify(database)).sound


@pytest.mark.parametrize(
    ("statement", "broken", "why"),
    [
        ("UPDATE audit_entry SET subject = 'gesprek:9' WHERE number = 2", 2, "is veranderd"),
        ("UPDATE audit_entry SET detail = '{\"aantal\": 3}' WHERE number = 1", 1, "is veranderd"),
        ("UPDATE audit_entry SET at = '2026-11-24 12:00:00.000001' WHERE number = 3", 3, "is veranderd"),
        ("DELETE FROM audit_entry WHERE number = 2", 2, "ontbreekt"),
        ("DELETE FROM audit_entry WHERE number = 1", 1, "ontbreekt"),
        ("DELETE FROM audit_entry WHERE number = 3", 3, "ontbreekt"),
        ("UPDATE audit_head SET number = 2", 2, "is niet de laatste die is geschreven"),
    ],
)
async def test_the_first_broken_entry_is_found(database: Database, statement: str, broken: int, why: str) -> None:
    await log(database, "gesprek:1", "gesprek:2", "gesprek:3")
    await tamper(database, statement)
    verdict = await audit.verify(database)
    assert (verdict.broken, verdict.why) == (broken, why)


async def test_a_whole_new_chain_is_shown_by_a_hash_that_was_kept_elsewhere(database: Database) -> None:
    await log(database, "gesprek:1", "gesprek:2")
    kept = await audit.verify(database)
    await tamper(database, "DELETE FROM audit_entry", f"UPDATE audit_head SET number = 0, hash = '{audit.GENESIS}'")
    await log(database, "gesprek:1", "gesprek:3")
    assert (await audit.verify(database)).sound
    verdict = await audit.verify(database, known=(kept.last, kept.hash))
    assert (verdict.broken, verdict.why) == (2, "is een andere dan toen is opgeschreven")
    assert (await audit.verify(database, known=(9, kept.hash))).why == "is er niet (meer)"


async def test_old_entries_go_with_a_seal_and_the_chain_goes_on(database: Database) -> None:
    await log(database, "gesprek:1", "gesprek:2", at=LONG_AGO)
    await log(database, "gesprek:3", at=datetime.now(UTC))
    kept = await audit.verify(database)
    async with database.transaction() as session:
        assert await audit.seal(session, datetime.now(UTC), years=3) == 2
    assert await numbers(database) == [3, 4]
    verdict = await audit.verify(database, known=(kept.last, kept.hash))
    assert (verdict.sound, verdict.checked, verdict.last) == (True, 2, 4)
    async with database.transaction() as session:
        sealed = (await session.scalars(select(AuditSeal))).one()
        said = await session.get_one(AuditEntry, 4)
        assert await audit.seal(session, datetime.now(UTC), years=3) == 0
    assert (sealed.number, said.act, said.detail["regels"]) == (2, "logboek_opgeschoond", 2)
    await tamper(database, "DELETE FROM audit_entry WHERE number = 3")
    assert (await audit.verify(database)).broken == 3


async def test_a_log_that_is_old_as_a_whole_starts_again_after_the_seal(database: Database) -> None:
    await log(database, "gesprek:1", at=LONG_AGO)
    async with database.transaction() as session:
        assert await audit.seal(session, datetime.now(UTC), years=3) == 1
    await log(database, "gesprek:2")
    assert await numbers(database) == [2, 3]
    assert (await audit.verify(database)).sound


async def test_a_retention_of_less_than_a_year_is_refused(database: Database) -> None:
    await log(database, "gesprek:1", at=datetime.now(UTC) - timedelta(days=100))
    with pytest.raises(DBAPIError, match="older than a year"):
        async with database.transaction() as session:
            await audit.seal(session, datetime.now(UTC), years=0)
    assert await numbers(database) == [1]


@pytest.mark.parametrize(
    "wrong",
    [
        {"act": "a" * 41},
        {"subject": "gesprek:\x00"},
        {"who": "w" * 37},
        {"at": datetime(2026, 11, 24, 12)},
        {"detail": {"x": object()}},
        {"detail": {"x": "y" * 2001}},
        {"detail": {"x": float("nan")}},
    ],
)
async def test_what_does_not_fit_is_refused_at_once(database: Database, wrong: dict[str, object]) -> None:
    given = {"at": NOW, "who": "a", "gemeente": "", "act": "x", "subject": "y", **wrong}
    with pytest.raises(ValueError, match=r"\w"):
        async with database.transaction() as session:
            await audit.append(session, **given)  # type: ignore[arg-type]
    assert await numbers(database) == []


async def test_a_reason_in_any_letters_comes_back_sound(database: Database) -> None:
    reasons = ["café — 'ja'; \"nee\"", "\u0001\u2028", "🦆 <script>", "=1+1"]
    async with database.transaction() as session:
        for reason in reasons:
            await audit.append(session, at=NOW, who="a", gemeente="", act="x", subject="y", detail={"reden": reason})
    async with database.transaction() as session:
        stored = list(await session.scalars(select(AuditEntry.detail).order_by(AuditEntry.number)))
    assert [detail["reden"] for detail in stored] == reasons
    assert (await audit.verify(database)).sound


async def test_the_log_is_looked_up_page_by_page_and_only_of_own_municipalities(database: Database) -> None:
    await log(database, *(f"gesprek:{n}" for n in range(5)))
    await log(database, "gesprek:9", gemeente="GM0001")
    mine = audit.Filter({"GM9999"})
    async with database.transaction() as session:
        first = await audit.entries(session, mine, limit=3)
        rest = await audit.entries(session, mine, limit=3, before=first[-1].number)
        one = await audit.entries(session, audit.Filter({"GM9999"}, subject="gesprek:2"))
        none = await audit.entries(session, audit.Filter({"GM9999"}, since=NOW + timedelta(hours=1)))
        assert await audit.entries(session, audit.Filter(())) == []
    assert [row.subject for row in first + rest] == [f"gesprek:{n}" for n in (4, 3, 2, 1, 0)]
    assert [row.number for row in one] == [3]
    assert none == []
    assert [row.number async for row in audit.stream(database, mine)] == [1, 2, 3, 4, 5]


async def test_what_belongs_to_no_municipality_is_only_seen_of_and_about_own_colleagues(database: Database) -> None:
    async with database.transaction() as session:
        for who, subject in (
            ("anna", "collega:anna"),
            ("opdracht", "collega:anna"),
            ("bert", "collega:bert"),
            ("systeem", "logboek"),
        ):
            await audit.append(session, at=NOW, who=who, gemeente="", act="aangemeld", subject=subject)
    async with database.transaction() as session:
        mine = audit.Filter(("GM9999",), unplaced_of=("anna",), unplaced_about=("collega:anna",))
        assert [row.number for row in await audit.entries(session, mine)] == [2, 1]
        assert await audit.entries(session, audit.Filter(("GM9999",))) == []


async def test_the_head_is_the_newest_entry(database: Database) -> None:
    await log(database, "gesprek:1", "gesprek:2")
    async with database.transaction() as session:
        head, newest = await session.get_one(AuditHead, 1), await session.get_one(AuditEntry, 2)
    assert (head.number, head.hash) == (2, newest.hash)
