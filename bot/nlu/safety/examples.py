"""Sentences from which the safety gate learns what is danger and what only sounds like it (``data/veiligheid``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.nlu.encoder_package import kept_from_tuning
from bot.nlu.normalise import sentences
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


def taught(folder: Path = FOLDER) -> list[Sentence]:
    """What the gate learns from: all sentences, and each sentence of a calm story alone, as the gate looks at a longer message.

    Of stories that are kept to judge with, nothing is taken apart; and no part judges what was learned from the whole.
    """
    written = read(folder)
    known = {sentence.text for sentence in written}
    stories = [s.text for s in written if s.klasse == CALM and not kept_from_tuning(s.text)]
    parts = [part for story in stories for part in sentences(story) if part not in known and not kept_from_tuning(part)]
    return [*written, *(Sentence(part, CALM) for part in dict.fromkeys(parts))]


def _sentences(data: Mapping[str, Any]) -> Iterator[Sentence]:
    for klasse, groups in data.get("gevaar", {}).items():
        for wie, texts in groups.items():
            yield from (Sentence(str(text), klasse, None if wie == "iedereen" else wie) for text in texts)
    for texts in data.get(CALM, {}).values():
        yield from (Sentence(str(text), CALM) for text in texts)
