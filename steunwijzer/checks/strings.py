"""Every piece of text under ``content/``, whatever file it is in: no promises, no personal data, links that can work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from steunwijzer.checks.finding import Finding
from steunwijzer.checks.project import Project
from steunwijzer.privacy import numbers

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
PROMISE = re.compile(
    r"\b(?:u|je|jij) (?:heeft|hebt|hebt u|heb) (?:er )?(?:altijd )?recht op\b|\bheeft u recht op\b|\bheb je recht op\b|"
    r"\b(?:u|je) bent (?:niet )?geschikt\b|\b(?:u|je) krijgt zeker\b",
    re.IGNORECASE,
)
_LINK = re.compile(r"\bhttps?:\S+|\bwww\.\S+", re.IGNORECASE)
_HOST = re.compile(r"^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$")
_PRIVATE = frozenset({"bsn", "iban", "rekeningnummer", "e-mailadres", "geboortedatum", "telefoonnummer"})
# Telephone numbers and addresses of organisations stand here on purpose.
_PUBLIC_ADDRESSES = ("telefoonnummers.yml", "gemeenten/")


@dataclass(frozen=True)
class Piece:
    """One text with its place."""

    file: str
    line: int
    text: str

    @property
    def place(self) -> str:
        """``content/file:line``."""
        return f"content/{self.file}:{self.line}"


def pieces(content: Path) -> Iterator[Piece]:
    """All texts of all YAML files."""
    for path in sorted(content.rglob("*.yml")):
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=_Loader)
        for scalar in _scalars(node):
            yield Piece(str(path.relative_to(content)), scalar.start_mark.line + 1, str(scalar.value))


def check(project: Project) -> Iterator[Finding]:
    """Promises, personal data and links, each with file and line."""
    for piece in pieces(project.root / "content"):
        if PROMISE.search(piece.text):
            yield Finding(piece.place, "deze tekst belooft een recht.", "Schrijf wat de gemeente bekijkt of besluit.")
        for link in _LINK.findall(piece.text):
            problem = _wrong_link(link.rstrip(".,;:)"))
            if problem:
                yield Finding(
                    piece.place, f"de link '{link}' {problem}.", "Kopieer het adres uit de adresbalk, met https."
                )
        if not piece.file.startswith(_PUBLIC_ADDRESSES):
            for kind in sorted(_private(piece.text)):
                yield Finding(
                    piece.place, f"hier staat een {kind}.", "Haal persoonsgegevens weg of verzin een voorbeeld zonder."
                )
    for _, sentence, place in project.examples:
        for kind in sorted(_private(sentence)):
            yield Finding(
                f"data/nlu/{place}", f"hier staat een {kind}.", "Vervang de zin door een zonder persoonsgegevens."
            )


def _private(text: str) -> set[str]:
    """Kinds of personal data that are numbers; a name in an example is mostly an invented one."""
    return {kind for kind, _, _ in numbers.find(text)} & _PRIVATE


def _wrong_link(link: str) -> str | None:
    if not link.lower().startswith("https://"):
        return "begint niet met https://"
    try:
        host = urlsplit(link).hostname or ""
    except ValueError:
        return "is niet te lezen"
    return None if _HOST.match(host) else "heeft geen geldige naam van een website"


def _scalars(node: Any) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.SequenceNode):
        for child in node.value:
            yield from _scalars(child)
    elif isinstance(node, yaml.MappingNode):
        for _, child in node.value:
            yield from _scalars(child)
