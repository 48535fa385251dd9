"""Sentences from which the safety gate learns what is danger and what only sounds like it (``data/veiligheid``)."""

from __future__ import annotations

from pathlib import Path

from bot.paths import DATA
from bot.yamlsource import load

SENTENCES = DATA / "veiligheid" / "zinnen.yml"
CALM = "alledaags"
# A training example of these sentences carries its class under this name; it says nothing about a topic.
DANGER = "gevaar"


def read(path: Path = SENTENCES) -> list[tuple[str, str]]:
    """Pairs of a sentence and its class: a crisis intent, or :data:`CALM`."""
    data = load(path)
    dangerous = [(str(text), klasse) for klasse, texts in data["gevaar"].items() for text in texts]
    return dangerous + [(str(text), CALM) for texts in data[CALM].values() for text in texts]
