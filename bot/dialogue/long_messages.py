"""Tells a long story and a pasted letter from a question: there the resident says what it is about."""

from __future__ import annotations

import re

from bot.nlu.normalise import fold

LONG, LETTER = "lang", "brief"
# A story told in one breath is seldom longer; beyond it a guess about the topic is worth little.
MANY_CHARACTERS = 400
_FEW_FOR_A_LETTER = 150
_OPENS = re.compile(
    r"^\W*(?:geachte|beste (?:heer|mevrouw|bewoner|inwoner)|betreft|onderwerp:|aan de (?:heer|bewoners?))\b"
)
_CLOSES = re.compile(r"\b(?:hoogachtend|met vriendelijke groet(?:en)?|namens (?:het college|burgemeester))\b")
_MARKS = re.compile(r"\b(?:ons kenmerk|uw kenmerk|zaaknummer|namens het college van burgemeester en wethouders)\b")


def kind_of_long(text: str) -> str | None:
    """``brief`` for a pasted letter, ``lang`` for a long story, None for anything else."""
    plain = fold(text)
    signs = bool(_OPENS.search(plain)) + bool(_CLOSES.search(plain)) + bool(_MARKS.search(plain))
    if len(plain) >= _FEW_FOR_A_LETTER and signs > 1:
        return LETTER
    return LONG if len(plain) >= MANY_CHARACTERS else None
