"""`steunwijzer koppelingen`: checks, delivers and sends again, as an administrator types it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from steunwijzer.cli.main import app
from steunwijzer.store import Database
from tests.unit.connectors.parcels import Time, ask, webhook_plan
from tests.unit.connectors.receiver import SECRET, Receiver


@pytest.fixture
def address(tmp_path: Path, receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> str:
    """A database with one call-back request for the receiver."""
    address = f"sqlite+aiosqlite:///{tmp_path / 'test.sqlite'}"
    given = {"DATABASE_URL": address, "CONNECTORS": "webhook", "WEBHOOK_URL": receiver.url, "WEBHOOK_SECRET": SECRET}
    for name, value in given.items():
        monkeypatch.setenv(f"STEUNWIJZER_{name}", value)
    return address


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["koppelingen", *words])


def fill(address: str, receiver: Receiver) -> None:
    async def work() -> None:
        database = Database(address)
        await database.migrate()
        await ask(database, webhook_plan(receiver.url, Time()))
        await database.close()

    asyncio.run(work())


def test_a_check_says_in_order_or_what_is_wrong(address: str, receiver: Receiver) -> None:
    assert "in orde" in run("check").output
    receiver.answers.append(403)
    wrong = run("check")
    assert wrong.exit_code == 1
    assert "rechten" in wrong.output


def test_without_connectors_there_is_nothing_to_check(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STEUNWIJZER_CONNECTORS")
    result = run("check")
    assert result.exit_code == 0
    assert "geen koppelingen" in result.output


def test_what_failed_is_listed_put_back_and_delivered(address: str, receiver: Receiver) -> None:
    fill(address, receiver)
    receiver.answers.append(401)
    assert "mislukt: 1" in run("bezorg").output
    assert "401" in run("stand").output
    assert run("opnieuw").exit_code != 0  # who does it must be named
    assert "Weer klaargezet: 1" in run("opnieuw", "--wie", "A. Beheerder").output
    assert "afgeleverd: 1" in run("bezorg").output
    assert len(receiver.taken) == 1


def test_a_setting_that_is_missing_is_said_in_dutch(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STEUNWIJZER_WEBHOOK_SECRET")
    result = run("check")
    assert result.exit_code == 1
    assert "STEUNWIJZER_WEBHOOK_SECRET is leeg" in result.output
