"""What the rules look at besides the words: the open question, the topic at hand, what was answered, and how sure to be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.content.glossary import Glossary
from bot.dialogue.answers_to_questions import Question


@dataclass(frozen=True)
class Thresholds:
    """How sure to be. Chosen from data (docs/nlu.md).

    ``sure``: to answer at once; ``certain``: to answer without a way back; ``interrupt``: to answer while a question stands
    open; ``worth_naming``: to name a topic when asking what is meant; ``second``: to offer the runner-up beside an answer.
    """

    sure: float = 0.5
    certain: float = 0.75
    interrupt: float = 0.6
    worth_naming: float = 0.08
    second: float = 0.2


@dataclass(frozen=True)
class Situation:
    """What the rules look at. ``topics``: intent to flow; ``not_offered``: flows that are no choice in a clarification.

    ``details``: per flow the slots that own words may fill beforehand; ``answered``: answers given so far in what is open;
    ``askers``: per slot the topic that asks for it, to which a button of a finished conversation leads back.
    ``concluded``: what the topic that just ended was told.
    ``topic``: what the talk is about now; ``meant``: topics that were thought of beside the last answer; ``person``: for whom.
    ``glossary``: words that can be asked; ``options_shown``: a list of local help was shown last and can be narrowed.
    ``labels``: the buttons under the last messages, for who types what stands on one.
    """

    topics: Mapping[str, str]
    not_offered: frozenset[str]
    known_slots: frozenset[str]
    question: Question | None = None
    thresholds: Thresholds = Thresholds()
    details: Mapping[str, frozenset[str]] = field(default_factory=dict)
    answered: Mapping[str, Any] = field(default_factory=dict)
    askers: Mapping[str, str] = field(default_factory=dict)
    concluded: Mapping[str, Any] = field(default_factory=dict)
    topic: str | None = None
    meant: tuple[str, ...] = ()
    person: str | None = None
    glossary: Glossary | None = None
    options_shown: bool = False
    labels: Mapping[str, str] = field(default_factory=dict)


def describe(question_slot: str, slot: Any, buttons: Mapping[str, Mapping[str, Any]]) -> Question:
    """A :class:`Question` from a Rasa slot."""
    values = tuple(getattr(slot, "values", ()) or ())
    return Question(question_slot, slot.type_name, values, buttons)
