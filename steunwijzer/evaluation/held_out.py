"""The sentences of ``tests/nlu``: written by us, never learned from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bot.paths import ROOT
from bot.yamlsource import load

SENTENCES = ROOT / "tests" / "nlu"


def held_out(folder: Path = SENTENCES) -> list[dict[str, Any]]:
    """Each with ``text`` and ``label``, and no others than those with a topic."""
    return [
        {"text": str(entry["text"]), "label": str(entry["intent"])}
        for path in sorted(folder.glob("*.yml"))
        for entry in load(path).get("sentences") or []
        if entry.get("intent")
    ]
