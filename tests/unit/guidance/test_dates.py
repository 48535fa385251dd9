"""Dates as residents say them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steunwijzer.guidance.dates import read
from steunwijzer.guidance.words import in_words

TODAY = date(2026, 11, 24)  # een dinsdag


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("3 november", date(2026, 11, 3)),
        ("3 november 2026", date(2026, 11, 3)),
        ("dinsdag 3 november", date(2026, 11, 3)),
        ("op 3 november jl. geloof ik", date(2026, 11, 3)),
        ("de 3e november", date(2026, 11, 3)),
        ("3 nov.", date(2026, 11, 3)),
        ("drie november", date(2026, 11, 3)),
        ("3-11-2026", date(2026, 11, 3)),
        ("3/11/26", date(2026, 11, 3)),
        ("3.11.2026", date(2026, 11, 3)),
        ("2026-11-03", date(2026, 11, 3)),
        ("eergisteren", date(2026, 11, 22)),
        ("gisteren", date(2026, 11, 23)),
        ("vandaag", TODAY),
        ("morgen", date(2026, 11, 25)),
        ("drie weken geleden", date(2026, 11, 3)),
        ("1 week terug", date(2026, 11, 17)),
        ("over 2 weken", date(2026, 12, 8)),
        ("afgelopen maandag", date(2026, 11, 23)),
        ("vorige week donderdag", date(2026, 11, 19)),
        ("donderdag vorige week", date(2026, 11, 19)),
        ("volgende week dinsdag", date(2026, 12, 1)),
        ("komende vrijdag", date(2026, 11, 27)),
        ("dinsdag", date(2026, 11, 17)),
        ("20 december", date(2025, 12, 20)),
    ],
)
def test_a_clear_day_is_read(said: str, meant: date) -> None:
    assert read(said, TODAY).day == meant


@pytest.mark.parametrize(
    "said",
    ["", "begin november", "begin deze maand", "ergens in de zomer", "weet ik niet", "half mei", "vorige week",
     "vorige maand", "een paar weken geleden", "twee maanden geleden", "mei", "12", "kerst", "blauw"],
)  # fmt: skip
def test_words_for_no_single_day_are_no_date(said: str) -> None:
    assert read(said, TODAY).trouble == "onduidelijk"


@pytest.mark.parametrize("said", ["31 februari", "31-02-2026", "2026-02-30", "45 november", "30/13/2026", "0-0-2026"])
def test_a_day_no_calendar_has_is_told_apart(said: str) -> None:
    assert read(said, TODAY).trouble == "bestaat_niet"


def test_a_day_ahead_is_the_next_one_when_that_is_asked() -> None:
    assert read("1 februari", TODAY, prefer="future").day == date(2027, 2, 1)
    assert read("1 februari 2027", TODAY).day == date(2027, 2, 1)


@given(st.text(max_size=60))
def test_nothing_a_resident_types_breaks_it(said: str) -> None:
    found = read(said, TODAY)
    assert (found.day is None) != (found.trouble is None)


@given(st.dates(date(2025, 1, 1), date(2027, 12, 31)))
def test_a_day_in_our_own_words_is_read_back(day: date) -> None:
    assert read(in_words(day), TODAY).day == day
