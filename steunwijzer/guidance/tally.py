"""Counts answers to a questionnaire and says the counts in the editors' words. Pure arithmetic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

# An answer that was not given.
OPEN = "open"


def tally(questions: Sequence[Mapping[str, Any]], answers: Mapping[str, Any], values: Sequence[str]) -> dict[str, int]:
    """How often each value was given to these questions (by ``slot``); what is no value counts as :data:`OPEN`."""
    given = [answers.get(question["slot"]) for question in questions]
    counts = {value: given.count(value) for value in values}
    return {**counts, OPEN: len(given) - sum(counts.values())}


def in_words(words: Mapping[str, str], number: int) -> str | None:
    """``geen`` for none (None without that word), ``een`` for one, else ``meer`` with ``{aantal}`` filled in."""
    if number == 0:
        return words.get("geen")
    return words["een"] if number == 1 else words["meer"].replace("{aantal}", str(number))
