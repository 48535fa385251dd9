"""Words of Dutch text reduced to stems, so that "rolstoelen" finds "rolstoel" and "schoonmaak" finds "schoonmaken"."""

from __future__ import annotations

import re
from functools import lru_cache

from Stemmer import Stemmer

from bot.nlu.normalise import fold

_WORD = re.compile(r"[a-z0-9]+")
_STEMMER = Stemmer("dutch")
_STOP = frozenset(
    [
        "de",
        "het",
        "een",
        "en",
        "of",
        "in",
        "op",
        "te",
        "van",
        "voor",
        "met",
        "bij",
        "aan",
        "om",
        "ik",
        "je",
        "u",
        "we",
        "wij",
        "mijn",
        "uw",
        "is",
        "zijn",
        "er",
        "die",
        "dat",
        "dit",
        "naar",
        "ook",
        "wat",
        "waar",
        "hoe",
        "kan",
        "wil",
        "zoek",
        "graag",
        "iets",
        "hulp",
        "nodig",
        "heb",
        "heeft",
        "niet",
        "maar",
        "als",
        "wie",
        "er",
        "nog",
        "tot",
        "uit",
        "over",
        "door",
        "worden",
        "wordt",
        "deze",
        "mij",
        "me",
    ]
)
# Words of residents beside words of organisations; both sides are stemmed.
_SYNONYMS = {
    "poetsen": "schoonmaken", "schoonhouden": "schoonmaken", "schoonmaak": "schoonmaken", "poetshulp": "schoonmaken",
    "huishouding": "huishouden", "stofzuigen": "schoonmaken", "eten": "maaltijd", "taxi": "vervoer", "rijden": "vervoer",
    "eenzaam": "ontmoeten", "alleen": "ontmoeten", "gezelschap": "ontmoeten", "koffie": "ontmoeten", "praten": "ontmoeten",
    "klus": "klussen", "klusje": "klussen", "tuin": "klussen", "schuld": "schulden", "oppas": "respijt", "wandelen": "bewegen",
    "sport": "bewegen", "gymnastiek": "bewegen", "rollator": "hulpmiddel", "scootmobiel": "hulpmiddel", "rolstoel": "hulpmiddel",
    "alzheimer": "dementie", "vergeetachtig": "dementie", "opvoeding": "opvoeden", "formulier": "formulieren", "brieven": "formulieren",
    "dakloos": "opvang", "slaapplek": "opvang", "nederlands": "taal", "maatje": "vrijwilliger",
}  # fmt: skip


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    return str(_STEMMER.stemWord(word))


def stems(text: str) -> list[str]:
    """Stems of the words that mean something, each followed by the stem of its synonym when it has one."""
    found: list[str] = []
    for word in _WORD.findall(fold(text)):
        if word in _STOP or len(word) < 2:
            continue
        found.append(_stem(word))
        synonym = _SYNONYMS.get(word) or _SYNONYMS.get(_stem(word))
        if synonym:
            found.append(_stem(synonym))
    return found
