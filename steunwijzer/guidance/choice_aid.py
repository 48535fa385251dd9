"""The picture after the choice aid (``content/keuzehulp.yml``): what somebody finds important, and what to ask.

Never a verdict: what fits care in kind and what fits a pgb is only counted, and about both as many questions are given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.content import questionnaires
from steunwijzer.guidance.care_forms import FORMS
from steunwijzer.guidance.tally import OPEN, in_words, tally

NEUTRAL, UNKNOWN = "maakt_niet_uit", "weet_niet"
VALUES = (*FORMS, NEUTRAL, UNKNOWN)
# About so many subjects a question for either form is given; what was not known comes first.
MAX_SUBJECTS = 3


@dataclass(frozen=True)
class Given:
    """One answer: about what (``subject``), in which words (``label``), and which of :data:`VALUES`."""

    subject: str
    label: str
    value: str


@dataclass(frozen=True)
class Picture:
    """``given``: the answers in the order of the questions; ``counts``: per value and for :data:`OPEN`.

    ``order``: which form is named first; ``questions``: to ask in the talk, by turns about either form.
    """

    given: tuple[Given, ...]
    counts: Mapping[str, int]
    order: tuple[str, str]
    questions: tuple[str, ...]

    @property
    def says_something(self) -> bool:
        """Whether any answer fits one of the forms."""
        return any(self.counts[form] for form in FORMS)


def read(content: Path, *, young: bool = False) -> Mapping[str, Any]:
    """The choice aid of that content folder, checked; ``young``: in the words for somebody under 18. Raises ``ShapeError``."""
    return questionnaires.said_to(questionnaires.read(content / questionnaires.CHOICE_AID), young=young)


def picture(data: Mapping[str, Any], answers: Mapping[str, Any], order: tuple[str, str]) -> Picture:
    """The picture for these answers (slot to value); what is missing or no value has not been answered."""
    questions = data["vragen"]
    given = [
        Given(question["onderwerp"], questionnaires.labels(data, question)[value], value)
        for question in questions
        if (value := answers.get(question["slot"])) in VALUES
    ]
    return Picture(tuple(given), tally(questions, answers, VALUES), order, _to_ask(questions, answers, order))


def _to_ask(
    questions: Sequence[Mapping[str, Any]], answers: Mapping[str, Any], order: tuple[str, str]
) -> tuple[str, ...]:
    """First about what somebody does not know, then about what was chosen, then about the rest."""
    rank = {UNKNOWN: 0, **dict.fromkeys(FORMS, 1)}
    subjects = sorted(questions, key=lambda question: rank.get(answers.get(question["slot"], OPEN), 2))
    return tuple(question["stel_vraag"][form] for question in subjects[:MAX_SUBJECTS] for form in order)


def as_text(found: Picture, data: Mapping[str, Any]) -> str:
    """The answers in groups: what fits either form in the resident's own words, then what makes no difference or is not known."""
    headings = data["uitkomst"]["kop"]
    lines: list[str] = []
    for form in found.order:
        chosen = [item for item in found.given if item.value == form]
        lines += [f"{headings[form]}:", *(f"- {item.subject}: {item.label}" for item in chosen)] if chosen else []
    for value in (NEUTRAL, UNKNOWN):
        subjects = ", ".join(item.subject for item in found.given if item.value == value)
        lines += [f"{headings[value]}: {subjects}."] if subjects else []
    return "\n".join(lines)


def counts_in_words(found: Picture, data: Mapping[str, Any]) -> dict[str, str | None]:
    """``eerste`` and ``tweede``: the counts of the forms in order; ``rest``: a sentence on what has no answer yet, or None."""
    words = data["uitkomst"]["telling"]
    first, second = (in_words(words[form], found.counts[form]) for form in found.order)
    return {"eerste": first, "tweede": second, "rest": in_words(words[OPEN], found.counts[OPEN])}
