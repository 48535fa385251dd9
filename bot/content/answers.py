"""Editors' answers: ``content/antwoorden/*.yml``, ``content/crisis.yml`` and the questions of the questionnaires."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from bot.content.questionnaires import questionnaire_files, responses
from bot.yamlsource import line_of, load

_VERSION_LENGTH = 10
# What an editor may set for one text, with a reason.
OWN_BOUNDS = ("leesbaar_vanaf", "lang_tot", "moeilijk_mag")


@dataclass(frozen=True)
class Answer:
    """One variation of one text. ``language``: when it is not Dutch; ``bounds``: its own bounds for how easy it reads, how long it is and which hard words it may use, each with the reason; ``conditions``: slot values that must hold (a list: one of them); ``source``: ``file:line`` for error messages."""

    key: str
    text: str
    source: str
    simple: str | None = None
    conditions: Mapping[str, Any] = field(default_factory=dict)
    buttons: tuple[Mapping[str, str], ...] = ()
    blocks: tuple[Mapping[str, Any], ...] = ()
    sources: tuple[Any, ...] = ()
    checked_on: str | None = None
    valid_until: str | None = None
    desk_memo: str | None = None
    approval: Mapping[str, Any] | None = None
    language: str | None = None
    bounds: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @cached_property
    def version(self) -> str:
        """A short hash of what editors wrote: the same as long as nobody changes text, simpler text, buttons, blocks or conditions."""
        written = (self.text, self.simple, self.conditions, self.buttons, self.blocks, self.language)
        return hashlib.sha256(json.dumps(written, sort_keys=True, default=str).encode()).hexdigest()[:_VERSION_LENGTH]

    def fits(self, slots: Mapping[str, Any], today: date) -> bool:
        """Whether this variation may be said now."""
        if self.valid_until and date.fromisoformat(self.valid_until) < today:
            return False
        return all(_holds(slots.get(name), wanted) for name, wanted in self.conditions.items())


def _holds(value: Any, wanted: Any) -> bool:
    return value in wanted if isinstance(wanted, list) else bool(value == wanted)


def answer_files(content: Path) -> list[Path]:
    """All files with answers, crisis texts last."""
    return [*sorted((content / "antwoorden").glob("*.yml")), *(p for p in [content / "crisis.yml"] if p.exists())]


def load_answers(content: Path) -> dict[str, list[Answer]]:
    """All answers by key, in the order of the files. A key in two files is an error (ValueError, Dutch, with both places)."""
    answers: dict[str, list[Answer]] = {}
    for path in answer_files(content):
        document = load(path) or {}
        defaults = document.get("standaard") or {}
        keys = document.get("responses") or {}
        for key, variations in keys.items():
            read = [_answer(key, variation, defaults, f"{path.name}:{line_of(variation)}") for variation in variations]
            _add(answers, key, read, f"{path.name}:{line_of(keys, key)}")
    for path in questionnaire_files(content):
        for key, variations, line in responses(path):
            place = f"{path.name}:{line}"
            _add(answers, key, [_answer(key, variation, {}, place) for variation in variations], place)
    return answers


def _add(answers: dict[str, list[Answer]], key: str, variations: list[Answer], place: str) -> None:
    if key in answers:
        raise ValueError(f"{place}: '{key}' bestaat al in {answers[key][0].source}. Kies een andere sleutel.")
    answers[key] = variations


def _answer(key: str, variation: Mapping[str, Any], defaults: Mapping[str, Any], place: str) -> Answer:
    blocks = variation.get("custom") or []
    return Answer(
        key=key,
        text=str(variation.get("text") or "").strip(),
        source=place,
        simple=variation.get("simpel"),
        conditions={c["name"]: c.get("value") for c in variation.get("condition") or []},
        buttons=tuple(variation.get("buttons") or ()),
        blocks=tuple(blocks if isinstance(blocks, list) else [blocks]),
        sources=tuple(_list(variation.get("bron", defaults.get("bron")))),
        checked_on=variation.get("gecontroleerd_op", defaults.get("gecontroleerd_op")),
        valid_until=variation.get("geldig_tot", defaults.get("geldig_tot")),
        desk_memo=variation.get("deskMemo"),
        approval=variation.get("goedkeuring"),
        language=variation.get("taal"),
        bounds={name: variation[name] for name in OWN_BOUNDS if name in variation},
    )


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
