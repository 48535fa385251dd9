"""How much personal data does a recogniser find, and how much does it cover that is none? On our own labelled messages."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Span = tuple[str, int, int]
Recogniser = Callable[[str], Iterable[Span]]


@dataclass(frozen=True)
class Message:
    """A message with its personal data as (kind, start, end). ``part``: ``gezien`` while building, or ``ongezien``."""

    text: str
    part: str
    spans: tuple[Span, ...]


@dataclass
class Figures:
    """Counts. ``wanted`` and ``found``: labelled spans by kind, and those covered whole. ``right`` and ``covered``: what was covered."""

    wanted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    covered: int = 0
    right: int = 0
    missed: list[str] = field(default_factory=list)
    too_much: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Share of the personal data that is covered whole; 1.0 when there is none."""
        return self.found.total() / self.wanted.total() if self.wanted else 1.0

    @property
    def precision(self) -> float:
        """Share of what was covered that touches personal data; 1.0 when nothing was covered."""
        return self.right / self.covered if self.covered else 1.0


def read(path: Path) -> list[Message]:
    """The labelled messages: one object a line with ``text``, ``part`` and ``spans`` (``kind``, ``start``, ``end``)."""
    return [_message(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines() if line]


def _message(record: dict[str, Any]) -> Message:
    spans = tuple((str(span["kind"]), int(span["start"]), int(span["end"])) for span in record["spans"])
    return Message(record["text"], record["part"], spans)


def measure(messages: Sequence[Message], recogniser: Recogniser) -> Figures:
    """Hold a recogniser against the labels. A label counts as found when no letter or digit of it stays readable."""
    figures = Figures()
    for message in messages:
        found = list(recogniser(message.text))
        hidden = {place for _, start, end in found for place in range(start, end)}
        for kind, start, end in message.spans:
            figures.wanted[kind] += 1
            if all(place in hidden for place in range(start, end) if message.text[place].isalnum()):
                figures.found[kind] += 1
            else:
                figures.missed.append(f"{kind}: {message.text[start:end]!r} in {message.text!r}")
        for kind, start, end in found:
            figures.covered += 1
            if any(start < other_end and other_start < end for _, other_start, other_end in message.spans):
                figures.right += 1
            else:
                figures.too_much.append(f"{kind}: {message.text[start:end]!r} in {message.text!r}")
    return figures
