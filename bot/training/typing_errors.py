"""Makes typing errors as fingers make them: a letter left out, doubled, swapped, or its neighbour on the keyboard."""

from __future__ import annotations

import random

_NEAR = dict(
    zip(
        "qwertyuiopasdfghjklzxcvbnm",
        [
            "wa",
            "qes",
            "wrd",
            "etf",
            "ryg",
            "tuh",
            "yij",
            "uok",
            "ipl",
            "ol",
            "qsz",
            "awdx",
            "sefc",
            "drgv",
            "fthb",
            "gyjn",
            "hukm",
            "jil",
            "kop",
            "asx",
            "zsdc",
            "xdfv",
            "cfgb",
            "vghn",
            "bhjm",
            "njk",
        ],
        strict=True,
    )
)


def with_typing_errors(text: str, chance: float, seed: int = 3) -> str:
    """The text with each letter going wrong with this chance. The same seed makes the same errors."""
    randomness = random.Random(f"{seed}{text}")
    letters = list(text)
    place = 0
    while place < len(letters):
        if letters[place].isalpha() and randomness.random() < chance:
            place += _spoil(letters, place, randomness)
        place += 1
    return "".join(letters)


def _spoil(letters: list[str], place: int, randomness: random.Random) -> int:
    """Spoil one letter in place; returns how many letters more to skip."""
    kind = randomness.choice(("left out", "swapped", "near", "doubled"))
    if kind == "swapped" and place + 1 < len(letters):
        letters[place], letters[place + 1] = letters[place + 1], letters[place]
        return 1
    letter = letters[place]
    letters[place] = {"left out": "", "near": randomness.choice(_NEAR.get(letter.lower(), letter))}.get(
        kind, letter * 2
    )
    return 0
