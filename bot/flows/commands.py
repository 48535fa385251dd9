"""What a resident's message asks of the conversation, as in CALM: the dialogue says what, the engine does it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class StartFlow:
    """Begin a topic. One that waits for an answer is put aside and comes back afterwards.

    ``also``: other topics the words may be about, offered beside the answer; None when there is no doubt.
    ``instead``: what waits for an answer is over; it does not come back.
    """

    flow: str
    also: tuple[str, ...] | None = None
    instead: bool = False


@dataclass(frozen=True)
class SetSlots:
    """The message tells these values. ``answer``: to the question that stands open; ``correction``: of what was told before."""

    values: Mapping[str, Any]
    answer: bool = False
    correction: bool = False


@dataclass(frozen=True)
class Clarify:
    """Several topics fit: let the resident choose. ``reason``: why we ask (``lang``, ``brief``), None when simply unsure."""

    flows: tuple[str, ...]
    reason: str | None = None


@dataclass(frozen=True)
class CannotHandle:
    """Not understood."""


@dataclass(frozen=True)
class Cancel:
    """Stop the topic."""


@dataclass(frozen=True)
class Back:
    """To the question before this one."""


@dataclass(frozen=True)
class Repeat:
    """Say it again."""


@dataclass(frozen=True)
class Explain:
    """Say it in easier words."""


@dataclass(frozen=True)
class ExplainTerm:
    """Say what one difficult word means."""

    term: str


@dataclass(frozen=True)
class Restart:
    """The topic from its beginning."""


@dataclass(frozen=True)
class Crisis:
    """Danger: everything else stops. ``slots``: who speaks, or about whom."""

    flow: str
    slots: Mapping[str, Any] = field(default_factory=dict)


Command = (
    StartFlow | SetSlots | Clarify | CannotHandle | Cancel | Back | Repeat | Explain | ExplainTerm | Restart | Crisis
)
