"""Plain language: sentences that are short enough, words people use, and a text that reads easily as a whole.

How easily a text reads is the Flesch-Douma score (Douma 1960: Flesch's formula made for Dutch), as textstat counts it: from 0, hard, to 100,
easy. It says nothing about whether people understand a text: it finds long words and long sentences that the eye passes over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import textstat

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
# Flesch-Douma at least; a text may set its own bound with 'leesbaar_vanaf' and the reason.
READS_EASILY = 55
READS_EASILY_SIMPLE = 55
# Words in one text: who reads on a phone sees it whole. A text may set its own bound with 'lang_tot' and the reason.
LONGEST_TEXT = 60
# Below this many words one long name decides the score.
_ENOUGH_WORDS = 15
# Three long words of this many letters in a sentence make it heavy.
_LONG_WORD = 14
_TOO_MANY_LONG = 3
_SENTENCE = re.compile(r"(?<=[.!?:;])\s+|\n+")
_LINE = re.compile(r"(?<![.!?:;,])\s*\n")
_PLACEHOLDER = re.compile(r"\{[\w.]+\}")


def check(project: Project) -> Iterator[Finding]:
    """Long sentences, heavy sentences and words of the list, in the text and in its simpler version."""
    yield from check_answers(
        [one for all_of_it in project.answers.values() for one in all_of_it], project.root / "content"
    )


def check_answers(answers: Iterable[Answer], content: Path) -> Iterator[Finding]:
    """The same for other texts that residents read."""
    hard = _hard_words(content)
    for answer in answers:
        yield from _text(answer, answer.text, LONGEST_SENTENCE, hard)
        yield from _text(answer, answer.simple or "", LONGEST_SIMPLE_SENTENCE, hard)
        yield from _length(answer)
        yield from _reading(answer)


def words_in(text: str) -> int:
    """How many words there are to read; a dash of a list is none, a filled-in value is one."""
    return sum(any(letter.isalnum() for letter in word) for word in text.split())


def _length(answer: Answer) -> Iterator[Finding]:
    """Short answer first, the rest on request."""
    most, words = int(answer.bounds.get("lang_tot", {}).get("woorden", LONGEST_TEXT)), words_in(answer.text)
    if words > most:
        message = f"'{answer.key}' is lang: {words} woorden (hoogstens {most})."
        yield Finding(place_of(answer), message, "Zet het korte antwoord hier en de rest onder een knop, of zet bij 'lang_tot' een hoger getal met de reden.")  # fmt: skip


def reading_ease(text: str) -> float:
    """Flesch-Douma, 0 (hard) to 100 (easy). A filled-in value counts as one plain word; an item of a list is a sentence."""
    plain = _LINE.sub(". ", _PLACEHOLDER.sub("naam", text.strip()).replace("\n- ", "\n"))
    textstat.set_lang("nl")
    return min(100.0, max(0.0, float(textstat.flesch_reading_ease(plain))))


def _reading(answer: Answer) -> Iterator[Finding]:
    own = answer.bounds.get("leesbaar_vanaf", {}).get("score")
    for text, bound in ((answer.text, READS_EASILY), (answer.simple or "", READS_EASILY_SIMPLE)):
        least = bound if own is None else min(own, bound)
        if answer.language or len(text.split()) < _ENOUGH_WORDS:
            continue
        score = reading_ease(text)
        if score < least:
            message = f"'{answer.key}' leest zwaar: {score:.0f} van 100 (minstens {least:.0f}): '{text[:40]}…'."
            yield Finding(place_of(answer), message, "Kies kortere woorden en zinnen, of zet bij 'leesbaar_vanaf' een lagere score met de reden.")  # fmt: skip


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
    allowed = set(map(str.lower, answer.bounds.get("moeilijk_mag", {}).get("woorden", ())))
    for pattern, (word, easier) in hard.items():
        if word.lower() not in allowed and pattern.search(text):
            message = f"'{answer.key}': '{word}' is een moeilijk woord."
            remedy = f"Schrijf bijvoorbeeld '{easier}', of zet '{word}' met de reden bij 'moeilijk_mag'."
            yield Finding(place, message, remedy)


def _hard_words(content: Path) -> dict[re.Pattern[str], tuple[str, str]]:
    words = load(content / "moeilijke_woorden.yml")["woorden"]
    return {re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE): (word, str(easier)) for word, easier in words.items()}
