"""An attack counts only when it arrives, and a resident who is turned away counts as hurt."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import pytest

from steunwijzer.bench.attack import ATTACKS, Row, Tally, attacker, resident
from steunwijzer.cli.attack import HURT, UNCLEAR, verdict

FINE = Row("vervalste tokens", 30, 40, 36, 0, Tally(900, 900))
# Slow before, quiet after: it says nothing that 99 is three times 30.
BUSY = Row("y", 30, 99, 70, 0, Tally(5, 5))


@pytest.mark.parametrize(
    ("rows", "words", "code"),
    [
        ([FINE], "Geslaagd: bij geen aanval wacht een inwoner meer dan 3 maal zo lang.", 0),
        ([FINE, Row("x", 301, 39, 37, 0, Tally(5, 5))], "Geslaagd: ", 0),
        ([FINE, BUSY], "Geen oordeel: de machine deed te veel ander werk bij: y. Draai dit nog eens", UNCLEAR),
        ([BUSY, Row("x", 10, 10, 10, 0, Tally(0, 0))], "Gezakt. De aanval kwam niet aan bij: x.", HURT),
        ([BUSY, Row("x", 10, 10, 10, 2, Tally(5, 5))], "Gezakt. Een inwoner kreeg geen antwoord bij: x.", HURT),
        ([BUSY, Row("x", 30, 110, 34, 0, Tally(5, 5))], "Gezakt. Meer dan 3 maal langzamer bij: x.", HURT),
    ],
)
def test_a_measurement_always_ends_in_a_verdict(rows: list[Row], words: str, code: int) -> None:
    said, exit_code = verdict(rows, 3)
    assert said.startswith(words)
    assert exit_code == code


def test_who_gets_no_answer_is_counted_and_the_measurement_goes_on() -> None:
    waited = asyncio.run(resident("http://127.0.0.1:9", 20))
    assert waited.failed >= 20
    assert waited.p95 == float("inf")


def until(told: list[Tally], true: Callable[[Tally], bool]) -> None:
    limit = time.monotonic() + 120
    while not true(told[-1]):
        assert time.monotonic() < limit, told[-1]
        time.sleep(0.05)


@pytest.mark.slow
@pytest.mark.engine
@pytest.mark.parametrize("name", ATTACKS)
def test_every_attack_arrives(site: str, name: str) -> None:
    # This site has its limits off: what is only too much, is let through.
    allowed = {"10.000 snelle berichten", "steeds nieuwe gesprekken", "200 trage schrijvers", "200 trage lezers"}
    with attacker(name, site) as told:
        until(told, lambda tally: tally.sent > 0 and (name in allowed or tally.refused > 0))


def test_an_attack_on_nobody_is_refused() -> None:
    with attacker("200 trage schrijvers", "http://127.0.0.1:9") as told:
        until(told, lambda tally: tally.refused > 0)
