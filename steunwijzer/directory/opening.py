"""When staff answer in the chat, as a municipality filled it in (``chat_bemensing`` in its profile): hours, closed days, words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from steunwijzer.clock import NETHERLANDS

DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
_AHEAD = 21
Span = tuple[time, time]


@dataclass(frozen=True)
class Hours:
    """``spans``: opening times by day of the week (0: Monday); ``closed``: days on which nobody is there all the same."""

    spans: Mapping[int, tuple[Span, ...]]
    closed: frozenset[date] = frozenset()

    @classmethod
    def read(cls, given: Mapping[str, Any] | None) -> Hours | None:
        """From the profile's field. None when the municipality filled in nothing. Raises ValueError for what is no time."""
        if not given:
            return None
        spans = {
            number: tuple(sorted(_span(text) for text in given[day]))
            for number, day in enumerate(DAYS)
            if given.get(day)
        }
        return cls(spans, frozenset(date.fromisoformat(day) for day in given.get("dicht_op") or ()))

    def open_at(self, moment: datetime) -> bool:
        """Whether these are opening hours; holidays are another matter."""
        local = moment.astimezone(NETHERLANDS)
        return any(start <= local.time() < end for start, end in self._on(local.date()))

    def holiday(self, moment: datetime) -> str:
        """The name of the holiday (or words for a closed day) on which it would have been open; empty on any other day."""
        day = moment.astimezone(NETHERLANDS).date()
        if not self.spans.get(day.weekday()):
            return ""
        return holiday_name(day) or ("een dag waarop de chat dicht is" if day in self.closed else "")

    def next_opening(self, moment: datetime) -> datetime | None:
        """When it opens again; None when that is more than three weeks away."""
        local = moment.astimezone(NETHERLANDS)
        for ahead in range(_AHEAD):
            day = local.date() + timedelta(days=ahead)
            for start, _ in self._on(day):
                opening = datetime.combine(day, start, NETHERLANDS)
                if opening > local:
                    return opening
        return None

    def words(self) -> str:
        """As part of a sentence: ``maandag tot en met donderdag van 9.00 tot 17.00 uur, vrijdag van 9.00 tot 12.00 uur``."""
        return ", ".join(f"{days} {_spans(spans)} uur" for days, spans in self._groups())

    def _on(self, day: date) -> tuple[Span, ...]:
        return () if day in self.closed or holiday_name(day) else self.spans.get(day.weekday(), ())

    def _groups(self) -> Iterator[tuple[str, tuple[Span, ...]]]:
        """Days in a row with the same hours belong together."""
        first: int | None = None
        for number in range(len(DAYS)):
            here, following = self.spans.get(number), self.spans.get(number + 1)
            if not here:
                continue
            first = number if first is None else first
            if here != following:
                yield DAYS[first] if first == number else f"{DAYS[first]} tot en met {DAYS[number]}", here
                first = None


def holiday_name(day: date) -> str:
    """The Dutch name of a public holiday; empty for every other day."""
    return _holidays(day.year).get(day, "")


@lru_cache(maxsize=4)
def _holidays(year: int) -> Mapping[date, str]:
    """The public holidays of a year, worked out once: every turn asks whether the chat is open."""
    # Costs memory; only who looks at opening hours needs it.
    import holidays

    return {day: str(name) for day, name in holidays.country_holidays("NL", years=year, language="nl").items()}


def moment_words(moment: datetime, today: date) -> str:
    """A moment as people say it: ``vandaag om 13.00 uur``, ``maandag 30 november om 9.00 uur``."""
    local = moment.astimezone(NETHERLANDS)
    near = {0: "vandaag", 1: "morgen"}.get((local.date() - today).days)
    day = near or f"{DAYS[local.weekday()]} {local.day} {_MONTHS[local.month - 1]}"
    return f"{day} om {_clock(local.time())} uur"


def day_words(day: date) -> str:
    """``maandag 30 november``."""
    return f"{DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"


def _span(text: str) -> Span:
    start, _, end = str(text).partition("-")
    span = time.fromisoformat(start.strip()), time.fromisoformat(end.strip())
    if span[0] >= span[1]:
        raise ValueError(f"{text}: het einde ligt voor het begin")
    return span


def _spans(spans: tuple[Span, ...]) -> str:
    return " en ".join(f"van {_clock(start)} tot {_clock(end)}" for start, end in spans)


def _clock(moment: time) -> str:
    return f"{moment.hour}.{moment.minute:02}"
