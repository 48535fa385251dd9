"""Words that point to a law or to a kind of support, found by word and by lemma."""

from __future__ import annotations

import re
from functools import cache

from bot.nlu.entities.model import Found
from bot.nlu.normalise import fold
from bot.nlu.wordlists import word_list

Token = tuple[str, str, int, int]  # text, lemma, start, end


@cache
def _phrases(list_name: str) -> list[tuple[str, re.Pattern[str]]]:
    """The phrases of a list, the longest first, each with what finds it between other words."""
    phrases = sorted((words for words in word_list(list_name) if " " in words), key=len, reverse=True)
    return [(phrase, re.compile(rf"\b{re.escape(phrase)}\b")) for phrase in phrases]


def find(entity: str, list_name: str, text: str, tokens: list[Token]) -> list[Found]:
    """The first match of the longest phrase, else of a single word or its lemma; one finding at most."""
    words = word_list(list_name)
    folded = fold(text)
    for phrase, pattern in _phrases(list_name):
        match = pattern.search(folded) if phrase in folded else None
        if match:
            return [Found(entity, words[phrase], match.start(), match.end())]
    for word, lemma, start, end in tokens:
        value = words.get(fold(word)) or words.get(fold(lemma))
        if value:
            return [Found(entity, value, start, end)]
    return []
