"""The dates a resident is told are the dates of the law (Wmo 2015, Awb, Algemene termijnenwet)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content import load_facts
from steunwijzer.guidance.timeline import end_of_term, next_working_day, wmo_timeline
from tests.conftest import ROOT

TERMS = load_facts(ROOT / "content").terms
WEEK = {"waarde": 1, "eenheid": "weken"}


def test_a_melding_on_3_november_2026_gives_six_weeks_and_then_two() -> None:
    days = {moment.key: moment.day for moment in wmo_timeline(date(2026, 11, 3), date(2026, 11, 24), TERMS)}
    assert days["onderzoek"] == date(2026, 12, 15)
    assert days["beschikking"] == date(2026, 12, 29)
    assert days["bezwaar"] == date(2027, 2, 9)


def test_what_lies_behind_us_is_marked() -> None:
    past = {moment.key: moment.past for moment in wmo_timeline(date(2026, 9, 1), date(2026, 11, 24), TERMS)}
    assert past["onderzoek"]
    assert past["beschikking"]
    assert not {m.key: m.past for m in wmo_timeline(date(2026, 11, 24), date(2026, 11, 24), TERMS)}["melding"]


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


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)))
def test_any_start_gives_a_working_day_at_or_after_the_term(start: date) -> None:
    end = end_of_term(start, WEEK)
    assert end >= start + timedelta(days=7)
    assert end.weekday() < 5
    assert end - start <= timedelta(days=7 + 5)


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)))
def test_the_moments_come_in_order(start: date) -> None:
    days = [moment.day for moment in wmo_timeline(start, start, TERMS)]
    assert days == sorted(days)
