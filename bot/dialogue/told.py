"""What a resident told without being asked: words that answer a question, from ``data/woordenlijsten/vragen``.

Each file holds ``slot: {value: [words or phrases]}``; ``{leeftijd: [0, 16]}`` among them stands for an age. Two values at
once count as the slot's value ``a_en_b`` where it has one; else the sentence is not clear and the question is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.flows import Flow
from bot.flows.conditions import check
from bot.nlu.normalise import fold
from bot.paths import WORDLISTS
from bot.yamlsource import load

AND = "_en_"
# What may stand around the words without adding anything.
_FILLERS = re.compile(
    r"\b(?:ik|wil|zou|graag|liever|liefst|het|dat|de|een|wel|dan|ja|nou|toch|gewoon|hoor|mij|me|vind|voor|door)\b"
)
AGE = "leeftijd"


@dataclass(frozen=True)
class Words:
    """What points to one value: words and phrases (folded), and ages from and up to."""

    phrases: tuple[str, ...]
    ages: tuple[int, int] | None = None


Vocabulary = Mapping[str, Mapping[str, Words]]


@cache
def vocabulary() -> Vocabulary:
    """``{slot: {value: words}}``. A slot that two files name is an error (ValueError, Dutch)."""
    words: dict[str, Mapping[str, Words]] = {}
    for path in sorted((WORDLISTS / "vragen").glob("*.yml")):
        for slot, values in load(path).items():
            if slot in words:
                raise ValueError(f"{path.name}: '{slot}' staat al in een ander bestand. Zet alle woorden bij elkaar.")
            words[slot] = {value: _words(given) for value, given in values.items()}
    return words


def told(slots: Iterable[str], text: str, age: Any = None) -> dict[str, Any]:
    """Values of those slots that the words give. ``age``: the years the sentence names."""
    found = {slot: value_in(slot, text, age) for slot in slots}
    return {slot: value for slot, value in found.items() if value is not None}


def value_in(slot: str, text: str, age: Any = None) -> str | None:
    """The one value the words give to a slot, or None."""
    values = _spoken(slot, fold(text)) or _of_age(slot, age)
    if len(values) == 1:
        return values.pop()
    both = {value for value in _patterns(slot) if AND in value and set(value.split(AND)) == values}
    return both.pop() if both else None


def says_only(slot: str, text: str) -> bool:
    """Whether a message is nothing but words for the slot's values: "ik wil het graag zelf bepalen"."""
    plain = re.sub(r"[^\w' ]", " ", fold(text))
    rest = plain
    for pattern in _patterns(slot).values():
        rest = pattern.sub(" ", rest)
    return rest != plain and not _FILLERS.sub(" ", rest).strip()


def has_ages(slot: str) -> bool:
    """Whether a number alone answers the question."""
    return any(words.ages for words in vocabulary().get(slot, {}).values())


def slots_of(flow: Flow, flows: Mapping[str, Flow]) -> frozenset[str]:
    """Slots with a vocabulary that a flow, or one it goes on to, asks for or branches on.

    What a flow empties in its first step is always asked: a questionnaire takes no answers from other words.
    """
    seen, waiting, found = {flow.id}, [flow], set()
    while waiting:
        current = waiting.pop()
        own: set[str] = set()
        for step in current.steps.values():
            own |= {step.value} if step.kind == "collect" else set()
            own |= {slot for branch in step.next if branch.condition for slot in check(branch.condition)[0]}
            if step.kind == "link" and step.value in flows and step.value not in seen:
                seen.add(step.value)
                waiting.append(flows[step.value])
        found |= own - _emptied_first(current)
    return frozenset(found & set(vocabulary()))


def _emptied_first(flow: Flow) -> set[str]:
    first = flow.steps[flow.first]
    return {name for name, value in first.value.items() if value is None} if first.kind == "set_slots" else set()


def _words(given: Iterable[str | Mapping[str, Any]]) -> Words:
    ages = next((item[AGE] for item in given if not isinstance(item, str)), None)
    return Words(tuple(fold(item) for item in given if isinstance(item, str)), tuple(ages) if ages else None)


def _of_age(slot: str, age: Any) -> set[str]:
    if not isinstance(age, (int, float)):
        return set()
    bands = {value: words.ages for value, words in vocabulary().get(slot, {}).items() if words.ages}
    return {value for value, (low, high) in bands.items() if low <= age <= high}


def _spoken(slot: str, plain: str) -> set[str]:
    """Values whose words stand in the text; words inside a longer phrase of another value ("even nodig") do not count."""
    found = [(value, match.span()) for value, pattern in _patterns(slot).items() for match in pattern.finditer(plain)]
    return {
        value
        for value, (start, end) in found
        if not any(low <= start and end <= high and high - low > end - start for _, (low, high) in found)
    }


@cache
def _patterns(slot: str) -> dict[str, re.Pattern[str]]:
    return {value: _pattern(words.phrases) for value, words in vocabulary().get(slot, {}).items()}


def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    if not phrases:
        return re.compile(r"(?!)")
    longest_first = "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{longest_first})(?!\w)")
