"""A vocabulary for our residents: the encoder knows a hundred languages, 250,000 pieces of words with 54 MB of numbers.

Kept are the pieces in Latin script, so that text in it is read exactly as before; those that our own texts can have stand first,
so that a running engine has only a small part of the file in memory. Other scripts are answered before the encoder
looks (bot/nlu/languages.py); it reads their letters as unknown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from bot.nlu.encoder_file import Pieces

_SPACE = "\u2581"
_TOKEN = re.compile(r"\w+|[^\w\s]")


def useful_pieces(pieces: Pieces, texts: Iterable[str]) -> list[int]:
    """Numbers of the pieces to keep, in order: the special ones, those that ``texts`` can have, the others in Latin script."""
    special = range(max(pieces.begin, pieces.end, pieces.unknown) + 1)
    latin = {number: text for number, text in _readable(pieces) if number not in special and _is_latin(text)}
    inside = _parts(texts, longest=max(map(len, latin.values())))
    ours = {number: text for number, text in latin.items() if text in inside}
    return [*special, *ours, *(number for number in latin if number not in ours)]


def _readable(pieces: Pieces) -> Iterable[tuple[int, str]]:
    return ((number, word.decode("utf-8", "replace")) for word, number in pieces.words.items())


def _parts(texts: Iterable[str], longest: int) -> set[str]:
    """All parts of the words in ``texts``, with and without the mark for the space before them."""
    words = {_SPACE + word for text in texts for word in _TOKEN.findall(text)}
    return {
        word[start:end]
        for word in words
        for start in range(len(word))
        for end in range(start + 1, min(start + longest, len(word)) + 1)
    }


def _is_latin(text: str) -> bool:
    return all(map(_is_latin_character, text))


@cache
def _is_latin_character(character: str) -> bool:
    return not character.isalpha() or unicodedata.name(character, "").startswith("LATIN")
