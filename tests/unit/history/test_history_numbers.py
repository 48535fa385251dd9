"""What ended is counted once, and stays when the talks are gone; few is not shown. On SQLite and PostgreSQL."""

from __future__ import annotations

import asyncio
import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from steunwijzer.history import counting
from steunwijzer.history.number_sheet import as_csv
from steunwijzer.history.numbers import OTHER, Numbers, Overview, numbers, outcomes_of
from steunwijzer.store import Database, Statistic
from tests.unit.history.stories import HERE, NOW, call_back, colleague, talk

TODAY = date(2026, 11, 24)


async def ended(database: Database, name: str, waited: int | None = 30, **values: Any) -> None:
    claimed = NOW + timedelta(seconds=waited) if waited is not None else None
    await talk(database, name, "hulp", claimed_at=claimed, **values)


async def look(database: Database, *gemeenten: str, first: date = TODAY, last: date = TODAY) -> Overview:
    await counting.count_ended(database, NOW + timedelta(hours=1))
    async with database.transaction() as session:
        return await numbers(session, gemeenten or (HERE,), first, last)


async def test_waiting_taken_given_back_and_outcomes_per_topic(database: Database) -> None:
    for number, waited in enumerate((10, 20, 50, 100, 170, 290, 500, 800, 1000, 3000)):
        await ended(database, f"gesprek-{number}", waited)
    await ended(database, "terug", 10, state="teruggegeven", outcome=None)
    await ended(database, "weg", None, outcome="ingetrokken")
    shown = (await look(database)).topics["pgb_uitleg"]
    assert (shown.asked, shown.taken, shown.given_back) == (12, 11, 1)
    assert (shown.waited(0.5), shown.waited(0.9)) == (180, 1800)
    assert outcomes_of(shown) == [("beantwoord", 10)]


async def test_what_still_goes_on_is_not_counted_and_what_ended_only_once(database: Database) -> None:
    for number in range(6):
        await ended(database, f"gesprek-{number}")
    await ended(database, "bezig", ended_at=None, state="in_gesprek", outcome=None)
    await asyncio.gather(*(counting.count_ended(database, NOW) for _ in range(4)))
    assert (await look(database)).total.asked == 6


async def test_counters_stay_when_the_talks_are_gone(database: Database) -> None:
    for number in range(6):
        await ended(database, f"gesprek-{number}")
    await look(database)
    assert (await database.purge(NOW + timedelta(days=40), 28, 14))[0] == 6
    assert (await look(database)).topics["pgb_uitleg"].taken == 6


async def test_a_promise_is_kept_broken_or_taken_back(database: Database) -> None:
    await colleague(database, "anna")
    in_time, late = NOW + timedelta(hours=1), NOW + timedelta(hours=9)
    requests: list[dict[str, Any]] = [
        {"status": "gebeld", "handled_at": in_time, "handled_by": "anna"},
        {"status": "gebeld", "handled_at": in_time, "handled_by": "anna", "promised_until": None},
        {"status": "gebeld", "handled_at": late, "handled_by": "anna"},
        {"status": "vervallen", "handled_at": late, "handled_by": "anna"},
        {"status": "vervallen"},
        {"status": "open", "promised_until": NOW - timedelta(hours=1)},
        {"status": "open"},
        {"status": "wacht_op_gegevens", "promised_until": None},
    ]
    async with database.transaction() as session:
        for number, values in enumerate(requests):
            session.add(call_back(f"gesprek-{number}", **values))
    total = (await look(database)).total
    assert (total.calls_asked, total.called, total.promised, total.kept) == (6, 3, 4, 1)


async def test_answered_within_the_waiting_time_that_was_told(database: Database) -> None:
    def replied(seconds: int) -> dict[str, Any]:
        return {"promised_minutes": 3, "first_reply_at": NOW + timedelta(seconds=seconds)}

    told: list[dict[str, Any]] = [
        replied(180), replied(181), {"promised_minutes": 3}, {"promised_minutes": 3, "outcome": "ingetrokken"},
        {**replied(20), "promised_minutes": None}, {**replied(20), "outcome": "ingetrokken"},
    ]  # fmt: skip
    for number, values in enumerate(told):
        await ended(database, f"gesprek-{number}", **values)
    shown = (await look(database)).topics["pgb_uitleg"]
    # Never answered is not kept; who left before an answer, or was told nothing, does not count.
    assert (shown.asked, shown.wait_promised, shown.wait_kept) == (6, 4, 2)


def test_the_sheet_has_the_same_numbers_and_nothing_when_there_is_too_little() -> None:
    few = as_csv(Overview(Numbers(), {}, hidden=True), {})
    assert len(few.splitlines()) == 1
    of_topic = Numbers(asked=8, taken=7, wait_promised=6, wait_kept=5, promised=4, kept=3)
    head, row, total = csv.reader(
        io.StringIO(as_csv(Overview(of_topic, {"pgb": of_topic}), {"pgb": "=Pgb"})), delimiter=";"
    )
    found = dict(zip(head, row, strict=True))
    assert (found["wachttijd_beloofd"], found["op_tijd_antwoord"], found["op_tijd_gebeld"]) == ("6", "5", "3")
    assert (row[0], total[0], row[1:]) == ("'=Pgb", "Alles samen", total[1:])


async def test_few_are_put_together_and_too_few_not_shown_at_all(database: Database) -> None:
    for number in range(4):
        await ended(database, f"vervoer-{number}", topic="vervoer")
    alone = await look(database)
    assert (alone.topics, alone.hidden) == ({}, True)
    for number in range(6):
        await ended(database, f"pgb-{number}")
    for number in range(7):
        await ended(database, f"jeugd-{number}", topic="jeugdhulp")
    overview = await look(database)
    # Four are never shown apart, nor to be worked out from the rest: the smallest topic goes along.
    assert {topic: shown.asked for topic, shown in overview.topics.items()} == {"jeugdhulp": 7, OTHER: 10}
    assert overview.total.asked == 17


async def test_only_days_and_municipalities_that_were_asked_for(database: Database) -> None:
    for number in range(5):
        await ended(database, f"gesprek-{number}")
        await ended(database, f"elders-{number}", gemeente="GM0001")
    yesterday = TODAY - timedelta(days=1)
    assert (await look(database, first=yesterday, last=yesterday)).total.asked == 0
    assert (await look(database, "GM0001", first=yesterday)).total.asked == 5
    assert (await look(database, "GM0001", HERE)).total.asked == 10


async def test_counters_name_no_person_and_no_talk(database: Database) -> None:
    await colleague(database, "anna")
    await ended(database, "gesprek-1", claimed_by="anna")
    await look(database)
    async with database.transaction() as session:
        written = " ".join(f"{row.kind} {row.key}" for row in await session.scalars(select(Statistic)))
    assert "anna" not in written
    assert "gesprek-1" not in written


@pytest.mark.parametrize(("seconds", "bound"), [(0, "15"), (15, "15"), (16, "30"), (86400, "86400"), (86401, "langer")])
def test_a_waiting_time_falls_under_one_bound(seconds: int, bound: str) -> None:
    assert counting.bucket(seconds) == bound
