"""Reads the word lists of ``data/woordenlijsten``: which words point to a person, a law or a kind of support."""

from __future__ import annotations

from functools import cache

from bot.nlu.normalise import fold
from bot.paths import WORDLISTS
from bot.yamlsource import load


@cache
def word_list(name: str) -> dict[str, str]:
    """``{word or phrase: value}`` of one list, folded (lower case, no accents). The file holds ``value: [words]``."""
    groups = load(WORDLISTS / f"{name}.yml")
    return {fold(word): value for value, words in groups.items() for word in words}


def known_lemmas() -> set[str]:
    """All single words of all lists: the only lemmas the pipeline has to find."""
    return {word for path in sorted(WORDLISTS.glob("*.yml")) for word in word_list(path.stem) if " " not in word}
