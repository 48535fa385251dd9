"""Mends typing errors in words nobody knows, towards the words our own examples are made of.

A word is left alone when Dutch knows it (the 319,000 word forms of ``spacy-lookups-data``, our examples, names of
places) or when nothing of ours looks like it. Only the reading of a sentence changes: what a resident wrote stays as it is.
"""

from __future__ import annotations

import csv
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

import numpy as np
from rapidfuzz.distance import OSA

from bot.nlu.normalise import squeeze
from bot.paths import GEOGRAPHY

_WORD = re.compile(r"[a-z]+")
# Shorter words look like too many others; a long word may hold two errors.
SHORTEST, LONG = 4, 8
# A word seen once and unknown to the dictionary may be a typing error itself.
_OFTEN = 2
_USUAL = 3


class Speller:
    """``known``: hashes of words that are right, sorted; ``ours``: the words of our examples and how often they occur."""

    def __init__(self, known: np.ndarray, ours: dict[str, int]) -> None:
        self._known, self._ours = known, ours
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for word in ours:
            self._by_length[len(word)].append(word)
        self.correct_word = lru_cache(maxsize=4096)(self._correct_word)

    @classmethod
    def learn(cls, texts: Iterable[str], dictionary: Iterable[str], rough: Iterable[str] = ()) -> Speller:
        """From our examples and the words of a dictionary.

        ``rough``: sentences with dialect, other languages and typing errors in them. Their Dutch words may be meant, and what occurs
        twice may stand; they do not tell what is usual.
        """
        counts, other = _counted(texts), _counted(rough)
        right = {squeeze(word) for word in dictionary}
        ours = {word: 1 for word in other if word in right}
        ours |= {word: count for word, count in counts.items() if count >= _OFTEN or word in right}
        known = right | set(counts) | {word for word, count in other.items() if count >= _OFTEN}
        hashes = np.unique(np.array([_hash(word) for word in known], dtype=np.uint32))
        return cls(hashes, ours)

    def correct(self, text: str) -> str:
        """The sentence as it is read: folded, with typing errors mended."""
        return _WORD.sub(lambda match: self.correct_word(match.group()), squeeze(text))

    def knows(self, word: str) -> bool:
        """Whether a folded word is Dutch, a place, or one of ours."""
        number = _hash(word)
        place = int(np.searchsorted(self._known, number))
        return place < len(self._known) and int(self._known[place]) == number

    def share_of_ours(self, text: str) -> float:
        """Which share of the words our examples use often; 0 without words."""
        words = _WORD.findall(squeeze(text))
        return sum(self._ours.get(word, 0) >= _USUAL for word in words) / max(len(words), 1)

    def _correct_word(self, word: str) -> str:
        if len(word) < SHORTEST or self.knows(word):
            return word
        return min(self._close_to(word), default=(0, False, 0, word))[-1]

    def _close_to(self, word: str) -> Iterator[tuple[int, bool, int, str]]:
        """Candidates, best first when sorted: fewest errors, the same first letter, most used."""
        allowed = 1 if len(word) < LONG else 2
        for length in range(max(len(word) - allowed, SHORTEST), len(word) + allowed + 1):
            for candidate in self._by_length.get(length, ()):
                errors = OSA.distance(word, candidate, score_cutoff=allowed)
                if errors <= allowed:
                    yield errors, candidate[0] != word[0], -self._ours[candidate], candidate

    def save(self, path: Path) -> None:
        """One ``.npz`` file: numbers and text only."""
        words = list(self._ours)
        np.savez_compressed(path, known=self._known, words=np.array(words), counts=np.array(list(self._ours.values())))

    @classmethod
    def read(cls, path: Path) -> Speller:
        """The reverse of :meth:`save`."""
        with np.load(path, allow_pickle=False) as stored:
            return cls(stored["known"], dict(zip(stored["words"].tolist(), stored["counts"].tolist(), strict=True)))


def _counted(texts: Iterable[str]) -> Counter[str]:
    return Counter(word for text in texts for word in _WORD.findall(squeeze(text)))


def dutch_words() -> Iterator[str]:
    """Every word form and lemma of ``spacy-lookups-data``, and the names of places."""
    import spacy_lookups_data
    import srsly

    table = spacy_lookups_data.nl["lemma_lookup"]
    forms: dict[str, str] = srsly.read_gzip_json(table.with_name(f"{table.name}.gz"))
    yield from forms
    yield from forms.values()
    for name, column in (("gemeenten.csv", "naam"), ("woonplaatsen.csv", "woonplaats")):
        with (GEOGRAPHY / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                yield from _WORD.findall(squeeze(row[column]))


def _hash(word: str) -> int:
    return zlib.crc32(word.encode())
