"""An export is made in the background, is only for who asked, is harmless in a spreadsheet, and is gone after a day."""

from __future__ import annotations

import csv
import gc
import io
import json
import stat
import tracemalloc
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from steunwijzer import history
from steunwijzer.clock import Clock
from steunwijzer.history import exports, writing
from steunwijzer.sheet import cells
from steunwijzer.store import AuditEntry, Conversation, Database, ExportJob, HandoverCase, Label, Message
from steunwijzer.upkeep import Upkeep
from tests.unit.history.stories import HERE, NOW, case, colleague, talk

EVERYTHING = history.Filter((HERE,))


def at(moment: object) -> Clock:
    return lambda: moment  # type: ignore[return-value]


async def make(database: Database, folder: Path, form: str = "csv", wanted: history.Filter = EVERYTHING) -> str:
    await history.keep_up(database)
    async with database.transaction() as session:
        job = await exports.ask(session, "anna", wanted, form, NOW)
    assert await writing.write_next(database, folder)
    return job.id


async def take(
    database: Database, folder: Path, job: str, who: str = "anna", gemeenten: tuple[str, ...] = (HERE,)
) -> Path | None:
    async with database.transaction() as session:
        found = await exports.take(session, folder, job, who, gemeenten, NOW + timedelta(hours=1))
    return found[1] if found else None


async def test_a_sheet_has_one_row_per_talk_with_only_what_may_be_read(database: Database, tmp_path: Path) -> None:
    await colleague(database, "anna")
    await talk(database, "een", "=1+1", "mijn geheimpje", minutes_ago=5, left_out=[3])
    await talk(database, "twee", 'rolstoel; "met" motor\nen dak')
    await talk(database, "elders", "rolstoel", gemeente="GM0001")
    async with database.transaction() as session:
        session.add(Label(conversation_id="een", name="+klacht"))
    path = await take(database, tmp_path, await make(database, tmp_path))
    assert path is not None
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig")), delimiter=";"))
    assert [row["gesprek"] for row in rows] == ["twee", "een"]
    assert rows[0]["gesprek_tekst"].startswith('inwoner: rolstoel; "met" motor\nen dak\nassistent: ')
    assert "geheimpje" not in rows[1]["gesprek_tekst"]
    assert rows[1]["labels"] == "'+klacht"
    assert rows[1]["doorgegeven_op"] == "2026-11-24 12:55"


async def test_json_has_every_message(database: Database, tmp_path: Path) -> None:
    await colleague(database, "anna")
    await talk(database, "een", "hulp", "rolstoel")
    path = await take(database, tmp_path, await make(database, tmp_path, "json"))
    assert path is not None
    (one,) = json.loads(path.read_text("utf-8"))
    assert [said["tekst"] for said in one["berichten"] if said["van"] == "inwoner"] == ["hulp", "rolstoel"]


async def test_an_empty_selection_gives_an_empty_file(database: Database, tmp_path: Path) -> None:
    await colleague(database, "anna")
    path = await take(
        database, tmp_path, await make(database, tmp_path, "json", replace(EVERYTHING, words="bestaatniet"))
    )
    assert path is not None
    assert json.loads(path.read_text("utf-8")) == []


async def test_only_who_asked_and_still_may_gets_the_file(database: Database, tmp_path: Path) -> None:
    await colleague(database, "anna", "bert")
    await talk(database, "een", "hulp")
    job = await make(database, tmp_path)
    assert await take(database, tmp_path, job, "bert") is None
    assert await take(database, tmp_path, job, gemeenten=()) is None
    assert await take(database, tmp_path, job, gemeenten=("GM0001",)) is None
    assert await take(database, tmp_path, "bestaat-niet") is None
    path = await take(database, tmp_path, job)
    assert path is not None
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


async def test_asking_and_taking_are_logged_without_the_words_that_were_looked_for(
    database: Database, tmp_path: Path
) -> None:
    await colleague(database, "anna")
    await talk(database, "een", "hulp")
    job = await make(database, tmp_path, wanted=replace(EVERYTHING, words="hulp", topic="pgb_uitleg"))
    await take(database, tmp_path, job)
    async with database.transaction() as session:
        logged = list(await session.scalars(select(AuditEntry).order_by(AuditEntry.number)))
    assert [(entry.who, entry.act, entry.subject) for entry in logged] == [
        ("anna", "export_gevraagd", f"export:{job}"), ("anna", "export_opgehaald", f"export:{job}"),
    ]  # fmt: skip
    assert logged[0].detail == {"vorm": "csv", "keuze": {"topic": "pgb_uitleg"}, "met_woorden": True}
    assert logged[1].detail == {"gesprekken": 1}


async def test_an_export_is_gone_after_a_day_and_can_be_thrown_away_before(database: Database, tmp_path: Path) -> None:
    await colleague(database, "anna")
    await talk(database, "een", "hulp")
    first, second = await make(database, tmp_path), await make(database, tmp_path)
    async with database.transaction() as session:
        await exports.drop(session, tmp_path, second, "bert")
        assert len(await exports.mine(session, "anna", NOW)) == 2
        await exports.drop(session, tmp_path, second, "anna")
    assert [path.stem for path in tmp_path.glob("*.csv")] == [first]
    (tmp_path / "onbekend.csv.deel").write_text("rest van een onderbroken export")
    async with database.transaction() as session:
        (tmp_path / f"{first}.csv.deel").write_text("rest van een export die mislukte")
        await exports.tidy(session, tmp_path, NOW + timedelta(hours=23))
    assert [path.name for path in tmp_path.glob("*.csv*")] == [f"{first}.csv"]
    async with database.transaction() as session:
        await exports.tidy(session, tmp_path, NOW + timedelta(hours=24))
        assert await exports.mine(session, "anna", NOW) == []
    assert list(tmp_path.glob("*.csv*")) == []


async def test_after_a_restart_an_export_is_made_anew(database: Database, tmp_path: Path) -> None:
    await colleague(database, "anna")
    await talk(database, "een", "hulp")
    async with database.transaction() as session:
        job = await exports.ask(session, "anna", EVERYTHING, "csv", NOW)
        job.state, job.done = "bezig", 1
    upkeep = Upkeep(database, at(NOW), tmp_path / "exports", audit_years=3, judgement_days=180)
    await upkeep._begin_again()
    await upkeep.once()
    async with database.transaction() as session:
        made = await session.get_one(ExportJob, job.id)
    assert (made.state, made.done, made.total) == ("klaar", 1, 1)


async def test_an_export_that_cannot_be_written_says_so_and_the_next_one_is_made(
    database: Database, tmp_path: Path
) -> None:
    await colleague(database, "anna")
    (tmp_path / "geen-map").write_text("")
    job = await make(database, tmp_path / "geen-map")
    async with database.transaction() as session:
        assert (await session.get_one(ExportJob, job)).state == "mislukt"
    assert await take(database, tmp_path, await make(database, tmp_path)) is not None


async def test_nobody_keeps_the_office_busy_with_exports(database: Database) -> None:
    await colleague(database, "anna", "bert")
    async with database.transaction() as session:
        for _ in range(exports.MOST_AT_ONCE):
            await exports.ask(session, "anna", EVERYTHING, "csv", NOW)
        with pytest.raises(exports.TooManyExports):
            await exports.ask(session, "anna", EVERYTHING, "csv", NOW)
        await exports.ask(session, "bert", EVERYTHING, "csv", NOW)


async def test_ten_times_as_much_needs_no_more_memory(database: Database, tmp_path: Path) -> None:
    await colleague(database, "anna")
    peaks = []
    for size in (600, 6000):
        await _many(database, size)
        job = await make(database, tmp_path)
        gc.collect()
        tracemalloc.start()
        async with database.transaction() as session:
            (await session.get_one(ExportJob, job)).state = "wacht"
        await writing.write_next(database, tmp_path)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert (tmp_path / f"{job}.csv").stat().st_size > 3_000_000
    # Not exactly as much: what was freed is not collected at the same moment each time.
    assert peaks[1] < 3 * peaks[0]


async def _many(database: Database, size: int) -> None:
    talks = [f"{size}-{number}" for number in range(size)]
    conversation = {
        "token_hash": "x", "gemeente": HERE, "taal": "nl", "status": "afgesloten", "state": {}, "summary": {}, "last_seq": 1,
        "created_at": NOW, "updated_at": NOW, "on_hold": False,
    }  # fmt: skip
    said = {"seq": 1, "sender": "inwoner", "at": NOW, "text": "hulp " * 100, "choices": [], "blocks": []}
    passed = {column.name: getattr(case("x"), column.name) for column in HandoverCase.__table__.columns} | {
        "urgency": 0,
        "team": "",
        "counted": True,
    }
    async with database.transaction() as session:
        await session.execute(insert(Conversation), [{**conversation, "id": name} for name in talks])
        await session.execute(insert(Message), [{**said, "id": name, "conversation_id": name} for name in talks])
        await session.execute(insert(HandoverCase), [{**passed, "id": name, "conversation_id": name} for name in talks])


@pytest.mark.parametrize("text", ["=1+1", "+31 6", "-2", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1", "\n=1"])
def test_what_begins_like_a_formula_stays_text(text: str) -> None:
    assert cells([text]) == ["'" + text]


def test_other_cells_stay_as_they_are() -> None:
    assert cells(["a=1", "", None, 3, "é"]) == ["a=1", "", "", "3", "é"]
