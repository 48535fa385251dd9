"""Amounts, numbers and terms: dated, with a source, in a shape that can be shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from bot.yamlsource import line_of, load
from steunwijzer.checks.finding import Finding
from steunwijzer.checks.project import Project
from steunwijzer.guidance.care_forms import CareFormsError, read

_NUMBER = re.compile(r"^(?:112|113|14 0\d{2,3}|0\d{2,3}[- ]?\d[\d -]{4,9}|088[- ]?\d{3} ?\d{4})$")


def check(project: Project) -> Iterator[Finding]:
    """Every fact file."""
    content = project.root / "content"
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
        if not _NUMBER.match(str(phone.get("nummer", ""))):
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
    try:
        read(content / "zorgvormen.yml")
    except CareFormsError as error:
        yield Finding("content/zorgvormen.yml", str(error), "Houd zorg in natura en pgb in balans.")


def _overlaps(project: Project, key: str, file: str) -> Iterator[Finding]:
    rows = sorted(project.facts.amounts[key], key=lambda row: str(row.valid_from))
    for earlier, later in pairwise(rows):
        if earlier.valid_until is None or (later.valid_from and earlier.valid_until >= later.valid_from):
            yield Finding(
                f"content/bedragen/{file}",
                f"twee rijen van '{key}' gelden op dezelfde dag.",
                "Laat de oude rij eindigen voor de nieuwe begint.",
            )
