"""Our own sentences, with what the encoder should learn to tell apart."""

from __future__ import annotations

from dataclasses import dataclass

from bot.nlu.safety import examples
from bot.nlu.safety.gate import CLASSES
from bot.paths import DATA
from bot.yamlsource import load

# Of each sentence: the topic, the danger, who is in danger; what a sentence does not say is left out of that task.
TASKS = ("onderwerp", "gevaar", "wie")


@dataclass(frozen=True)
class Taught:
    """A sentence and its labels by task."""

    text: str
    labels: dict[str, str]


def read() -> list[Taught]:
    """All sentences, each once."""
    found: dict[str, dict[str, str]] = {}
    for path in sorted((DATA / "nlu").glob("*.yml")):
        for group in load(path)["nlu"]:
            if "intent" in group:
                for line in group["examples"].splitlines():
                    text = line.removeprefix("- ").strip()
                    found[text] = {"onderwerp": group["intent"], "gevaar": _danger(group["intent"])}
    for sentence in examples.taught():
        labels = {"gevaar": sentence.klasse} | ({"wie": sentence.wie} if sentence.wie else {})
        found[sentence.text] = found.get(sentence.text, {}) | labels
    return [Taught(text, labels) for text, labels in found.items()]


def _danger(intent: str) -> str:
    return intent if intent in CLASSES else examples.CALM
