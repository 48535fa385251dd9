"""The whole project, read once for all checks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.content import Answer, Facts, load_answers, load_facts
from bot.flows import Flow, load_flows
from bot.yamlsource import YamlSourceError, load

_NAMED = re.compile(r"(?P<file>[^\s:,']+\.yml)(?::|, regel )(?P<line>\d+)")


class ProjectUnreadable(Exception):
    """A file cannot be read at all."""

    def __init__(self, place: str, message: str) -> None:
        super().__init__(message)
        self.place, self.message = place, message


@dataclass(frozen=True)
class Project:
    """Domain, flows, answers, facts, and examples (intent, sentence, place)."""

    root: Path
    domain: Mapping[str, Any]
    flows: Mapping[str, Flow]
    answers: Mapping[str, list[Answer]]
    facts: Facts
    examples: tuple[tuple[str, str, str], ...]
    today: date

    @classmethod
    def read(cls, root: Path, today: date) -> Project:
        """Read everything. Raises :class:`ProjectUnreadable` with the first file that is not readable."""
        try:
            return cls(
                root,
                load(root / "domain.yml"),
                load_flows(root / "data" / "flows"),
                load_answers(root / "content"),
                load_facts(root / "content"),
                tuple(_examples(root / "data" / "nlu")),
                today,
            )
        except (YamlSourceError, ValueError, KeyError, OSError) as error:
            raise ProjectUnreadable(_place(str(error), root), str(error)) from error

    @property
    def slots(self) -> dict[str, tuple[object, ...]]:
        """Slot names with their allowed values (empty: anything)."""
        return {name: tuple(slot.get("values", ())) for name, slot in self.domain["slots"].items()}

    @property
    def topics(self) -> list[str]:
        """Intents that are started by a sentence."""
        return [
            name
            for name in self.domain["intents"]
            if name not in {"gesprek_start", "keuze", "nlu_fallback", "andere_taal"}
        ]


def _place(message: str, root: Path) -> str:
    """File and line that a reader named in its message."""
    named = _NAMED.search(message)
    if named is None:
        return "project"
    found = Path(named["file"])
    files = [found] if found.is_absolute() else sorted(path for top in ("content", "data") for path in (root / top).rglob(found.name))  # fmt: skip
    file = files[0].relative_to(root) if files and files[0].is_relative_to(root) else found
    return f"{file}:{named['line']}"


def _examples(folder: Path) -> list[tuple[str, str, str]]:
    found = []
    for path in sorted(folder.glob("*.yml")):
        for entry in load(path)["nlu"]:
            start = entry.lines["examples"] if hasattr(entry, "lines") else 0
            for offset, line in enumerate(entry["examples"].splitlines(), start=1):
                sentence = line.strip().removeprefix("-").strip()
                if sentence:
                    found.append((entry["intent"], sentence, f"{path.name}:{start + offset}"))
    return found
