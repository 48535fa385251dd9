"""The calendar file: readable by a calendar, only days to come, no personal data."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from bot.content import load_facts
from steunwijzer.guidance.agenda import calendar
from steunwijzer.guidance.timeline import STARTS, timeline
from tests.conftest import ROOT

TERMS = load_facts(ROOT / "content").terms
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
TODAY = NOW.date()


@settings(deadline=None)
@given(st.sampled_from(sorted(STARTS)), st.integers(0, 200))
def test_a_calendar_reads_back_the_days_to_come(start: str, ago: int) -> None:
    moments = timeline(start, TODAY - timedelta(days=ago), TODAY, TERMS)
    events = Calendar.from_ical(calendar(start, moments, TERMS, NOW)).walk("VEVENT")
    assert [event.decoded("dtstart") for event in events] == [moment.day for moment in moments if not moment.past]
    assert len({str(event["uid"]) for event in events}) == len(events)


def test_an_event_warns_beforehand_and_stays_private() -> None:
    moments = timeline("besluit", date(2026, 11, 3), TODAY, TERMS)
    event = Calendar.from_ical(calendar("besluit", moments, TERMS, NOW)).walk("VEVENT")[0]
    assert str(event["summary"]) == TERMS["bezwaar"]["naam"]
    assert str(event["class"]) == "PRIVATE"
    assert event.walk("VALARM")[0].decoded("trigger") == timedelta(days=-7)
