"""The database is kept locked by another program: a clear answer with a way out, and nothing is lost or stored twice."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from steunwijzer.accounts import MEDEWERKER
from steunwijzer.store import database as store
from tests.unit.desk.conftest import VOORBEELDSTAD, Desk
from tests.unit.desk.resident import resident


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_BUSY_SECONDS", 0.2)


@contextmanager
def locked(desk: Desk) -> Iterator[None]:
    """Somebody else writes, and takes long."""
    path = desk.app.ctx.settings.database_url.split("///")[1]
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


async def test_a_message_that_meets_a_locked_database_can_be_sent_again_and_is_stored_once(desk: Desk) -> None:
    somebody = await resident(desk)
    before = len(await somebody.seen())
    body = {"client_id": str(uuid.uuid4()), "text": "Bent u daar?"}
    with locked(desk):
        refused = await desk.client.post(f"{somebody.url}/messages", json=body, headers=somebody.headers)
    assert refused.status_code == 503
    assert refused.headers["retry-after"]
    assert refused.json()["title"] == "Het is nu erg druk"
    assert len(await somebody.seen()) == before
    for _ in range(2):
        sent = await desk.client.post(f"{somebody.url}/messages", json=body, headers=somebody.headers)
        assert sent.status_code == 200
    assert [message["text"] for message in await somebody.seen()].count("Bent u daar?") == 1


async def test_a_colleague_sees_a_page_that_says_what_to_do(desk: Desk) -> None:
    browser = await desk.signed_in("sanne@voorbeeldstad.example", (VOORBEELDSTAD, MEDEWERKER))
    page = (await browser.get("/balie/werklijst")).text
    secret = page.split('name="csrf" value="')[1].split('"')[0]
    with locked(desk):
        answer = await browser.ask("POST", "/balie/aanwezig", data={"stand": "beschikbaar", "csrf": secret})
    assert answer.status_code == 503
    assert answer.headers["retry-after"]
    assert "Even niet te bereiken" in answer.text
