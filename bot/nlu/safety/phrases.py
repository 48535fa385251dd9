"""The small language in which the patterns are written, and finding many of them in a sentence at once.

A phrase is words with a space between them: ``ik|wij wil* ... dood``. ``a|b`` is either word, ``*`` any letters, ``_`` a space
inside one of the choices, ``x?`` may be absent, ``..`` up to two words, ``...`` up to six words, ``^`` and ``$`` begin and end
of the sentence, ``{NAAM}`` a list from ``patronen.yml``. Whoever approves the patterns can read them; nobody writes a regular
expression.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

_LIST = re.compile(r"\{(\w+)\}")
_GAPS = {"..": 2, "...": 6}


class PhraseError(ValueError):
    """A phrase that cannot be read. The message is Dutch."""


def expand(phrase: str, lists: Mapping[str, str]) -> str:
    """The phrase with every ``{NAAM}`` replaced by the words of that list (a list may name other lists)."""
    while match := _LIST.search(phrase):
        if match.group(1) not in lists:
            raise PhraseError(f"'{phrase}': de woordenlijst {match.group()} bestaat niet.")
        phrase = phrase.replace(match.group(), lists[match.group(1)])
    return phrase


def _choices(element: str) -> list[str]:
    return [choice for choice in element.removesuffix("?").split("|") if choice]


def _element(element: str) -> str:
    if element in _GAPS:
        return rf"(?:\S+ ){{0,{_GAPS[element]}}}?"
    if element == "$":
        return "$"
    words = "|".join(
        re.escape(choice).replace("_", " ").replace(r"\*", r"\S*")
        for choice in sorted(_choices(element), key=len, reverse=True)
    )
    return f"(?:(?:{words}) )" + ("?" if element.endswith("?") else "")


class Finder:
    """Finds phrases in a sentence. Only phrases whose first word is in the sentence are tried, so hundreds cost little."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._patterns: dict[str, re.Pattern[str]] = {}
        self._by_word: dict[str, list[str]] = defaultdict(list)
        self._by_part: list[tuple[re.Pattern[str], str]] = []
        for phrase in dict.fromkeys(phrases):
            self._add(phrase)

    def _add(self, phrase: str) -> None:
        at_start = phrase.startswith("^")
        elements = phrase.removeprefix("^").split()
        if not elements or elements[0] in _GAPS or elements[0].endswith("?"):
            raise PhraseError(f"'{phrase}': begin met een woord dat er altijd staat.")
        self._patterns[phrase] = re.compile(("(?<=^ )" if at_start else "") + "".join(map(_element, elements)))
        for choice in _choices(elements[0]):
            word = choice.split("_")[0]
            if "*" in word:
                self._by_part.append((re.compile(re.escape(word).replace(r"\*", r"\S*")), phrase))
            else:
                self._by_word[word].append(phrase)

    def find(self, sentence: str) -> Iterator[tuple[str, int, int]]:
        """Phrase, begin and end of each place where one stands. ``sentence``: words with one space around each."""
        for word in re.finditer(r"\S+", sentence):
            for phrase in self._starting_with(word.group()):
                match = self._patterns[phrase].match(sentence, word.start())
                if match:
                    yield phrase, match.start(), match.end()

    def _starting_with(self, word: str) -> Sequence[str]:
        wild = [phrase for pattern, phrase in self._by_part if pattern.fullmatch(word)]
        return [*self._by_word.get(word, ()), *wild]
