"""The days of the road as a calendar file (RFC 5545), to put in an agenda. It holds days and fixed words, no personal data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from icalendar import Alarm, Calendar, Event

from steunwijzer.guidance.timeline import Deadline, Terms

# A week to write or call when a term ends; a day before an optional plan is enough.
_WARN_DAYS = {"plan": 2}
_WARN_DEFAULT = 7


def calendar(start: str, moments: Sequence[Deadline], terms: Terms, now: datetime) -> bytes:
    """An event for each day that is still to come, with a reminder."""
    made = Calendar()
    made.add("prodid", "-//Steunwijzer//Termijnen//NL")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    for moment in moments:
        if not moment.past:
            made.add_component(_event(start, moments[0].day, moment, terms, now))
    return bytes(made.to_ical())


def _event(start: str, first: date, moment: Deadline, terms: Terms, now: datetime) -> Event:
    name, explained = terms[moment.key]["naam"], terms[moment.key]["uitleg"]
    event = Event()
    event.add("uid", f"{start}-{first.isoformat()}-{moment.key}@steunwijzer")
    event.add("dtstamp", now)
    event.add("dtstart", moment.day)
    event.add("dtend", moment.day + timedelta(days=1))
    event.add("summary", name)
    event.add("description", explained)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", name)
    alarm.add("trigger", timedelta(days=-_WARN_DAYS.get(moment.key, _WARN_DEFAULT)))
    event.add_component(alarm)
    return event
