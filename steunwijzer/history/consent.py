"""What of a conversation may be read: what the resident passed on with a hand-over or a call-back request, and what was said during it.

What was said to the assistant before or after, or was kept back, is nobody's to read (content/paginas/privacy.yml).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

WITHDRAWN = "ingetrokken"
# Not asked (yet), or no longer.
NOT_CALLED = frozenset({"wacht_op_gegevens", "vervallen"})


class Case(Protocol):
    """The part of a hand-over that says what was passed on."""

    left_out: list[int]
    outcome: str | None
    ended_at: datetime | None


class Call(Protocol):
    """The same of a call-back request; ``left_out`` is None when the conversation did not go with it."""

    left_out: list[int] | None
    status: str
    passed_at: datetime | None


class Said(Protocol):
    """A message, as far as it matters here."""

    seq: int
    at: datetime


def passed_on[C: Case](cases: Iterable[C]) -> list[C]:
    """The hand-overs that the resident did not take back."""
    return [case for case in cases if case.outcome != WITHDRAWN]


def asked_for[C: Call](calls: Iterable[C]) -> list[C]:
    """The call-back requests that stand, or were dealt with."""
    return [call for call in calls if call.status not in NOT_CALLED]


def readable[M: Said](messages: Iterable[M], cases: Sequence[Case], calls: Sequence[Call]) -> list[M]:
    """The messages that may be read: passed on with one of these, and not said after its end."""
    rules = [(frozenset(case.left_out), case.ended_at) for case in passed_on(cases)]
    rules += [(frozenset(call.left_out), call.passed_at) for call in asked_for(calls) if call.left_out is not None]
    return [
        message
        for message in messages
        if any(message.seq not in left_out and (end is None or message.at <= end) for left_out, end in rules)
    ]
