"""Words as the history searches them: small letters, no accents, whole and as Dutch stem. The same on every database."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from Stemmer import Stemmer

_WORD = re.compile(r"[^\W_]+")
_SHORTEST, _LONGEST = 2, 40
# From so many letters on, what is typed is also the start of a word.
_START = 3
_KEPT_STEMS = 20_000
_STEMMER = Stemmer("dutch")
# So common that nobody looks for them, and every conversation would have them.
_TOO_COMMON = frozenset({
    "aan", "al", "als", "bij", "dan", "dat", "de", "der", "die", "dit", "doen", "door", "dus", "een", "en", "er",
    "ge", "had", "heb", "hebben", "heeft", "hem", "het", "hier", "hij", "hoe", "hun", "ik", "in", "is", "ja", "je",
    "kan", "kunnen", "maar", "me", "meer", "met", "mij", "mijn", "moet", "na", "naar", "nee", "niet", "nog", "nou",
    "nu", "of", "om", "omdat", "ons", "onder", "ook", "op", "over", "te", "tot", "uit", "uw", "van", "veel", "voor",
    "wat", "we", "wel", "werd", "wil", "worden", "ze", "zich", "zij", "zijn", "zo", "zou",
})  # fmt: skip


@dataclass(frozen=True)
class Term:
    """One word that is looked for: its ``stem``, and the ``start`` that words may have instead; empty for a very short word."""

    stem: str
    start: str

    def fits(self, forms: Collection[str]) -> bool:
        """Whether a word with these forms is meant."""
        return any(form == self.stem or (self.start and form.startswith(self.start)) for form in forms)


def words(text: str) -> Iterator[tuple[frozenset[str], int, int]]:
    """Each word worth finding: its forms (whole and stem), and where it stands in the text."""
    for found in _WORD.finditer(text):
        forms = _forms(found.group()[: _LONGEST * 2].casefold())
        if forms:
            yield forms, found.start(), found.end()


def asked(text: str) -> list[Term]:
    """The different words somebody looks for, in order."""
    found = (_term(word.group()[: _LONGEST * 2].casefold()) for word in _WORD.finditer(text))
    return list(dict.fromkeys(term for term in found if term))


def around(text: str, wanted: Collection[Term], width: int = 160) -> list[tuple[str, bool]]:
    """A piece of the text around the first wanted word, in parts: each part, and whether it is such a word."""
    hits = [(start, end) for forms, start, end in words(text) if any(term.fits(forms) for term in wanted)]
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
def _forms(word: str) -> frozenset[str]:
    plain = _plain(word)
    return frozenset({plain[:_LONGEST], _stem(plain)}) if plain else frozenset()


def _term(word: str) -> Term | None:
    plain = _plain(word)
    return Term(_stem(plain), plain[:_LONGEST] if len(plain) >= _START else "") if plain else None


def _plain(word: str) -> str:
    """Without accents; empty when it is too short or too common to look for."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", word) if not unicodedata.combining(letter))
    return "" if len(plain) < _SHORTEST or plain in _TOO_COMMON else plain


def _stem(plain: str) -> str:
    return str(_STEMMER.stemWord(plain))[:_LONGEST]
