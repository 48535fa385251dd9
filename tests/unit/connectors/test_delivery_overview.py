"""Staff see what failed, send it again without doubling anything, and read how far the receiver is."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import replace

import pytest

from steunwijzer.connectors import Plan, overview, read_back
from steunwijzer.connectors.http import Caller
from steunwijzer.connectors.openklant import OpenKlant, OpenKlantSettings
from steunwijzer.store import Database
from tests.contract.openklant_server import TOKEN, OpenKlantServer, running
from tests.unit.connectors.parcels import Time, ask, deliver_all, rows

HERE, ELSEWHERE = ("GM9999",), ("GM0518",)


@pytest.fixture
def openklant() -> Iterator[OpenKlantServer]:
    with running(OpenKlantServer()) as server:
        yield server


@pytest.fixture
def settings(openklant: OpenKlantServer) -> OpenKlantSettings:
    return OpenKlantSettings(openklant.url, TOKEN, "Live chat", openklant.actor())


def plan_of(settings: OpenKlantSettings, time: Time) -> Plan:
    return Plan({"openklant": OpenKlant(settings, Caller(private=False), time, "")})


async def test_what_failed_half_way_goes_on_where_it_stopped(
    database: Database, openklant: OpenKlantServer, settings: OpenKlantSettings, time: Time
) -> None:
    openklant.answers["POST /internetaken"] = deque([403])
    await ask(database, plan_of(settings, time))
    await deliver_all(database, plan_of(settings, time), time)
    async with database.transaction() as session:
        (one,) = await overview.failed(session, HERE)
        assert set(one.progress) == {"betrokkene", "klantcontact", "digitaaladres"}
        assert await overview.resend(session, ELSEWHERE, time()) == []
        assert [row.id for row in await overview.resend(session, HERE, time(), one.id)] == [one.id]
    await deliver_all(database, plan_of(settings, time), time)
    async with database.transaction() as session:
        assert [row.id for row in await overview.delivered(session, HERE)] == [one.id]
        assert await overview.counts(session, HERE) == {"afgeleverd": 1}
        assert await overview.counts(session, ELSEWHERE) == {}
    assert openklant.calls.count("POST /maak-klantcontact") == 1


async def test_only_what_failed_here_can_be_discarded(
    database: Database, settings: OpenKlantSettings, openklant: OpenKlantServer, time: Time
) -> None:
    wrong = plan_of(replace(settings, token="verkeerd"), time)
    await ask(database, wrong)
    (row,) = await rows(database)
    async with database.transaction() as session:
        assert await overview.discard(session, HERE, row.id) is None
    await deliver_all(database, wrong, time)
    async with database.transaction() as session:
        assert await overview.discard(session, ELSEWHERE, row.id) is None
        gone = await overview.discard(session, HERE, row.id)
    assert gone is not None
    assert gone.subject == "terugbelverzoek:bel-1"
    assert await rows(database) == []


async def test_how_far_the_receiver_is_is_noted_once(
    database: Database, settings: OpenKlantSettings, openklant: OpenKlantServer, time: Time
) -> None:
    plan = plan_of(settings, time)
    await ask(database, plan)
    assert await read_back(database, plan, time()) == 0
    await deliver_all(database, plan, time)
    assert await read_back(database, plan, time()) == 1
    assert await read_back(database, plan, time()) == 0
    openklant.kept["internetaken"][0]["status"] = "verwerkt"
    assert await read_back(database, plan, time()) == 1
    (row,) = await rows(database)
    assert row.progress["stand"] == "afgehandeld"
    asked = len(openklant.calls)
    assert await read_back(database, plan, time()) == 0
    assert len(openklant.calls) == asked


async def test_a_receiver_that_is_away_is_asked_once_and_nothing_changes(
    database: Database, settings: OpenKlantSettings, openklant: OpenKlantServer, time: Time
) -> None:
    plan = plan_of(settings, time)
    for number in (1, 2):
        await ask(database, plan, number)
    await deliver_all(database, plan, time)
    for task in openklant.kept["internetaken"]:
        openklant.answers[f"GET /internetaken/{task['uuid']}"] = deque([503])
    asked = len(openklant.calls)
    assert await read_back(database, plan, time()) == 0
    assert len(openklant.calls) == asked
    assert sum(len(todo) for todo in openklant.answers.values()) == 1
