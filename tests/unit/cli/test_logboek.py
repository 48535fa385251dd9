"""The log on the command line: whole or broken, and as a sheet."""

from __future__ import annotations

import asyncio
import csv
import io
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from steunwijzer import audit
from steunwijzer.cli.main import app
from steunwijzer.store import Database

runner = CliRunner()


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database in which two things were logged."""
    path = tmp_path / "test.sqlite"
    url = f"sqlite+aiosqlite:///{path}"
    monkeypatch.setenv("STEUNWIJZER_DATABASE_URL", url)

    async def fill() -> None:
        database = Database(url)
        await database.migrate()
        async with database.transaction() as session:
            for subject in ("gesprek:1", "gesprek:2"):
                await audit.append(
                    session, at=datetime.now(UTC), who="anna", gemeente="GM9999", act="gesprek_geopend", subject=subject, detail={"reden": "=1+1"}
                )  # fmt: skip
        await database.close()

    asyncio.run(fill())
    return path


def test_a_whole_log_says_so_and_gives_a_hash_to_keep(log: Path) -> None:
    result = runner.invoke(app, ["logboek", "controleer"])
    assert result.exit_code == 0, result.output
    assert "2 regels" in result.output
    kept = result.output.split("Laatste regel: ")[1].strip()
    assert runner.invoke(app, ["logboek", "controleer", "--bekend", kept]).exit_code == 0
    assert runner.invoke(app, ["logboek", "controleer", "--bekend", f"2:{'0' * 64}"]).exit_code == 1
    assert runner.invoke(app, ["logboek", "controleer", "--bekend", "twee"]).exit_code == 1


def test_a_broken_log_names_the_line(log: Path) -> None:
    with sqlite3.connect(log) as connection:
        connection.execute("DROP TRIGGER audit_entry_update")
        connection.execute("UPDATE audit_entry SET who = 'bert' WHERE number = 2")
    result = runner.invoke(app, ["logboek", "controleer"])
    assert result.exit_code == 1
    assert "Regel 2 is veranderd" in result.output


def test_the_sheet_has_every_line_also_that_it_was_made(log: Path) -> None:
    result = runner.invoke(app, ["logboek", "export", "--wie", "FG"])
    assert result.exit_code == 0, result.output
    rows = list(csv.DictReader(io.StringIO(result.stdout.removeprefix("\ufeff")), delimiter=";"))
    assert [(row["nummer"], row["handeling"]) for row in rows] == [
        ("1", "gesprek_geopend"), ("2", "gesprek_geopend"), ("3", "logboek_uitgevoerd"),
    ]  # fmt: skip
    assert rows[0]["bijzonderheden"] == '{"reden": "=1+1"}'
