"""Words as the history searches them: small letters, no accents, Dutch stem. The same on every database."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

_WORD = re.compile(r"[^\W_]+")
_SHORTEST, _LONGEST = 2, 40
_KEPT_STEMS = 20_000
# So common that nobody looks for them, and every conversation would have them.
_TOO_COMMON = frozenset({
    "aan", "al", "als", "bij", "dan", "dat", "de", "der", "die", "dit", "doen", "door", "dus", "een", "en", "er",
    "ge", "had", "heb", "hebben", "heeft", "hem", "het", "hier", "hij", "hoe", "hun", "ik", "in", "is", "ja", "je",
    "kan", "kunnen", "maar", "me", "meer", "met", "mij", "mijn", "moet", "na", "naar", "nee", "niet", "nog", "nou",
    "nu", "of", "om", "omdat", "ons", "onder", "ook", "op", "over", "te", "tot", "uit", "uw", "van", "veel", "voor",
    "wat", "we", "wel", "werd", "wil", "worden", "ze", "zich", "zij", "zijn", "zo", "zou",
})  # fmt: skip


def words(text: str) -> Iterator[tuple[str, int, int]]:
    """Each word worth finding: its stem, and where it stands in the text."""
    for found in _WORD.finditer(text):
        stem = _stem(found.group()[: _LONGEST * 2].casefold())
        if stem:
            yield stem, found.start(), found.end()


def asked(text: str) -> list[str]:
    """The different stems in what somebody looks for, in order."""
    return list(dict.fromkeys(stem for stem, _, _ in words(text)))


def around(text: str, wanted: frozenset[str], width: int = 160) -> list[tuple[str, bool]]:
    """A piece of the text around the first wanted word, in parts: each part, and whether it is such a word."""
    hits = [(start, end) for stem, start, end in words(text) if stem in wanted]
    begin = max(0, hits[0][0] - width // 3) if hits else 0
    # Never in the middle of a word.
    begin = text.rfind(" ", 0, begin) + 1 if begin else 0
    last = text.find(" ", begin + width)
    last = len(text) if last < 0 or last > begin + width + _LONGEST else last
    parts = [("… " if begin else "", False)]
    place = begin
    for start, end in hits:
        if start >= place and end <= last:
            parts += [(text[place:start], False), (text[start:end], True)]
            place = end
    parts += [(text[place:last], False), (" …" if last < len(text) else "", False)]
    return [part for part in parts if part[0]]


@lru_cache(_KEPT_STEMS)
def _stem(word: str) -> str:
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", word) if not unicodedata.combining(letter))
    if len(plain) < _SHORTEST or plain in _TOO_COMMON:
        return ""
    return str(_stemmer().stemWord(plain))[:_LONGEST]


@cache
def _stemmer() -> Any:
    # Only who searches pays for it.
    import snowballstemmer

    return snowballstemmer.stemmer("dutch")
