"""Sentences from which the safety gate learns what is danger and what only sounds like it (``data/veiligheid``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.paths import DATA
from bot.yamlsource import load

FOLDER = DATA / "veiligheid"
CALM = "alledaags"
# A training example of these sentences carries its class, and who is in danger, under these names; it says nothing about a topic.
DANGER, ABOUT = "gevaar", "gevaar_wie"


@dataclass(frozen=True)
class Sentence:
    """``klasse``: a crisis intent, or :data:`CALM`; ``wie``: zelf, ander, kind or pleger, None where it makes no difference."""

    text: str
    klasse: str
    wie: str | None = None


def read(folder: Path = FOLDER) -> list[Sentence]:
    """All sentences of the files in ``folder``."""
    return [sentence for path in sorted(folder.glob("*.yml")) for sentence in _sentences(load(path))]


def _sentences(data: Mapping[str, Any]) -> Iterator[Sentence]:
    for klasse, groups in data.get("gevaar", {}).items():
        for wie, texts in groups.items():
            yield from (Sentence(str(text), klasse, None if wie == "iedereen" else wie) for text in texts)
    for texts in data.get(CALM, {}).values():
        yield from (Sentence(str(text), CALM) for text in texts)
