"""Amounts, numbers and terms: dated, with a source, in a shape that can be shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import phonenumbers

from bot.yamlsource import line_of, load
from steunwijzer.checks.answers import place_of
from steunwijzer.checks.finding import Finding
from steunwijzer.checks.project import Project

# Newer than the lists of the library.
_ALSO_NUMBERS = frozenset({"113"})
_NUMBER = re.compile(r"^(?:112|113|14 0\d{2,3}|0\d{2,3}[- ]?\d[\d -]{4,9}|088[- ]?\d{3} ?\d{4})$")


def check(project: Project) -> Iterator[Finding]:
    """Every fact file."""
    content = project.root / "content"
    yield from _expired(project, project.today)
    for path in sorted((content / "bedragen").glob("*.yml")):
        for key, entry in load(path)["bedragen"].items():
            for row in entry["rijen"]:
                place = f"content/bedragen/{path.name}:{line_of(row)}"
                for name in ("waarde", "geldig_van", "bron", "gecontroleerd_op"):
                    if row.get(name) in (None, ""):
                        yield Finding(place, f"bij '{key}' ontbreekt '{name}'.", "Vul het in, of haal de rij weg.")
            yield from _overlaps(project, key, path.name)
    for key, phone in project.facts.phones.items():
        place = f"content/telefoonnummers.yml:{line_of(phone)}"
        if not _NUMBER.match(str(phone.get("nummer", ""))) or not _exists(str(phone.get("nummer"))):
            yield Finding(
                place,
                f"nummer van '{key}' heeft een vreemde vorm: {phone.get('nummer')}.",
                "Schrijf bijvoorbeeld 0800-2000.",
            )
        for name in ("naam", "wanneer", "bron", "gecontroleerd_op"):
            if not phone.get(name):
                yield Finding(place, f"bij '{key}' ontbreekt '{name}'.", "Vul het in.")
    for key, term in project.facts.terms.items():
        for name in ("waarde", "eenheid", "tekst", "bron", "gecontroleerd_op"):
            if not term.get(name):
                yield Finding(
                    f"content/termijnen.yml:{line_of(term)}", f"bij '{key}' ontbreekt '{name}'.", "Vul het in."
                )


def _exists(number: str) -> bool:
    """Whether a number can be dialled in the Netherlands."""
    try:
        parsed = phonenumbers.parse(number, "NL")
    except phonenumbers.NumberParseException:
        return False
    short = phonenumbers.is_valid_short_number_for_region(parsed, "NL")
    return number in _ALSO_NUMBERS or short or phonenumbers.is_valid_number(parsed)


def _expired(project: Project, today: date) -> Iterator[Finding]:
    """Amounts and texts past their day. An amount with ``na_afloop`` may run out: an editor has said what happens then."""
    for path in sorted((project.root / "content" / "bedragen").glob("*.yml")):
        for key, entry in load(path)["bedragen"].items():
            rows = project.facts.amounts[key]
            if entry.get("na_afloop") or any(row.valid_until is None or row.valid_until >= today for row in rows):
                continue
            yield Finding(
                f"content/bedragen/{path.name}:{line_of(entry)}",
                f"bedrag '{key}' is verlopen.",
                "Voeg een rij toe met het nieuwe bedrag, of schrijf bij 'na_afloop' waarom er nog geen is.",
            )
    for variations in project.answers.values():
        for answer in variations:
            if answer.valid_until and date.fromisoformat(answer.valid_until) < today:
                message = f"'{answer.key}' was geldig tot {answer.valid_until}."
                yield Finding(
                    place_of(answer), message, "Controleer de tekst en geef een nieuwe datum, of haal hem weg."
                )


def _overlaps(project: Project, key: str, file: str) -> Iterator[Finding]:
    rows = sorted(project.facts.amounts[key], key=lambda row: str(row.valid_from))
    for earlier, later in pairwise(rows):
        if earlier.valid_until is None or (later.valid_from and earlier.valid_until >= later.valid_from):
            yield Finding(
                f"content/bedragen/{file}",
                f"twee rijen van '{key}' gelden op dezelfde dag.",
                "Laat de oude rij eindigen voor de nieuwe begint.",
            )
