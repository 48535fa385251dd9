"""Dates as residents say them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steunwijzer.guidance.dates import read_date

TODAY = date(2026, 11, 24)  # een dinsdag


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("3 november", date(2026, 11, 3)),
        ("3 november 2026", date(2026, 11, 3)),
        ("3-11-2026", date(2026, 11, 3)),
        ("2026-11-03", date(2026, 11, 3)),
        ("gisteren", date(2026, 11, 23)),
        ("vandaag", TODAY),
        ("drie weken geleden", date(2026, 11, 3)),
        ("afgelopen maandag", date(2026, 11, 23)),
        ("vorige week donderdag", date(2026, 11, 19)),
        ("20 december", date(2025, 12, 20)),
    ],
)
def test_a_clear_day_is_read(said: str, meant: date) -> None:
    assert read_date(said, TODAY) == meant


@pytest.mark.parametrize("said", ["", "begin november", "ergens in de zomer", "weet ik niet", "2026-02-30", "half mei"])
def test_unclear_words_are_no_date(said: str) -> None:
    assert read_date(said, TODAY) is None


@given(st.text(max_size=60))
def test_nothing_a_resident_types_breaks_it(said: str) -> None:
    found = read_date(said, TODAY)
    assert found is None or isinstance(found, date)
