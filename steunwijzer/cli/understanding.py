"""Understands sentences without a server, by running the engine's pipeline once (``python -m bot.parse``)."""

from __future__ import annotations

import json
import os
import subprocess
import tarfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from steunwijzer.cli.files import fail

ROOT = Path(__file__).resolve().parent.parent.parent
# The names under which the intent classifier and the safety gate keep their reports (bot/nlu).
TOPICS, DANGER = "geleerd.json", "veiligheid.json"
ENGINE_PYTHON = ROOT / "bot" / ".venv" / "bin" / "python"


def understand(records: Sequence[dict[str, Any]], model: Path | None = None) -> list[dict[str, Any]]:
    """The same records with ``intent_ranking``, ``entities``, ``safety`` and ``elapsed_ms``. Without ``model``: that of now."""
    if not ENGINE_PYTHON.exists():
        raise fail("De machinekamer is nog niet gemaakt. Draai eerst 'make setup'.")
    lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    result = subprocess.run(
        [str(ENGINE_PYTHON), "-m", "bot.parse", *(["--model", str(model)] if model else [])],
        cwd=ROOT, input=lines, capture_output=True, text=True, env={**os.environ, "PYTHONWARNINGS": "ignore"}, check=False,
    )  # fmt: skip
    if result.returncode != 0:
        raise fail(result.stderr.strip().splitlines()[-1] if result.stderr.strip() else "Het taalmodel start niet.")
    return [json.loads(line) for line in result.stdout.splitlines()]


def models() -> list[Path]:
    """The models on this machine, the newest first."""
    found = (ROOT / "var" / "models").glob("*.tar.gz")
    return sorted(found, key=lambda path: path.stat().st_mtime, reverse=True)


def learning_report(model: Path, name: str = TOPICS) -> dict[str, Any]:
    """What the model's maker wrote in it about how well the examples teach: of topics, or of :data:`DANGER`."""
    with tarfile.open(model) as archive:
        found = next((member for member in archive.getnames() if member.endswith(f"/{name}")), None)
        stored = archive.extractfile(found) if found else None
        if stored is None:
            raise fail(f"{model.name} heeft geen verslag. Train opnieuw met 'make train'.")
        report: dict[str, Any] = json.load(stored)
        return report
