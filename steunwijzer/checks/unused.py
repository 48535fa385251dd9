"""What editors keep up to date but nobody reads: amounts and difficult words that stand in no text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import reduce
from pathlib import Path

from bot.nlu.normalise import fold
from bot.yamlsource import line_of, load
from steunwijzer.checks.finding import Finding
from steunwijzer.checks.project import Project

_AMOUNTS, _GLOSSARY = "bedragen", "begrippen.yml"
# How a Dutch word ends in the plural or as part of a sentence.
_ENDINGS = r"(?:en|s|n|e)?"


def check(project: Project) -> Iterator[Finding]:
    """Amounts without ``{bedrag.…}`` anywhere, and words that are in no text and, by ``staat_in``, in no letter either."""
    content = project.root / "content"
    written = _written(content)
    yield from _amounts(content, written)
    yield from _terms(project, fold(written))


def _written(content: Path) -> str:
    """Everything in content/ but the amounts and the glossary themselves."""
    files = sorted({*content.rglob("*.yml"), *(content / "opties").glob("*.csv")})
    read = (path.read_text(encoding="utf-8") for path in files if _AMOUNTS not in path.parts and path.name != _GLOSSARY)
    return reduce(lambda text, more: f"{text}\n{more}", read, "")


def _amounts(content: Path, written: str) -> Iterator[Finding]:
    for path in sorted((content / _AMOUNTS).glob("*.yml")):
        for key, entry in load(path)[_AMOUNTS].items():
            if not re.search(rf"\{{bedrag\.{re.escape(key)}[.}}]", written):
                yield Finding(
                    f"content/{_AMOUNTS}/{path.name}:{line_of(entry)}",
                    f"bedrag '{key}' staat in geen enkele tekst.",
                    f"Gebruik {{bedrag.{key}}} in een tekst, of haal het weg: dan hoeft niemand het bij te houden.",
                )


def _terms(project: Project, written: str) -> Iterator[Finding]:
    for key, entry in project.facts.glossary.items():
        words = {fold(str(word)) for word in [entry.get("term", ""), *(entry.get("ook") or [])]}
        used = any(re.search(rf"(?<!\w){re.escape(word)}{_ENDINGS}(?!\w)", written) for word in words if word)
        if not used and not entry.get("staat_in"):
            yield Finding(
                f"content/{_GLOSSARY}:{line_of(entry)}",
                f"begrip '{key}' staat in geen enkele tekst.",
                "Haal het weg, of schrijf bij 'staat_in' waar een inwoner het wel leest (zoals een brief van de gemeente).",
                blocks=False,
            )
