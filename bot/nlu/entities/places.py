"""Municipality, place, district and postcode in a sentence (source of the names: content/geografie, CBS)."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from bot.nlu.entities.model import Found
from bot.nlu.normalise import fold
from bot.paths import GEOGRAPHY

# "1234 AB", "1234 ▮▮" (letters masked by the front office) or "postcode 1234"; a year or an amount is no postcode.
_POSTCODE = re.compile(
    r"\b([1-9]\d{3})\s?(?:[A-Z]{2}\b|[a-z]{2}\b(?=\s*[\d,.!?]*$)|[▮*█]{2})|\bpostcode\s+(?:is\s+)?([1-9]\d{3})\b|^\s*([1-9]\d{3})\s*$",
    re.MULTILINE,
)
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*|'s", re.UNICODE)
# After these words a name is a place even in lower case; without them it needs a capital inside the sentence.
_BEFORE_PLACE = {
    "in",
    "uit",
    "te",
    "gemeente",
    "woonplaats",
    "nabij",
    "vlakbij",
    "omgeving",
    "regio",
    "dorp",
    "stad",
    "wijk",
    "buurt",
    "woon",
    "woont",
    "wonen",
    "wone",
}
# Where somebody goes is not where somebody lives: "vervoer naar mijn zus in Groningen", "verhuizen naar Zwolle".
_TOWARDS, _WORDS_AFTER_TOWARDS = "naar", 5
# Names of places that are ordinary words too: only after one of the words above, and with a capital.
_ORDINARY = {
    "de wijk", "een", "best", "beek", "heel", "huizen", "rijen", "bergen", "horn", "hulst", "made", "zuid", "noord", "west",
    "oost", "haren", "laren", "loon", "sloten", "steen", "velden", "weert", "wijk", "zeeland", "nederland", "holland",
    "hank", "hoorn", "lage", "meer", "oude", "mijn", "mijl", "ens", "ter", "het", "de", "huis", "groet", "koning", "hulp",
    "waarde", "dreumel", "dorst", "moment", "rust", "leven", "buren", "putten", "dieren", "winkel", "bakkum", "leende",
    "berg", "heer", "echt", "stad", "dorp", "vier", "zwaag", "kamp", "broek", "sleen", "maren", "olst", "peest", "elst", "zetten",
}  # fmt: skip
_MAX_WORDS = 5


@dataclass(frozen=True)
class Gazetteer:
    """Folded name to the municipalities that have a place, alias or district of that name."""

    names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    districts: dict[str, tuple[str, str]] = field(default_factory=dict)  # name -> (wijk code, gemeente)
    postcodes: dict[str, tuple[str, ...]] = field(default_factory=dict)


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (GEOGRAPHY / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(line for line in lines if not line.startswith("#"))


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """All names and postcodes. A municipality's own name wins from a village of that name elsewhere."""
    names: dict[str, set[str]] = {}
    for row in _rows("woonplaatsen.csv"):
        names.setdefault(fold(row["woonplaats"]), set()).add(row["gm_code"])
    for row in _rows("aliassen.csv"):
        names.setdefault(fold(row["alias"]), set()).add(row["gm_code"])
    for row in _rows("gemeenten.csv"):
        names.setdefault(fold(row["naam"]), set()).add(row["gm_code"])
    postcodes: dict[str, list[str]] = {}
    for row in _rows("postcode4.csv"):
        postcodes.setdefault(row["pc4"], []).append(row["gm_code"])
    return Gazetteer(
        {name: tuple(sorted(codes)) for name, codes in names.items()},
        {fold(row["naam"]): (row["wijk_code"], row["gm_code"]) for row in _rows("wijken.csv")},
        {pc4: tuple(dict.fromkeys(codes)) for pc4, codes in postcodes.items()},
    )


def find(text: str) -> list[Found]:
    """Postcode (``postcode4``), place (``plaats``: as said), municipality (``gemeente``: code, when only one fits), ``wijk``."""
    found = list(_postcodes(text))
    found += _places(text)
    return found


def _postcodes(text: str) -> Iterator[Found]:
    known = gazetteer().postcodes
    for match in _POSTCODE.finditer(text):
        group = match.lastindex or 0
        pc4 = match.group(group)
        if pc4 not in known:
            continue
        yield Found("postcode4", pc4, match.start(group), match.end(group))
        if len(known[pc4]) == 1:
            yield Found("gemeente", known[pc4][0], match.start(group), match.end(group))


def _places(text: str) -> list[Found]:
    """The longest names first; a word belongs to one name only."""
    words = list(_WORD.finditer(text))
    found: list[Found] = []
    position = 0
    while position < len(words):
        size = next(
            (n for n in range(min(_MAX_WORDS, len(words) - position), 0, -1) if _is_place(text, words, position, n)), 0
        )
        if size:
            found += _describe(text, words[position].start(), words[position + size - 1].end())
        position += size or 1
    return found


def _is_place(text: str, words: list[re.Match[str]], position: int, size: int) -> bool:
    name = text[words[position].start() : words[position + size - 1].end()]
    folded = fold(name)
    places = gazetteer()
    if folded not in places.names and folded not in places.districts:
        return False
    if _TOWARDS in {fold(word.group()) for word in words[max(0, position - _WORDS_AFTER_TOWARDS) : position]}:
        return False
    capital = name[0].isupper() or name.startswith("'s")
    before = fold(words[position - 1].group()) if position else ""
    introduced = before in _BEFORE_PLACE or (
        before in {"de", "het"} and position > 1 and fold(words[position - 2].group()) in _BEFORE_PLACE
    )
    alone = len(words) == size
    if folded in _ORDINARY:
        return capital and (introduced or alone)
    if folded in places.districts and folded not in places.names:
        return introduced or alone or (capital and position > 0)
    return introduced or alone or (capital and (position > 0 or size > 1))


def _describe(text: str, start: int, end: int) -> list[Found]:
    name = text[start:end]
    places = gazetteer()
    folded = fold(name)
    if folded in places.names:
        codes = places.names[folded]
        found = [Found("plaats", name, start, end)]
        return [*found, Found("gemeente", codes[0], start, end)] if len(codes) == 1 else found
    code, municipality = places.districts[folded]
    return [Found("wijk", code, start, end), Found("gemeente", municipality, start, end)]
