"""One way to make a sentence comparable: lower case, no accents, plain quotes and spaces."""

from __future__ import annotations

import re
import unicodedata
from itertools import filterfalse

_QUOTES = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "…": "..."}
)
_REPEATED = re.compile(r"(.)\1{3,}")
_SENTENCE = re.compile(r"(?<=[.!?;\n])\s+")


def fold(text: str) -> str:
    """Lower-case text without accents: ``"Cliëntondersteuning"`` becomes ``"clientondersteuning"``."""
    plain = text.replace("`", "'") if text.isascii() else _without_accents(text)
    return " ".join(plain.split()).lower()


def _without_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.translate(_QUOTES))
    return "".join(filterfalse(unicodedata.combining, decomposed))


def squeeze(text: str) -> str:
    """Folded text in which a letter held down is shortened: ``"heeeeelp!!!!!"`` becomes ``"heelp!!"``."""
    return _REPEATED.sub(r"\1\1", fold(text))


def sentences(text: str) -> list[str]:
    """A text in its sentences, as they were written; at least one."""
    return [part for part in _SENTENCE.split(text.strip()) if part] or [text]
