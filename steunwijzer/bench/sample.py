"""The same part of our examples for both assistants: a stock Rasa needs hours for all of them, and minutes for these."""

from __future__ import annotations

import shutil
from pathlib import Path

import yaml

# So many a topic, about what a stock project has.
PER_INTENT = 30
# What training needs; the engine's environment stays where it is.
_PARTS = ("bot", "content", "data", "tests/nlu", "config.yml", "domain.yml")
_NOT = shutil.ignore_patterns(".venv", "__pycache__", "*.pyc")


def copy_project(project: Path, folder: Path, per_intent: int = PER_INTENT) -> int:
    """Copy what training needs of ``project`` to ``folder``, with ``per_intent`` examples an intent; returns how many there are."""
    shutil.rmtree(folder, ignore_errors=True)
    for part in _PARTS:
        source, target = project / part, folder / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=_NOT)
        else:
            shutil.copy(source, target)
    return sum(_thin_out(path, per_intent) for path in sorted((folder / "data" / "nlu").glob("*.yml")))


def _thin_out(path: Path, per_intent: int) -> int:
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    kept = 0
    for entry in document["nlu"]:
        if "intent" in entry:
            lines = spread(entry["examples"].strip().splitlines(), per_intent)
            entry["examples"] = "\n".join(lines) + "\n"
            kept += len(lines)
    path.write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return kept


def spread(lines: list[str], most: int) -> list[str]:
    """At most so many lines, from the first to the last at equal distances."""
    if len(lines) <= most:
        return lines
    return [lines[number * len(lines) // most] for number in range(most)]
