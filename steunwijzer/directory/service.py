"""Search and fill the directory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from bot.yamlsource import load
from steunwijzer.directory import store
from steunwijzer.directory.exchange import read_file
from steunwijzer.directory.records import Record
from steunwijzer.directory.store import DirectoryUnavailable
from steunwijzer.directory.text import stems

__all__ = [
    "DirectoryUnavailable",
    "Option",
    "SearchQuery",
    "SearchResult",
    "build",
    "by_ids",
    "first_words",
    "search",
    "themes",
]

MAX_AGE_DAYS = 365
ORIGIN_CONTENT, ORIGIN_IMPORT = "content", "import"
Level = Literal["postcode", "wijk", "gemeente", "landelijk"]


@dataclass(frozen=True)
class SearchQuery:
    """What is looked for. Everything but ``today`` may be left out; ``words`` in the resident's own words.

    ``audience``: only what suits this group; ``prefers``: what is meant for this group stands first; ``age``: of the person.
    ``nearest_only``: nothing wider than the district; ``skip``: ids that were shown before; ``core``: words of the usual need.
    """

    today: date
    theme: str | None = None
    words: str | None = None
    postcode4: str | None = None
    district: str | None = None
    municipality: str | None = None
    audience: str | None = None
    free_only: bool = False
    without_referral: bool = False
    prefers: str | None = None
    age: float | None = None
    nearest_only: bool = False
    skip: frozenset[str] = frozenset()
    core: Sequence[str] = ()
    limit: int = 5
    max_age_days: int = MAX_AGE_DAYS


@dataclass(frozen=True)
class Option:
    """One offer as it is shown. ``level``: how near it is."""

    record: Record
    level: Level

    @property
    def name(self) -> str:
        """Name of the offer."""
        return str(self.record["naam"])


@dataclass(frozen=True)
class SearchResult:
    """Options, the nearest first, always with a national one. ``status``: is anything of it near?"""

    options: Sequence[Option]
    status: Literal["gevonden", "alleen_landelijk"]


def themes(content: Path) -> dict[str, str]:
    """Themes with the words a resident reads."""
    return {key: value["naam"] for key, value in _themes(content).items()}


def first_words(content: Path, theme: str | None) -> Sequence[str]:
    """Words of what people with this theme mostly need: offers that name them stand first."""
    about = _themes(content).get(theme or "") or {}
    return tuple(about.get("eerst") or ())


def _themes(content: Path) -> Mapping[str, Mapping[str, Any]]:
    path = content / "opties" / "themas.yml"
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int) -> Mapping[str, Mapping[str, Any]]:
    """Read once until the file changes: every search asks for it."""
    found: Mapping[str, Mapping[str, Any]] = load(path)["themas"]
    return found


def build(content: Path, path: Path) -> int:
    """(Re)build the store from ``content/opties`` when that changed; imported records stay. Returns the number of records.

    Raises ValueError, in Dutch, when a file of the content has a wrong record: content is checked before it ships.
    """
    files = sorted([*(content / "opties").glob("*.json"), *(content / "opties").glob("*.csv")])
    stamp = store.stamp_of(
        [
            *files,
            content / "opties" / "themas.yml",
            *(Path(__file__).with_name(name) for name in ("text.py", "store.py")),
        ]
    )
    if store.is_current(path, stamp):
        return store.count(path)
    known = themes(content)
    records: list[Record] = []
    for file in files:
        report = read_file(file, known)
        if report.rejected:
            first = report.rejected[0]
            raise ValueError(f"{file.name}, rij {first.row}: {first.reasons[0]}")
        records += report.accepted
    store.rebuild(path, records, ORIGIN_CONTENT, stamp)
    return store.count(path)


def search(path: Path, query: SearchQuery) -> SearchResult:
    """Find options. Raises :class:`DirectoryUnavailable` when the store cannot be read."""
    found = _ranked(store.find(path, query.theme, query.words, _areas(query), query.today, query.max_age_days), query)
    if not found and query.words and query.theme:
        found = _ranked(store.find(path, query.theme, None, _areas(query), query.today, query.max_age_days), query)
    widest = ("postcode", "wijk") if query.nearest_only else ("postcode", "wijk", "gemeente")
    near = [option for option in found if option.level in widest]
    national = [option for option in found if option.level == "landelijk"] or _fallback(path, query)
    chosen = near[: max(query.limit - 1, 1)] if national else near[: query.limit]
    return SearchResult(
        [*chosen, *national[: max(query.limit - len(chosen), 1)]], "gevonden" if near else "alleen_landelijk"
    )


def by_ids(path: Path, ids: Sequence[str]) -> list[Option]:
    """Options that somebody chose, in that order; what is not there any more is left out."""
    records = {record["id"]: record for record in store.all_records(path)}
    found = [records[one] for one in ids if one in records]
    return [
        Option(record, "landelijk" if (record.get("gebied") or {}).get("landelijk") else "gemeente") for record in found
    ]


def _areas(query: SearchQuery) -> dict[str, Level]:
    """Area codes that count for this place, with how near each is."""
    areas: dict[str, Level] = {"landelijk": "landelijk"}
    if query.municipality:
        areas[query.municipality] = "gemeente"
    if query.district:
        areas[query.district] = "wijk"
    if query.postcode4:
        areas[query.postcode4] = "postcode"
    return areas


_NEARNESS: dict[Level, int] = {"postcode": 0, "wijk": 1, "gemeente": 2, "landelijk": 3}


def _ranked(rows: Iterable[tuple[dict[str, Any], Level, float]], query: SearchQuery) -> list[Option]:
    kept = [(record, _level(record, level, query), score) for record, level, score in rows if _wanted(record, query)]
    core = set(stems(" ".join(query.core)))

    def order(row: tuple[Record, Level, float]) -> tuple[Any, ...]:
        record, level, score = row
        away = _NEARNESS[level]
        national = level == "landelijk"
        fit = (_for_others(record, query), -_named(record, core))
        nearest = (away, score) if query.nearest_only else ()
        return (national, *nearest, *fit, away, score, _beside_the_point(record, query.theme), record["naam"])

    return [Option(record, level) for record, level, _ in sorted(kept, key=order)]


def _level(record: Record, level: Level, query: SearchQuery) -> Level:
    """An address in the resident's own postcode is as near as an offer for that postcode."""
    own = str((record.get("adres") or {}).get("postcode", ""))[:4]
    return "postcode" if level != "landelijk" and query.postcode4 and own == query.postcode4 else level


def _for_others(record: Record, query: SearchQuery) -> bool:
    group = query.audience or query.prefers
    return group is not None and group not in (record.get("doelgroep") or [])


def _named(record: Record, core: set[str]) -> int:
    """How many words of the usual need an offer names."""
    return len(core & set(stems(f"{record['naam']} {record['omschrijving']}")))


def _beside_the_point(record: Record, theme: str | None) -> int:
    """0 when the theme is what the offer is for in the first place, more when it is one of its other themes."""
    return list(record["thema"]).index(theme) if theme in record["thema"] else 0


def _wanted(record: Record, query: SearchQuery) -> bool:
    if query.free_only and record["kosten"]["soort"] != "gratis":
        return False
    if query.without_referral and record.get("verwijzingNodig") == "ja":
        return False
    if record["id"] in query.skip or not _fits_age(record, query.age):
        return False
    audience = set(record.get("doelgroep") or ["iedereen"])
    return query.audience is None or bool(audience & _SUITS.get(query.audience, {query.audience, "iedereen"}))


# Who an offer may be for besides the group itself.
_SUITS = {
    "jeugdige": {"jeugdige", "ouder_verzorger", "iedereen"},
    "oudere": {"oudere", "volwassene", "iedereen"},
    "mantelzorger": {"mantelzorger", "volwassene", "iedereen"},
}


def _fits_age(record: Record, age: float | None) -> bool:
    if age is None:
        return True
    low, high = record.get("leeftijdVan"), record.get("leeftijdTot")
    return (low is None or age >= low) and (high is None or age <= high)


def _fallback(path: Path, query: SearchQuery) -> list[Option]:
    """A national offer that helps with anything, when the theme has none."""
    areas: dict[str, Level] = {"landelijk": "landelijk"}
    rows = store.find(path, "clientondersteuning", None, areas, query.today, query.max_age_days)
    rows = rows or store.find(path, None, None, areas, query.today, query.max_age_days)
    helps_with_anything = replace(query, theme="clientondersteuning", words=None)
    return _ranked(rows, helps_with_anything) or [Option(record, level) for record, level, _ in rows]
