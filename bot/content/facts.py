"""Dated facts that texts refer to: amounts, terms, telephone numbers, municipal names. What is out of date is not there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from bot.yamlsource import load

NATIONAL = "_landelijk"
# From this month on people ask what it will cost next year.
AUTUMN = 9


@dataclass(frozen=True)
class Amount:
    """One dated row of an amount. ``value`` in ``unit``; valid from and until the given days (None: open)."""

    value: float | int | str
    unit: str
    valid_from: date | None
    valid_until: date | None

    def valid_on(self, day: date) -> bool:
        """Whether the row may be shown on that day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


@dataclass(frozen=True)
class Facts:
    """All facts of ``content/``. Look-ups return None for what is unknown or out of date."""

    amounts: Mapping[str, tuple[Amount, ...]] = field(default_factory=dict)
    terms: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    phones: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    glossary: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    municipalities: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def lookup(self, path: str, today: date, municipality: str | None) -> str | None:
        """The text for a placeholder such as ``bedrag.wmo_eigen_bijdrage``, ``telefoon.113`` or ``gemeente.loket``."""
        kind, _, rest = path.partition(".")
        if kind == "bedrag":
            return self._amount(rest, today)
        if kind == "termijn":
            return _text(self.terms.get(rest, {}).get("tekst"))
        if kind == "telefoon":
            return _text(self.phones.get(rest, {}).get("nummer"))
        if kind == "gemeente":
            return self.municipal(rest, municipality)
        return None

    def _amount(self, path: str, today: date) -> str | None:
        key, _, part = path.partition(".")
        row = next((row for row in self.amounts.get(key, ()) if row.valid_on(today)), None)
        if part == "onbekend_jaar":
            return self._unknown_year(key, row, today)
        if row is None:
            return None
        if part == "jaar":
            return str((row.valid_from or today).year)
        return format_amount(row)

    def _unknown_year(self, key: str, row: Amount | None, today: date) -> str | None:
        """The year an amount is asked for but not known: this year, and from autumn on the next. None when all is known."""
        if row is None:
            return str(today.year)
        next_year = today.year + 1
        known = any(row.valid_on(date(next_year, 1, 1)) for row in self.amounts[key])
        return None if known or today.month < AUTUMN else str(next_year)

    def municipal(self, name: str, municipality: str | None) -> str | None:
        """A fact of one municipality, else the national wording for it."""
        own = self.municipalities.get(municipality or "", {})
        return _text(own.get(name)) or _text(self.municipalities.get(NATIONAL, {}).get(name))


def format_amount(row: Amount) -> str:
    """Euros the Dutch way ("€ 21,80", "€ 1.442"); anything else as it is written."""
    if isinstance(row.value, str) or not row.unit.startswith("EUR"):
        return str(row.value).replace(".", ",") if isinstance(row.value, float) else str(row.value)
    whole = float(row.value).is_integer()
    plain = f"{row.value:,.0f}" if whole else f"{row.value:,.2f}"
    return "€ " + plain.translate(str.maketrans(",.", ".,"))


def load_facts(content: Path) -> Facts:
    """Read all fact files that are there. Raises on unreadable YAML or dates."""
    amounts: dict[str, tuple[Amount, ...]] = {}
    for path in sorted((content / "bedragen").glob("*.yml")):
        for key, entry in (load(path) or {}).get("bedragen", {}).items():
            amounts[key] = tuple(_row(row, str(entry.get("eenheid", ""))) for row in entry["rijen"])
    municipalities = {path.stem: load(path) or {} for path in sorted((content / "gemeenten").glob("*.yml"))}
    return Facts(
        amounts=amounts,
        terms=_section(content / "termijnen.yml", "termijnen"),
        phones=_section(content / "telefoonnummers.yml", "nummers"),
        glossary=_section(content / "begrippen.yml", "begrippen"),
        municipalities=municipalities,
    )


def _row(row: Mapping[str, Any], unit: str) -> Amount:
    return Amount(row["waarde"], unit, _day(row.get("geldig_van")), _day(row.get("geldig_tot")))


def _section(path: Path, name: str) -> Mapping[str, Mapping[str, Any]]:
    section = (load(path) or {}).get(name, {}) if path.exists() else {}
    return {str(key): value for key, value in section.items()}


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if value else None


def _text(value: Any) -> str | None:
    return str(value).strip() or None if value is not None else None
