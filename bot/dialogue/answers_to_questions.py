"""Reads a resident's words as the answer to the question that stands open."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.dialogue.told import AGE, has_ages, value_in
from bot.dialogue.understanding import Understanding, slots_of_payload
from bot.nlu.entities.persons import NUMBER_WORDS
from bot.nlu.normalise import fold

_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_ACTS: dict[str, tuple[Any, ...]] = {
    "bevestigen": (True, "ja"),
    "ontkennen": (False, "nee", "overslaan"),
    "weet_niet": ("weet_niet", "overslaan"),
}
# "Nee, hij is kapot" passes over no question; "nee, liever niet" does.
_PASSES_OVER = "overslaan"
_ONLY_NO = re.compile(
    r"(?:(?:nee|neen|nou|liever|niet|weet|ik|het|dat|geen|idee|hoor|nog|echt|dank|je|u|hoef|hoeft|wil)\b\W*)+"
)
# The name of a place is short, and no question.
_PLACE = "plaats"
_MOST_OF_A_PLACE = 6
_ASKS = re.compile(
    r"\?|^(?:ja |nee )?(?:ik|wij|we|mijn|hij|zij|ze|het) (?!woon|wone|zit|kom|leef)|^(?:en |maar |ja |nee |ok |oke )*(?:wat|wie|hoe|waar|wanneer|waarom|welke|hoeveel|kan|mag|moet|ben|is|krijg)\b"
)
_SURE_ENOUGH = 0.4


@dataclass(frozen=True)
class Question:
    """The slot that is asked, its kind (Rasa's slot type), allowed values, and its buttons (label to slot values)."""

    slot: str
    kind: str
    values: tuple[Any, ...] = ()
    buttons: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def takes(self, value: Any) -> bool:
        """Whether this is one of its answers."""
        return value in self.values or any(values.get(self.slot) == value for values in self.buttons.values())


def read_answer(question: Question, said: Understanding) -> dict[str, Any] | None:
    """Slot values the message gives to the question, or None when it does not answer it."""
    by_entity = _from_entity(question, said)
    if by_entity is not None:
        return {question.slot: by_entity}
    by_button = _from_buttons(question.buttons, said.text)
    if by_button is not None:
        return dict(by_button)
    by_words = value_in(question.slot, said.text, _age(question, said))
    if by_words is not None:
        return {question.slot: by_words}
    by_act = _from_act(question, said)
    if by_act is not None:
        return {question.slot: by_act}
    if question.kind == "float":
        number = _number(said.text)
        return None if number is None else {question.slot: number}
    if question.kind == "categorical":
        value = _from_values(question.values, said.text)
        return None if value is None else {question.slot: value}
    return None


def read_free_text(question: Question, said: Understanding) -> dict[str, Any] | None:
    """For a question that takes any words: the words themselves."""
    text = said.text.strip()
    no_place = question.slot == _PLACE and (len(text.split()) > _MOST_OF_A_PLACE or _ASKS.search(fold(text)))
    return {question.slot: text} if question.kind == "text" and text and not no_place else None


def _from_entity(question: Question, said: Understanding) -> Any:
    value = said.entities.get(question.slot)
    if question.kind == "categorical" and value not in question.values:
        return None
    return value


def _from_buttons(buttons: Mapping[str, Mapping[str, Any]], text: str) -> Mapping[str, Any] | None:
    """A button's label said or typed: the same words, or the one label that stands in the sentence."""
    plain = _plain(text)
    if not plain:
        return None
    labels = {_plain(label): values for label, values in buttons.items()}
    if plain in labels:
        return labels[plain]
    inside = [label for label in labels if len(label) > 2 and re.search(rf"\b{re.escape(label)}\b", plain)]
    longest = [label for label in inside if not any(label != other and label in other for other in inside)]
    return labels[longest[0]] if len(longest) == 1 else None


def _age(question: Question, said: Understanding) -> Any:
    return said.entities.get(AGE, _number(said.text) if has_ages(question.slot) else None)


def _from_act(question: Question, said: Understanding) -> Any:
    if said.confidence < _SURE_ENOUGH:
        return None
    meant = _ACTS.get(said.intent, ())
    if question.kind == "bool":
        return next((value for value in meant if value in (True, False)), None)
    value = next((value for value in meant if question.takes(value)), None)
    return None if value == _PASSES_OVER and not _ONLY_NO.fullmatch(fold(said.text).strip()) else value


def _from_values(values: Sequence[Any], text: str) -> Any:
    plain = _plain(text)
    return next((value for value in values if _plain(str(value).replace("_", " ")) == plain), None)


def _number(text: str) -> float | None:
    match = _NUMBER.search(text)
    if match:
        return float(match.group().replace(",", "."))
    return next((float(NUMBER_WORDS[word]) for word in fold(text).split() if word in NUMBER_WORDS), None)


def _plain(text: str) -> str:
    return re.sub(r"[^\w ]", "", fold(text)).strip()


def button_values(buttons: Sequence[Mapping[str, str]]) -> dict[str, Mapping[str, Any]]:
    """Label to slot values for those buttons of a question that set slots."""
    pairs = ((button["title"], slots_of_payload(button["payload"])) for button in buttons)
    return {label: values for label, values in pairs if values is not None}
