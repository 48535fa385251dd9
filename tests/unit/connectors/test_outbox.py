"""What is put in the outbox arrives once or is visibly late. The same on SQLite and PostgreSQL."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections import Counter

import pytest

from steunwijzer.connectors import Plan, Worker, outbox, withdraw_callbacks
from steunwijzer.connectors.worker import MAX_ATTEMPTS, wait_after
from steunwijzer.store import CallbackRequest, Database, delete_conversation
from tests.conftest import ROOT
from tests.unit.connectors.parcels import NAME, NOW, PHONE, Time, ask, asked, deliver_all, rows
from tests.unit.connectors.receiver import HANG, LOST, Receiver


async def test_what_is_delivered_is_emptied(database: Database, plan: Plan, receiver: Receiver, time: Time) -> None:
    await ask(database, plan)
    assert await deliver_all(database, plan, time) == 1
    (row,) = await rows(database)
    assert (row.state, row.payload, row.attempts, row.delivered_at) == ("afgeleverd", {}, 1, NOW)
    (message,) = receiver.taken.values()
    assert message["data"]["telefoon"] == PHONE
    assert await deliver_all(database, plan, time) == 0


async def test_what_is_rolled_back_is_never_delivered(
    database: Database, plan: Plan, receiver: Receiver, time: Time
) -> None:
    await ask(database, plan)
    with pytest.raises(ZeroDivisionError):
        async with database.transaction() as session:
            await outbox.put(session, "webhook", asked(2, conversation_id="gesprek-1"), NOW)
            raise ZeroDivisionError
    assert await deliver_all(database, plan, time) == 1
    assert len(receiver.posts) == 1


async def test_a_lost_answer_is_sent_again_with_the_same_id(
    database: Database, plan: Plan, receiver: Receiver, time: Time
) -> None:
    receiver.answers.append(LOST)
    await ask(database, plan)
    await deliver_all(database, plan, time)
    (row,) = await rows(database)
    assert row.state == "wacht"
    assert "verbinding" in row.last_error
    time.pass_by(minutes=1)
    await deliver_all(database, plan, time)
    (row,) = await rows(database)
    assert row.state == "afgeleverd"
    assert len(receiver.posts) == 2
    assert len(receiver.taken) == 1


async def test_a_worker_that_dies_lets_go_and_the_receiver_keeps_one(
    database: Database, plan: Plan, receiver: Receiver, time: Time
) -> None:
    receiver.answers.append(HANG)
    await ask(database, plan)
    address = database._engine.url.render_as_string(hide_password=False)
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.unit.connectors.worker_process", address, receiver.url], cwd=ROOT
    )
    try:
        assert await asyncio.to_thread(receiver.arrived.wait, 60)
    finally:
        child.kill()
        child.wait()
    (row,) = await rows(database)
    assert (row.state, row.attempts) == ("bezig", 1)
    assert await deliver_all(database, plan, time) == 0
    time.pass_by(seconds=outbox.LEASE.total_seconds() + 1)
    assert await deliver_all(database, plan, time) == 1
    (row,) = await rows(database)
    assert (row.state, row.attempts) == ("afgeleverd", 2)
    assert len(receiver.posts) == 2
    assert len(receiver.taken) == 1


async def test_workers_beside_each_other_never_take_the_same(
    database: Database, plan: Plan, receiver: Receiver, time: Time
) -> None:
    for number in range(1, 31):
        await ask(database, plan, number)
    others = [Database(database._engine.url.render_as_string(hide_password=False)) for _ in range(3)]
    await asyncio.gather(*(deliver_all(one, plan, time) for one in [database, *others]))
    # A database that was busy for a moment makes a worker stop early here; in real life it looks again.
    await deliver_all(database, plan, time)
    assert set(Counter(message_id for message_id, _ in receiver.posts).values()) == {1}
    assert len(receiver.taken) == 30
    assert {row.attempts for row in await rows(database)} == {1}
    for one in others:
        await one.close()


async def test_a_slow_worker_cannot_write_over_the_next_one(database: Database, plan: Plan, time: Time) -> None:
    await ask(database, plan)
    async with database.transaction() as session:
        slow = await outbox.claim(session, NOW)
    time.pass_by(seconds=outbox.LEASE.total_seconds() + 1)
    async with database.transaction() as session:
        quick = await outbox.claim(session, time())
    assert slow is not None
    assert quick is not None
    with pytest.raises(outbox.LeaseLost):
        async with database.transaction() as session:
            await outbox.finish(session, slow, time())
    async with database.transaction() as session:
        await outbox.finish(session, quick, time())
    (row,) = await rows(database)
    assert row.state == "afgeleverd"


async def test_a_receiver_that_is_down_is_tried_for_a_day_and_then_it_shows(
    database: Database, plan: Plan, receiver: Receiver, time: Time
) -> None:
    receiver.answers.extend([503] * 50)
    await ask(database, plan)
    tried = 0
    while (await rows(database))[0].state == "wacht":
        tried += await deliver_all(database, plan, time)
        time.now = max(time.now, (await rows(database))[0].next_at)
    (row,) = await rows(database)
    assert tried == row.attempts == MAX_ATTEMPTS
    assert row.state == "mislukt"
    assert "20 pogingen" in row.last_error
    assert 20 * 3600 < (time.now - NOW).total_seconds() < 36 * 3600


def test_each_wait_is_longer_and_never_the_same_for_all() -> None:
    waits = [wait_after(attempt, chance=0).total_seconds() for attempt in range(1, 30)]
    assert waits[:4] == [30, 60, 120, 240]
    assert max(waits) == waits[-1] == 7200
    assert wait_after(1, chance=1).total_seconds() == pytest.approx(36)
    assert wait_after(1, asked_seconds=600, chance=0).total_seconds() == 600


@pytest.mark.parametrize(
    ("status", "says"), [(401, "geheim"), (403, "rechten"), (400, "keurt"), (308, "ander adres"), (404, "adres")]
)
async def test_a_refusal_fails_at_once_with_a_reason(
    database: Database, plan: Plan, receiver: Receiver, time: Time, status: int, says: str
) -> None:
    receiver.answers.append(status)
    receiver.headers["Location"] = "https://elders.example.nl/"
    await ask(database, plan)
    await deliver_all(database, plan, time)
    (row,) = await rows(database)
    assert (row.state, row.attempts) == ("mislukt", 1)
    assert says in row.last_error
    assert row.payload["phone"] == PHONE


async def test_nothing_of_the_resident_is_in_a_reason_or_a_log(
    database: Database, plan: Plan, receiver: Receiver, time: Time, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    receiver.answers.extend([LOST, 503, 400])
    await ask(database, plan)
    for _ in range(3):
        await deliver_all(database, plan, time)
        time.pass_by(hours=1)
    (row,) = await rows(database)
    written = row.last_error + json.dumps(row.progress) + caplog.text
    assert row.state == "mislukt"
    for private in (NAME, "Boer", PHONE, "612345678", "moeder"):
        assert private not in written


async def test_a_correction_takes_the_place_of_what_nobody_tried_yet(
    database: Database, plan: Plan, receiver: Receiver, time: Time
) -> None:
    await ask(database, plan)
    await ask(database, plan, phone="+31687654321", changed=True)
    await deliver_all(database, plan, time)
    assert [message["data"]["telefoon"] for message in receiver.taken.values()] == ["+31687654321"]


async def test_a_correction_after_delivery_is_delivered_too(
    database: Database, plan: Plan, receiver: Receiver, time: Time
) -> None:
    await ask(database, plan)
    await deliver_all(database, plan, time)
    await ask(database, plan, phone="+31687654321", changed=True)
    await deliver_all(database, plan, time)
    assert [(m["data"]["telefoon"], m["data"]["aangepast"]) for m in receiver.taken.values()] == [
        (PHONE, False),
        ("+31687654321", True),
    ]


async def test_deleting_the_conversation_takes_its_deliveries_along(
    database: Database, plan: Plan, receiver: Receiver, time: Time
) -> None:
    await ask(database, plan)
    async with database.transaction() as session:
        await delete_conversation(session, "gesprek-1", "inwoner", NOW)
    assert await rows(database) == []
    assert await deliver_all(database, plan, time) == 0


async def test_a_call_back_that_is_withdrawn_is_not_delivered(
    database: Database, plan: Plan, receiver: Receiver, time: Time
) -> None:
    await ask(database, plan, 1)
    await deliver_all(database, plan, time)
    for _ in range(2):
        await ask(database, plan, 2)
    async with database.transaction() as session:
        await withdraw_callbacks(session, "gesprek-1")
        await withdraw_callbacks(session, "gesprek-2")
    await deliver_all(database, plan, time)
    assert [(row.subject, row.state) for row in await rows(database)] == [("terugbelverzoek:bel-1", "afgeleverd")]
    assert len(receiver.posts) == 1


async def test_a_call_back_that_is_too_old_takes_its_delivery_along(database: Database, plan: Plan) -> None:
    await ask(database, plan, 1)
    await ask(database, plan, 2)
    async with database.transaction() as session:
        (await session.get_one(CallbackRequest, "bel-1")).created_at = NOW.replace(month=10)
    assert await database.purge(NOW, 28, 14) == (0, 1)
    assert [row.subject for row in await rows(database)] == ["terugbelverzoek:bel-2"]


async def test_a_delivery_that_is_deleted_while_it_goes_out_ends_quietly(
    database: Database, plan: Plan, receiver: Receiver, time: Time
) -> None:
    receiver.answers.append(HANG)
    await ask(database, plan)
    going = asyncio.create_task(Worker(database, plan, time).deliver_next())
    await asyncio.to_thread(receiver.arrived.wait, 30)
    async with database.transaction() as session:
        await delete_conversation(session, "gesprek-1", "inwoner", NOW)
    receiver.go_on.set()
    assert await going
    assert await rows(database) == []


async def test_a_connector_that_is_not_in_use_any_more_shows(database: Database, plan: Plan, time: Time) -> None:
    await ask(database, plan)
    await deliver_all(database, Plan(), time)
    (row,) = await rows(database)
    assert row.state == "mislukt"
    assert "niet (meer) ingesteld" in row.last_error


async def test_a_delivery_that_takes_too_long_is_stopped(
    database: Database, plan: Plan, receiver: Receiver, time: Time
) -> None:
    receiver.answers.append(HANG)
    await ask(database, plan)
    await Worker(database, plan, time, limit_seconds=0.5).deliver_next()
    (row,) = await rows(database)
    assert row.state == "wacht"
    assert "Niet klaar" in row.last_error


async def test_each_attempt_is_counted_with_its_result(
    database: Database, plan: Plan, receiver: Receiver, time: Time
) -> None:
    counted: list[tuple[str, str]] = []
    worker = Worker(database, plan, time, count=lambda *attempt: counted.append(attempt))
    receiver.answers += [503, 200, 400]
    for number in (1, 2):
        await ask(database, plan, number)
        while await worker.deliver_next():
            time.pass_by(hours=1)
    assert counted == [("webhook", "later"), ("webhook", "afgeleverd"), ("webhook", "mislukt")]
