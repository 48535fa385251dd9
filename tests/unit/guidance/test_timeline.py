"""The dates a resident is told are the dates of the law (Wmo 2015, Awb, Algemene termijnenwet)."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content import load_facts
from steunwijzer.guidance.timeline import (
    STARTS,
    ask_before,
    end_of_term,
    is_working_day,
    next_working_day,
    timeline,
)
from tests.conftest import ROOT

TERMS = load_facts(ROOT / "content").terms
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
# Longest row of free days: Goede Vrijdag until and with Tweede paasdag.
LONGEST_WAIT = 4


def test_a_melding_on_3_november_2026_gives_six_weeks_and_then_two() -> None:
    days = {moment.key: moment.day for moment in timeline("melding", date(2026, 11, 3), date(2026, 11, 24), TERMS)}
    assert days["plan"] == date(2026, 11, 10)
    assert days["onderzoek"] == date(2026, 12, 15)
    assert days["beschikking"] == date(2026, 12, 29)
    assert days["bezwaar"] == date(2027, 2, 9)


def test_the_last_day_for_bezwaar_counts_from_the_letter() -> None:
    days = {moment.key: moment.day for moment in timeline("besluit", date(2026, 11, 13), date(2026, 11, 24), TERMS)}
    assert days["bezwaar"] == date(2026, 12, 28)  # zes weken later is het eerste kerstdag, dan een weekend


def test_what_lies_behind_us_is_marked() -> None:
    past = {moment.key: moment.past for moment in timeline("melding", date(2026, 9, 1), date(2026, 11, 24), TERMS)}
    assert past["onderzoek"]
    assert past["beschikking"]
    today = timeline("melding", date(2026, 11, 24), date(2026, 11, 24), TERMS)
    assert not any(moment.past for moment in today)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 11, 28), date(2026, 11, 30)),  # zaterdag
        (date(2026, 12, 25), date(2026, 12, 28)),  # vrijdag eerste kerstdag, daarna zaterdag en zondag
        (date(2027, 1, 1), date(2027, 1, 4)),
        (date(2026, 4, 3), date(2026, 4, 7)),  # Goede Vrijdag tot en met tweede paasdag
        (date(2026, 4, 27), date(2026, 4, 28)),  # Koningsdag
        (date(2026, 5, 5), date(2026, 5, 6)),  # Bevrijdingsdag, elk jaar voor termijnen
        (date(2026, 5, 14), date(2026, 5, 15)),  # Hemelvaartsdag
        (date(2026, 12, 31), date(2026, 12, 31)),  # oudejaarsdag is een gewone dag
        (date(2026, 12, 5), date(2026, 12, 7)),
    ],
)
def test_a_term_never_ends_on_a_free_day(day: date, working: date) -> None:
    assert next_working_day(day) == working


@given(DAYS, st.integers(1, 12))
def test_a_term_ends_on_a_working_day_and_never_shrinks(start: date, weeks: int) -> None:
    end = end_of_term(start, {"waarde": weeks, "eenheid": "weken"})
    assert is_working_day(end)
    assert timedelta(weeks=weeks) <= end - start <= timedelta(weeks=weeks, days=LONGEST_WAIT)


@given(DAYS, st.integers(1, 20))
def test_a_later_start_never_gives_an_earlier_end(start: date, later: int) -> None:
    term = TERMS["bezwaar"]
    assert end_of_term(start, term) <= end_of_term(start + timedelta(days=later), term)


@given(st.sampled_from(sorted(STARTS)), DAYS)
def test_every_road_goes_forward_and_ends_its_terms_on_working_days(start: str, day: date) -> None:
    moments = timeline(start, day, day, TERMS)
    assert moments[0].day == day
    assert all(earlier.day < later.day for earlier, later in pairwise(moments))
    assert all(is_working_day(moment.day) for moment in moments[1:])
    assert all(TERMS[moment.key]["naam"] and TERMS[moment.key]["uitleg"] for moment in moments)


@given(DAYS)
def test_asking_in_time_leaves_room_for_the_whole_procedure(end: date) -> None:
    ask = ask_before(end, TERMS)
    assert is_working_day(ask)
    assert timedelta(weeks=8) <= end - ask <= timedelta(weeks=8, days=LONGEST_WAIT)
