"""The list to prepare the talk with the municipality (keukentafelgesprek), from ``content/voorbereiding.yml``.

The answers stay in the resident's browser; here are only the questions, in the words for whom they are about.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.yamlsource import load

MYSELF = "mijzelf"
_FIELDS = ("id", "kort", "vraag", "voorbeeld")


class PreparationError(ValueError):
    """The file cannot be used. The message is Dutch and says why."""


@dataclass(frozen=True)
class Preparation:
    """``title`` and the questions (``id``, ``kort``, ``vraag``, ``hulp``, ``voorbeeld``) for one person."""

    title: str
    questions: tuple[Mapping[str, str], ...]

    def as_text(self) -> str:
        """The questions as a list, complete without the form."""
        return "\n".join(f"- {question['vraag']}" for question in self.questions)

    def as_block(self) -> dict[str, Any]:
        """The block for the widget."""
        return {"type": "voorbereiding", "titel": self.title, "vragen": [dict(question) for question in self.questions]}


def read(path: Path) -> Mapping[str, Any]:
    """The file, checked. Raises :class:`PreparationError`."""
    data: Mapping[str, Any] = load(path)
    ids = [question.get("id") for question in data["vragen"]]
    if len(set(ids)) != len(ids):
        raise PreparationError("twee vragen hebben dezelfde 'id'.")
    for question in data["vragen"]:
        missing = [name for name in _FIELDS if not question.get(name)]
        if missing:
            raise PreparationError(f"bij vraag '{question.get('id')}' ontbreekt {', '.join(missing)}.")
    if "ander" not in data["personen"]:
        raise PreparationError("onder 'personen' ontbreekt 'ander'.")
    return data


def prepare(data: Mapping[str, Any], for_whom: str | None) -> Preparation:
    """The questions for oneself, or about somebody else (``ouder``, ``partner``, ``kind``, ``client``, ``ander``)."""
    if for_whom in {None, MYSELF}:
        return Preparation(data["titel"], tuple(_question(question, "") for question in data["vragen"]))
    people = data["personen"]
    person = people.get(for_whom, people["ander"])
    questions = tuple(_question(question, "_ander") for question in data["vragen"])
    return Preparation(
        _for(data["titel_ander"], person),
        tuple({name: _for(text, person) for name, text in question.items()} for question in questions),
    )


def _question(question: Mapping[str, str], suffix: str) -> dict[str, str]:
    """The question with its words for this suffix; what has no other words keeps the plain ones."""
    names = ("kort", "vraag", "hulp", "voorbeeld")
    words = {name: question.get(f"{name}{suffix}") or question.get(name) or "" for name in names}
    return {"id": question["id"], **{name: text for name, text in words.items() if text}}


def _for(text: str, person: str) -> str:
    return text.replace("{wie}", person).replace("{Wie}", person[:1].upper() + person[1:])
