"""The outcome of the self-check on pgb-vaardigheid (``content/pgb_vaardigheid.yml``): what goes well, and what may help.

It says nothing about who may have a pgb; the municipality decides, and looks at what somebody can do with help.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.content import questionnaires
from steunwijzer.guidance.tally import OPEN, in_words, tally

ALONE = "ja"
VALUES = (ALONE, "soms", "nee", "weet_niet")


@dataclass(frozen=True)
class Point:
    """Something to talk about: the subject and what may help with it."""

    subject: str
    support: str


@dataclass(frozen=True)
class Outcome:
    """``counts``: per value and for :data:`OPEN`; ``to_discuss``: every point that was answered with less than yes."""

    counts: Mapping[str, int]
    to_discuss: tuple[Point, ...]

    @property
    def complete(self) -> bool:
        """Whether every question has an answer."""
        return self.counts[OPEN] == 0

    @property
    def begun(self) -> bool:
        """Whether any question has an answer."""
        return any(self.counts[value] for value in VALUES)


def read(content: Path, *, young: bool = False) -> Mapping[str, Any]:
    """The self-check of that content folder, checked; ``young``: in the words for somebody under 18. Raises ``ShapeError``."""
    return questionnaires.said_to(questionnaires.read(content / questionnaires.SELF_CHECK), young=young)


def outcome(data: Mapping[str, Any], answers: Mapping[str, Any]) -> Outcome:
    """The outcome for these answers (slot to value); what is missing or no value has not been answered."""
    questions = data["vragen"]
    points = tuple(
        Point(question["onderwerp"], question["steun"])
        for question in questions
        if answers.get(question["slot"]) in VALUES and answers[question["slot"]] != ALONE
    )
    return Outcome(tally(questions, answers, VALUES), points)


def as_text(found: Outcome) -> str | None:
    """The points to talk about as a list, or None without any."""
    return "\n".join(f"- {point.subject}. {point.support}" for point in found.to_discuss) or None


def counts_in_words(found: Outcome, data: Mapping[str, Any]) -> dict[str, str | None]:
    """``telling``: "6 keer ja, 2 keer nee"; ``open``: a sentence on what has no answer yet, or None."""
    words = data["uitkomst"]["telling"]
    said = [in_words(words[value], found.counts[value]) for value in VALUES]
    return {"telling": ", ".join(filter(None, said)) or None, "open": in_words(words[OPEN], found.counts[OPEN])}
