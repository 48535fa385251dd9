"""Plain language: sentences that are short enough and words people use. What it finds is for an editor to weigh."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from bot.content import Answer
from bot.yamlsource import load
from steunwijzer.checks.answers import place_of
from steunwijzer.checks.finding import Finding
from steunwijzer.checks.project import Project

# Words in one sentence; the simpler version must do with fewer.
LONGEST_SENTENCE = 20
LONGEST_SIMPLE_SENTENCE = 15
# Beyond this a sentence may not go live.
FAR_TOO_LONG = 25
# Three long words of this many letters in a sentence make it heavy.
_LONG_WORD = 14
_TOO_MANY_LONG = 3
_SENTENCE = re.compile(r"(?<=[.!?:;])\s+|\n+")
_PLACEHOLDER = re.compile(r"\{[\w.]+\}")


def check(project: Project) -> Iterator[Finding]:
    """Long sentences, heavy sentences and words of the list, in the text and in its simpler version."""
    hard = _hard_words(project.root / "content")
    for variations in project.answers.values():
        for answer in variations:
            yield from _text(answer, answer.text, LONGEST_SENTENCE, hard)
            yield from _text(answer, answer.simple or "", LONGEST_SIMPLE_SENTENCE, hard)


def _text(answer: Answer, text: str, longest: int, hard: dict[re.Pattern[str], tuple[str, str]]) -> Iterator[Finding]:
    place = place_of(answer)
    for sentence in filter(None, map(str.strip, _SENTENCE.split(_PLACEHOLDER.sub("x", text)))):
        words = sentence.split()
        if len(words) > longest:
            message = f"'{answer.key}': een zin van {len(words)} woorden (hoogstens {longest}): '{sentence[:60]}…'."
            yield Finding(place, message, "Maak er twee zinnen van.", blocks=len(words) > FAR_TOO_LONG)
        if sum(len(word.strip(".,:;!?()")) >= _LONG_WORD for word in words) >= _TOO_MANY_LONG:
            yield Finding(
                place, f"'{answer.key}': veel lange woorden in '{sentence[:60]}…'.", "Verdeel ze.", blocks=False
            )
    for pattern, (word, easier) in hard.items():
        if pattern.search(text):
            message = f"'{answer.key}': '{word}' is een moeilijk woord."
            yield Finding(place, message, f"Schrijf bijvoorbeeld '{easier}'.", blocks=False)


def _hard_words(content: Path) -> dict[re.Pattern[str], tuple[str, str]]:
    words = load(content / "moeilijke_woorden.yml")["woorden"]
    return {re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE): (word, str(easier)) for word, easier in words.items()}
