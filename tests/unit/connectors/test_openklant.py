"""Open Klant gets one klantcontact and one interne taak, whatever goes wrong on the way; every call fits our description of its API."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections import deque
from collections.abc import Iterator

import pytest

from steunwijzer.connectors import Plan, enqueue_closed, outbox
from steunwijzer.connectors.http import Caller
from steunwijzer.connectors.openklant import OpenKlant, OpenKlantSettings, address_of, contact_of, task_of
from steunwijzer.connectors.parcel import CALLBACK, Parcel, TalkClosed
from steunwijzer.store import Database
from tests.conftest import ROOT
from tests.contract.openklant_server import HANG, LOST, TOKEN, OpenKlantServer, running
from tests.unit.connectors.parcels import NAME, NOW, PHONE, Time, ask, deliver_all, rows

STEPS = ["POST /maak-klantcontact", "POST /actorklantcontacten", "POST /digitaleadressen", "POST /internetaken"]
LOOK_UPS = ["GET /klantcontacten", "GET /actorklantcontacten", "GET /digitaleadressen", "GET /internetaken"]
COLLECTIONS = (
    "klantcontacten",
    "betrokkenen",
    "onderwerpobjecten",
    "actorklantcontacten",
    "digitaleadressen",
    "internetaken",
)


@pytest.fixture
def openklant() -> Iterator[OpenKlantServer]:
    with running(OpenKlantServer()) as server:
        yield server


@pytest.fixture
def settings(openklant: OpenKlantServer) -> OpenKlantSettings:
    return OpenKlantSettings(openklant.url, TOKEN, "Live chat", openklant.actor(), openklant.actor())


@pytest.fixture
def plan(settings: OpenKlantSettings, time: Time) -> Plan:
    return Plan({"openklant": connector(settings, time)}, closed=True)


def connector(settings: OpenKlantSettings, time: Time) -> OpenKlant:
    return OpenKlant(settings, Caller(private=False), time, "https://chat.example.nl")


def made(server: OpenKlantServer) -> dict[str, int]:
    return {name: len(server.kept.get(name, ())) for name in COLLECTIONS}


ONE_OF_EACH = dict.fromkeys(COLLECTIONS, 1)


async def test_a_call_back_becomes_a_contact_and_a_task_for_the_team(
    database: Database, plan: Plan, openklant: OpenKlantServer, settings: OpenKlantSettings, time: Time
) -> None:
    await ask(database, plan)
    await deliver_all(database, plan, time)
    assert made(openklant) == ONE_OF_EACH
    contact, person = openklant.kept["klantcontacten"][0], openklant.kept["betrokkenen"][0]
    assert contact["onderwerp"] == "Pgb (terugbelverzoek)"
    assert contact["inhoud"] == "Voor wie: mijn moeder\nWanneer bellen: ochtend"
    assert person["contactnaam"]["achternaam"] == NAME
    assert openklant.kept["digitaleadressen"][0]["adres"] == "0612345678"
    task = openklant.kept["internetaken"][0]
    assert task["toegewezenAanActoren"] == [{"uuid": settings.team}]
    assert task["toelichting"] == "Zie het gesprek: https://chat.example.nl/balie/geschiedenis/gesprek-1"
    (row,) = await rows(database)
    assert (row.state, row.payload) == ("afgeleverd", {})
    assert row.progress["internetaak"] == task["uuid"]
    assert row.progress["klantcontact"] == contact["uuid"]


@pytest.mark.parametrize("place", [*STEPS, *LOOK_UPS])
async def test_a_lost_answer_at_any_step_gives_one_of_each(
    database: Database, plan: Plan, openklant: OpenKlantServer, time: Time, place: str
) -> None:
    openklant.answers[place] = deque([LOST])
    await ask(database, plan)
    await deliver_all(database, plan, time)
    assert (await rows(database))[0].state == "wacht"
    time.pass_by(minutes=1)
    await deliver_all(database, plan, time)
    assert (await rows(database))[0].state == "afgeleverd"
    assert made(openklant) == ONE_OF_EACH


@pytest.mark.parametrize("place", STEPS)
async def test_a_step_that_fails_is_taken_later_and_the_others_are_not_taken_again(
    database: Database, plan: Plan, openklant: OpenKlantServer, time: Time, place: str
) -> None:
    openklant.answers[place] = deque([503, 500])
    await ask(database, plan)
    for _ in range(3):
        await deliver_all(database, plan, time)
        time.pass_by(hours=1)
    assert (await rows(database))[0].state == "afgeleverd"
    assert made(openklant) == ONE_OF_EACH
    assert [openklant.calls.count(step) for step in STEPS] == [1, 1, 1, 1]


@pytest.mark.parametrize("place", STEPS)
async def test_a_process_that_dies_between_steps_gives_one_of_each(
    database: Database, plan: Plan, openklant: OpenKlantServer, settings: OpenKlantSettings, time: Time, place: str
) -> None:
    openklant.answers[place] = deque([HANG])
    await ask(database, plan)
    address = database._engine.url.render_as_string(hide_password=False)
    command = [
        sys.executable,
        "-m",
        "tests.unit.connectors.worker_process",
        address,
        settings.url,
        settings.team,
        settings.actor,
    ]
    child = subprocess.Popen(command, cwd=ROOT)
    try:
        assert await asyncio.to_thread(openklant.arrived.wait, 60)
    finally:
        child.kill()
        child.wait()
    assert (await rows(database))[0].state == "bezig"
    time.pass_by(seconds=outbox.LEASE.total_seconds() + 1)
    await deliver_all(database, plan, time)
    assert (await rows(database))[0].state == "afgeleverd"
    assert made(openklant) == ONE_OF_EACH


async def test_a_channel_that_the_municipality_does_not_have_fails_at_once(
    database: Database, plan: Plan, openklant: OpenKlantServer, time: Time
) -> None:
    openklant.channels = {"Telefoon"}
    await ask(database, plan)
    await deliver_all(database, plan, time)
    (row,) = await rows(database)
    assert row.state == "mislukt"
    assert row.last_error == "De ontvanger keurt de gegevens af (400). Het gaat om: klantcontact.kanaal (invalid)."
    assert made(openklant) == dict.fromkeys(COLLECTIONS, 0)


async def test_a_wrong_token_fails_at_once(database: Database, settings: OpenKlantSettings, time: Time) -> None:
    wrong = OpenKlantSettings(settings.url, "verkeerd", settings.channel, settings.team)
    plan = Plan({"openklant": connector(wrong, time)})
    await ask(database, plan)
    await deliver_all(database, plan, time)
    (row,) = await rows(database)
    assert row.state == "mislukt"
    assert "401" in row.last_error


async def test_a_closed_talk_is_a_contact_without_name_number_or_task(
    database: Database, plan: Plan, openklant: OpenKlantServer, time: Time
) -> None:
    await ask(database, Plan())
    async with database.transaction() as session:
        await enqueue_closed(
            session, plan, TalkClosed("gesprek-1", "GM9999", "wmo_melding", "beantwoord", NOW, {"Wet": "Wmo"})
        )
    await deliver_all(database, plan, time)
    assert made(openklant) == {**ONE_OF_EACH, "digitaleadressen": 0, "internetaken": 0}
    contact = openklant.kept["klantcontacten"][0]
    assert (contact["onderwerp"], contact["inhoud"]) == (
        "Wmo melding (afgesloten chatgesprek)",
        "Wet: Wmo\nUitkomst: beantwoord",
    )


async def test_the_task_tells_how_far_it_is(
    openklant: OpenKlantServer, settings: OpenKlantSettings, time: Time
) -> None:
    one = connector(settings, time)
    steps = {step: given async for step, given in one.deliver(parcel())}
    assert await one.status(steps) == "te verwerken"
    openklant.kept["internetaken"][0]["status"] = "verwerkt"
    assert await one.status(steps) == "afgehandeld"
    openklant.kept["internetaken"].clear()
    assert await one.status(steps) == "niet te vinden"
    assert await one.status({}) == ""


async def test_a_check_that_is_in_order_writes_nothing(
    openklant: OpenKlantServer, settings: OpenKlantSettings, time: Time
) -> None:
    openklant.date = "Tue, 24 Nov 2026 12:00:30 GMT"
    findings = await connector(settings, time).check()
    assert all(finding.ok for finding in findings)
    assert [finding.text.split(" ")[0] for finding in findings] == ["Open", "Kanaal", "De", "Actor", "Actor"]
    assert not any(call.startswith("POST") for call in openklant.calls)


async def test_a_check_says_what_is_not_in_order(
    openklant: OpenKlantServer, settings: OpenKlantSettings, time: Time
) -> None:
    openklant.date = "Tue, 24 Nov 2026 12:10:00 GMT"
    other = OpenKlantSettings(
        settings.url, TOKEN, "Live chat", "00000000-0000-4000-8000-000000000000", openklant.actor(active=False)
    )
    said = [finding.text for finding in await connector(other, time).check() if not finding.ok]
    assert [any(word in text for text in said) for word in ("klokken", "bestaat niet", "niet actief")] == [True] * 3
    wrong = OpenKlantSettings(settings.url, "verkeerd", "Live chat", settings.team)
    (finding,) = await connector(wrong, time).check()
    assert "401" in finding.text
    (finding,) = await connector(
        OpenKlantSettings("http://127.0.0.1:9", TOKEN, "Live chat", settings.team), time
    ).check()
    assert "Geen verbinding" in finding.text


def parcel(**other: object) -> Parcel:
    facts = {
        "id": "0b7e",
        "kind": CALLBACK,
        "conversation_id": "gesprek-1",
        "gemeente": "GM9999",
        "topic": "pgb",
        "at": NOW,
        "name": NAME,
    }
    return Parcel(**{**facts, "phone": PHONE, **other})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("phone", "sent", "kind"),
    [
        ("+31612345678", "0612345678", "telefoonnummer"),
        ("+31201234567", "0201234567", "telefoonnummer"),
        ("+32470123456", "+32470123456", "telefoonnummer"),
        ("+318000113", "+318000113", "telefoonnummer"),
        ("14020", "14020", "overig"),
    ],
)
def test_a_number_is_sent_as_the_api_takes_it(phone: str, sent: str, kind: str) -> None:
    body = address_of("x", phone)
    assert (body["adres"], body["soortDigitaalAdres"]) == (sent, kind)


def test_long_texts_are_cut_where_the_api_would_refuse_them() -> None:
    body = contact_of(parcel(topic="x" * 300, name="y" * 300, summary={"Eigen woorden": "z" * 2000}), "Live chat")
    assert len(body["klantcontact"]["onderwerp"]) == 200
    assert len(body["klantcontact"]["inhoud"]) == 1000
    assert len(body["betrokkene"]["contactnaam"]["achternaam"]) == 200


def test_what_every_subscriber_reads_holds_nothing_of_a_person() -> None:
    full = parcel(summary={"Voor wie": "mijn moeder"}, best_time="na vijf uur, vraag naar Anna")
    written = json.dumps(task_of("c", "t", full.link("https://chat.example.nl"))) + full.title
    for private in (NAME, "Anna", PHONE, "612345678", "moeder", "vijf"):
        assert private not in written
