"""What of a conversation may be read: what the resident passed on with a hand-over, and what was said during it.

What was said to the assistant before or after, or was kept back, is nobody's to read (content/paginas/privacy.yml).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

WITHDRAWN = "ingetrokken"


class Case(Protocol):
    """The part of a hand-over that says what was passed on."""

    left_out: list[int]
    outcome: str | None
    ended_at: datetime | None


class Said(Protocol):
    """A message, as far as it matters here."""

    seq: int
    at: datetime


def passed_on[C: Case](cases: Iterable[C]) -> list[C]:
    """The hand-overs that the resident did not take back."""
    return [case for case in cases if case.outcome != WITHDRAWN]


def readable[M: Said](messages: Iterable[M], cases: Sequence[Case]) -> list[M]:
    """The messages that may be read: passed on with one of these hand-overs, and not said after its end."""
    rules = [(frozenset(case.left_out), case.ended_at) for case in passed_on(cases)]
    return [
        message
        for message in messages
        if any(message.seq not in left_out and (end is None or message.at <= end) for left_out, end in rules)
    ]
