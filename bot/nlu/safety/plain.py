"""Brings a message to plain sentences, so that one pattern sees dialect, street language and haste alike."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.nlu.normalise import squeeze

_SENTENCE_END = re.compile(r"[.!?;\n]+")
_NO_WORD = re.compile(r"[^\w' ]+")


class Speller:
    """``words``: ``{meant: [as written]}``, both may be several words. What is written longest counts first."""

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        self._meant = {written: meant for meant, group in words.items() for written in group}
        longest_first = sorted(self._meant, key=len, reverse=True)
        self._written = re.compile(rf"(?<= )(?:{'|'.join(map(re.escape, longest_first))})(?= )")

    def sentences(self, text: str) -> list[str]:
        """The sentences of a message: lower case, plain words, ``" ik wil hulp "``."""
        parts = (self._plain(part) for part in _SENTENCE_END.split(squeeze(text)))
        return [part for part in parts if part.strip()]

    def _plain(self, sentence: str) -> str:
        words = " ".join(_NO_WORD.sub(" ", sentence).split())
        meant = self._written.sub(lambda match: self._meant[match.group()], f" {words} ")
        return meant.replace("'", " ").replace("  ", " ")
