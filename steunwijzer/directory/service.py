"""Search and fill the directory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from bot.yamlsource import load
from steunwijzer.directory import store
from steunwijzer.directory.exchange import read_file
from steunwijzer.directory.records import Record
from steunwijzer.directory.store import DirectoryUnavailable

__all__ = ["DirectoryUnavailable", "Option", "SearchQuery", "SearchResult", "build", "search", "themes"]

MAX_AGE_DAYS = 365
ORIGIN_CONTENT, ORIGIN_IMPORT = "content", "import"
Level = Literal["postcode", "wijk", "gemeente", "landelijk"]


@dataclass(frozen=True)
class SearchQuery:
    """What is looked for. Everything but ``today`` may be left out; ``words`` in the resident's own words."""

    today: date
    theme: str | None = None
    words: str | None = None
    postcode4: str | None = None
    district: str | None = None
    municipality: str | None = None
    audience: str | None = None
    free_only: bool = False
    without_referral: bool = False
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
    return {key: value["naam"] for key, value in load(content / "opties" / "themas.yml")["themas"].items()}


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
    near = [option for option in found if option.level != "landelijk"]
    national = [option for option in found if option.level == "landelijk"] or _fallback(path, query)
    chosen = near[: max(query.limit - 1, 1)] if national else near[: query.limit]
    return SearchResult(
        [*chosen, *national[: max(query.limit - len(chosen), 1)]], "gevonden" if near else "alleen_landelijk"
    )


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
    kept = [(record, level, score) for record, level, score in rows if _wanted(record, query)]
    kept.sort(key=lambda row: (_NEARNESS[row[1]], row[2], _beside_the_point(row[0], query.theme), row[0]["naam"]))
    return [Option(record, level) for record, level, _ in kept]


def _beside_the_point(record: Record, theme: str | None) -> int:
    """0 when the theme is what the offer is for in the first place, more when it is one of its other themes."""
    return list(record["thema"]).index(theme) if theme in record["thema"] else 0


def _wanted(record: Record, query: SearchQuery) -> bool:
    if query.free_only and record["kosten"]["soort"] != "gratis":
        return False
    if query.without_referral and record.get("verwijzingNodig") == "ja":
        return False
    audience = record.get("doelgroep") or ["iedereen"]
    return query.audience is None or query.audience in audience or "iedereen" in audience


def _fallback(path: Path, query: SearchQuery) -> list[Option]:
    """A national offer that helps with anything, when the theme has none."""
    areas: dict[str, Level] = {"landelijk": "landelijk"}
    rows = store.find(path, "clientondersteuning", None, areas, query.today, query.max_age_days)
    rows = rows or store.find(path, None, None, areas, query.today, query.max_age_days)
    return [Option(record, level) for record, level, _ in rows]
