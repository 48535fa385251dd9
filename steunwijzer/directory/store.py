"""The store: one SQLite file with a full-text index (FTS5) of stems. Reading is cheap and never writes."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from steunwijzer.directory.records import Record
from steunwijzer.directory.text import stems

_TABLES = """
CREATE TABLE option (id TEXT PRIMARY KEY, origin TEXT NOT NULL, record TEXT NOT NULL, status TEXT NOT NULL,
  checked TEXT NOT NULL, valid_from TEXT, valid_until TEXT);
CREATE TABLE option_theme (id TEXT NOT NULL, theme TEXT NOT NULL, PRIMARY KEY (theme, id));
CREATE TABLE option_area (id TEXT NOT NULL, area TEXT NOT NULL, PRIMARY KEY (area, id));
CREATE VIRTUAL TABLE option_text USING fts5(id UNINDEXED, naam, rest, tokenize = 'unicode61');
CREATE TABLE stamp (value TEXT NOT NULL);
"""
_local = threading.local()


class DirectoryUnavailable(Exception):
    """The store is missing, damaged or locked. The message is Dutch."""


def stamp_of(files: Iterable[Path]) -> str:
    """Hash of the files the store is made from."""
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:24]


def is_current(path: Path, stamp: str) -> bool:
    """Whether the store was made from files with this stamp."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            return bool(connection.execute("SELECT value FROM stamp").fetchone() == (stamp,))
    except sqlite3.Error:
        return False


def count(path: Path) -> int:
    """Number of records."""
    return int(_read(path).execute("SELECT count(*) FROM option").fetchone()[0])


def rebuild(path: Path, records: Sequence[Record], origin: str, stamp: str) -> None:
    """Replace the store by one with ``records``, keeping records of other origins. Readers see the old or the new one."""
    others = [(record, kind) for record, kind in _all(path) if kind != origin]
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".nieuw")
    fresh.unlink(missing_ok=True)
    with closing(sqlite3.connect(fresh)) as connection, connection:
        connection.executescript(_TABLES)
        connection.execute("INSERT INTO stamp VALUES (?)", (stamp,))
        for record, kind in [*((record, origin) for record in records), *others]:
            _add(connection, record, kind)
    fresh.replace(path)


def put(path: Path, records: Sequence[Record], origin: str) -> None:
    """Add or replace records by id. Raises :class:`DirectoryUnavailable` when the store is locked or missing."""
    if not path.exists():
        rebuild(path, [], "content", "")
    try:
        with closing(sqlite3.connect(path, timeout=5)) as connection, connection:
            for record in records:
                for table in ("option", "option_theme", "option_area", "option_text"):
                    connection.execute(f"DELETE FROM {table} WHERE id = ?", (record["id"],))  # noqa: S608  (our own table names)
                _add(connection, record, origin)
    except sqlite3.Error as error:
        raise DirectoryUnavailable(
            "Het overzicht van lokale hulp is niet te schrijven. Probeer het zo opnieuw."
        ) from error


def all_records(path: Path) -> list[Record]:
    """Every record, by name. Raises :class:`DirectoryUnavailable`."""
    rows = _read(path).execute("SELECT record FROM option").fetchall()
    return sorted((json.loads(text) for (text,) in rows), key=lambda record: str(record["naam"]))


def find(
    path: Path, theme: str | None, words: str | None, areas: Mapping[str, Any], today: date, max_age_days: int
) -> list[tuple[Record, Any, float]]:
    """Published, fresh and valid records in these areas, with the value of their nearest area and a text score (lower: better)."""
    where = [
        "o.status = 'gepubliceerd'",
        "o.checked >= ?",
        "coalesce(o.valid_from, '') <= ?",
        "coalesce(o.valid_until, '9999') >= ?",
    ]
    oldest, now = (today - timedelta(days=max_age_days)).isoformat(), today.isoformat()
    given: list[Any] = [oldest, now, now]
    if theme:
        where.append("EXISTS (SELECT 1 FROM option_theme t WHERE t.id = o.id AND t.theme = ?)")
        given.append(theme)
    score, join = "0.0", ""
    match = _match(words)
    if match:
        score, join = "bm25(option_text, 0, 4, 1)", "JOIN option_text ON option_text.id = o.id"
        where.append("option_text MATCH ?")
        given.append(match)
    marks = ",".join("?" * len(areas))
    sql = (
        f"SELECT o.record, a.area, {score} FROM option o {join} JOIN option_area a ON a.id = o.id "  # noqa: S608  (marks only)
        f"WHERE {' AND '.join(where)} AND a.area IN ({marks})"
    )
    try:
        rows = _read(path).execute(sql, [*given, *areas]).fetchall()
    except sqlite3.Error as error:
        _forget(path)
        raise DirectoryUnavailable("Het overzicht van lokale hulp is nu niet te lezen.") from error
    order = list(areas)
    nearest: dict[str, tuple[Record, str, float]] = {}
    for text, area, value in rows:
        record = json.loads(text)
        known = nearest.get(record["id"])
        if known is None or order.index(area) > order.index(known[1]):
            nearest[record["id"]] = (record, area, float(value))
    return [(record, areas[area], value) for record, area, value in nearest.values()]


def _match(words: str | None) -> str:
    """An FTS5 query: any of the stems, at the start of a word, so that parts of compounds count."""
    found = dict.fromkeys(stems(words or ""))
    return " OR ".join(f'"{stem}"*' for stem in found)


def _add(connection: sqlite3.Connection, record: Record, origin: str) -> None:
    text = json.dumps(record, ensure_ascii=False)
    values = (
        record["id"],
        origin,
        text,
        record["status"],
        record["laatstGecontroleerd"],
        record.get("geldigVan"),
        record.get("geldigTot"),
    )
    connection.execute("INSERT INTO option VALUES (?,?,?,?,?,?,?)", values)
    connection.executemany(
        "INSERT OR IGNORE INTO option_theme VALUES (?,?)", [(record["id"], theme) for theme in record["thema"]]
    )
    connection.executemany(
        "INSERT OR IGNORE INTO option_area VALUES (?,?)", [(record["id"], area) for area in _area_codes(record)]
    )
    rest = " ".join(
        [record["omschrijving"], record["organisatie"]["naam"], *record["thema"], record.get("voorwaarden", "")]
    )
    connection.execute(
        "INSERT INTO option_text VALUES (?,?,?)", (record["id"], " ".join(stems(record["naam"])), " ".join(stems(rest)))
    )


def _area_codes(record: Record) -> list[str]:
    area = record["gebied"]
    if area.get("landelijk"):
        return ["landelijk"]
    # A CBS district code holds its municipality (WK036301 lies in GM0363): who names no district sees it too.
    return [
        *(code for codes in area.values() for code in codes),
        *(f"GM{code[2:6]}" for code in area.get("wijken", [])),
    ]


def _all(path: Path) -> list[tuple[Record, str]]:
    if not path.exists():
        return []
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            rows = connection.execute("SELECT record, origin FROM option").fetchall()
    except sqlite3.Error:
        return []
    return [(json.loads(text), origin) for text, origin in rows]


def _read(path: Path) -> sqlite3.Connection:
    """A read-only connection, kept per thread and per version of the file."""
    try:
        version = (str(path), path.stat().st_mtime_ns)
    except OSError as error:
        raise DirectoryUnavailable("Het overzicht van lokale hulp ontbreekt. Maak het met 'make setup'.") from error
    kept: dict[str, tuple[Any, sqlite3.Connection]] = _local.__dict__.setdefault("connections", {})
    known = kept.get(str(path))
    if known is None or known[0] != version:
        if known is not None:
            known[1].close()
        kept[str(path)] = (version, sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=2))
    return kept[str(path)][1]


def _forget(path: Path) -> None:
    known = _local.__dict__.get("connections", {}).pop(str(path), None)
    if known:
        known[1].close()
