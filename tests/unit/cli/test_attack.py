"""An attack counts only when it arrives, and a resident who is turned away counts as hurt."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from steunwijzer.bench.attack import ATTACKS, Row, Tally, attacker
from steunwijzer.cli.attack import complaint_about

FINE = Row("vervalste tokens", 30, 40, 36, 0, Tally(900, 900))


def test_a_measurement_in_which_nobody_was_hurt_has_no_complaint() -> None:
    assert complaint_about([FINE], 3) == ""


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (Row("x", 10, 10, 10, 0, Tally(0, 0)), "De aanval kwam niet aan bij: x."),
        (Row("x", 10, 10, 10, 2, Tally(5, 5)), "Een inwoner kreeg geen antwoord bij: x."),
        (Row("x", 30, 99, 34, 0, Tally(5, 5)), "Meer dan 3 maal langzamer bij: x."),
        (Row("x", 30, 99, 70, 0, Tally(5, 5)), "De machine deed te veel ander werk om te meten bij: x."),
    ],
)
def test_what_is_wrong_is_said(row: Row, words: str) -> None:
    assert complaint_about([FINE, row], 3) == words


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
