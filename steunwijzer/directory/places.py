"""Which municipality is meant? By place name, alias, municipality or four digits of a postcode."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bot.nlu.normalise import fold
from steunwijzer.directory.profiles import other_names

_PC4 = re.compile(r"\b([1-9]\d{3})\b")
_AROUND = re.compile(
    r"^(?:ik (?:woon|kom|zit|wonen) |we wonen |wij wonen |mijn moeder woont |het is )?(?:in|uit|te|bij|gemeente)?\s*(?:de gemeente )?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Municipality:
    """Code and name."""

    code: str
    name: str


@dataclass(frozen=True)
class Gazetteer:
    """Names and postcodes of one reading of ``content/geografie``."""

    names: dict[str, frozenset[str]]
    postcodes: dict[str, frozenset[str]]
    municipalities: dict[str, str]


@lru_cache(maxsize=4)
def gazetteer(folder: Path) -> Gazetteer:
    """Read the files of a folder."""
    municipalities = {row["gm_code"]: row["naam"] for row in _rows(folder / "gemeenten.csv")}
    names: dict[str, set[str]] = {}
    for file, column in (("woonplaatsen.csv", "woonplaats"), ("aliassen.csv", "alias"), ("gemeenten.csv", "naam")):
        for row in _rows(folder / file):
            names.setdefault(fold(row[column]), set()).add(row["gm_code"])
    for name, code in other_names(folder.parent).items():
        names.setdefault(fold(name), set()).add(code)
    postcodes: dict[str, set[str]] = {}
    for row in _rows(folder / "postcode4.csv"):
        postcodes.setdefault(row["pc4"], set()).add(row["gm_code"])
    return Gazetteer(_frozen(names), _frozen(postcodes), municipalities)


def find(folder: Path, said: str) -> Sequence[Municipality]:
    """Every municipality the words may mean: one, several (ask which), or none."""
    places = gazetteer(folder)
    codes = _by_postcode(places, said) or _by_name(places, said)
    found = [Municipality(code, places.municipalities[code]) for code in codes if code in places.municipalities]
    return sorted(found, key=lambda item: item.name)


def by_code(folder: Path, code: str) -> Municipality | None:
    """The municipality of a code."""
    name = gazetteer(folder).municipalities.get(code)
    return Municipality(code, name) if name else None


def _by_postcode(places: Gazetteer, said: str) -> frozenset[str]:
    match = _PC4.search(said)
    return places.postcodes.get(match.group(1), frozenset()) if match else frozenset()


def _by_name(places: Gazetteer, said: str) -> frozenset[str]:
    """The whole answer is a name, or a name stands in it; the longest one counts."""
    whole = fold(said).strip(" .,!?")
    for candidate in (whole, _AROUND.sub("", whole).strip()):
        if candidate in places.names:
            return places.names[candidate]
    words = re.findall(r"[\w'\-]+", whole)
    for size in range(min(4, len(words)), 0, -1):
        for start in range(len(words) - size + 1):
            name = " ".join(words[start : start + size])
            if len(name) > 3 and name in places.names:
                return places.names[name]
    return frozenset()


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _frozen(sets: dict[str, set[str]]) -> dict[str, frozenset[str]]:
    return {key: frozenset(value) for key, value in sets.items()}
