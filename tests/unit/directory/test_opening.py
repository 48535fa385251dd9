"""Opening hours of the chat: by day, across holidays and summer time, and in words."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from steunwijzer.directory.opening import Hours, moment_words
from steunwijzer.directory.profiles import problems, profile
from steunwijzer.pages.gemeenten import profiles_page
from tests.conftest import ROOT

WEEK = {day: ["09:00-12:30", "13:00-17:00"] for day in ("maandag", "dinsdag", "woensdag", "donderdag")}
HOURS = Hours.read({**WEEK, "vrijdag": ["09:00-12:00"], "dicht_op": ["2026-12-24"]})


def at(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def test_nothing_filled_in_is_no_hours() -> None:
    assert Hours.read(None) is None
    assert Hours.read({}) is None


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (at(2026, 11, 24, 8), True),  # 9.00 in winter
        (at(2026, 11, 24, 7, 59), False),
        (at(2026, 7, 7, 7), True),  # 9.00 in summer
        (at(2026, 11, 24, 11, 30), False),  # lunch
        (at(2026, 11, 24, 12), True),
        (at(2026, 11, 24, 16), False),  # 17.00: closed from then on
        (at(2026, 11, 27, 11), False),  # Friday after twelve
        (at(2026, 11, 28, 10), False),  # Saturday
        (at(2026, 12, 24, 9), False),  # closed day
        (at(2026, 12, 25, 9), False),  # Christmas, a Friday
    ],
)
def test_open_or_not(moment: datetime, is_open: bool) -> None:
    assert HOURS is not None
    assert HOURS.open_at(moment) is is_open


def test_a_holiday_is_one_only_on_a_day_that_is_open_otherwise() -> None:
    assert HOURS is not None
    assert HOURS.holiday(at(2026, 12, 25, 9)) == "Eerste kerstdag"
    assert HOURS.holiday(at(2026, 12, 26, 9)) == ""  # a Saturday
    assert HOURS.holiday(at(2026, 12, 24, 9))
    assert HOURS.holiday(at(2026, 12, 23, 9)) == ""


def test_it_opens_again_after_the_holidays() -> None:
    assert HOURS is not None
    opening = HOURS.next_opening(at(2026, 12, 23, 17))
    assert opening is not None
    assert moment_words(opening, date(2026, 12, 23)) == "maandag 28 december om 9.00 uur"


def test_in_words_days_with_the_same_hours_stand_together() -> None:
    assert HOURS is not None
    assert HOURS.words() == (
        "maandag tot en met donderdag van 9.00 tot 12.30 en van 13.00 tot 17.00 uur, vrijdag van 9.00 tot 12.00 uur"
    )


@pytest.mark.parametrize("wrong", [{"maandag": ["17:00-09:00"]}, {"maandag": ["9 uur"]}, {"maandag": ["09:00-17:00"], "dicht_op": ["morgen"]}])  # fmt: skip
def test_hours_that_cannot_be_are_refused(wrong: dict[str, list[str]]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        Hours.read(wrong)


def test_the_profile_and_its_page_tell_them() -> None:
    demo = profile(ROOT / "content", "GM9999")
    assert demo is not None
    assert demo.hours is not None
    assert list(problems(ROOT / "content")) == []
    page = profiles_page(ROOT / "content", date(2026, 11, 26))
    assert "maandag tot en met vrijdag van 9.00 tot 17.00 uur" in page
    assert "binnen 2 werkdagen" in page
