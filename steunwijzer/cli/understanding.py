"""Understands sentences without a server, by running the engine's pipeline once (``python -m bot.parse``)."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from steunwijzer.cli.files import fail

ROOT = Path(__file__).resolve().parent.parent.parent
ENGINE_PYTHON = ROOT / "bot" / ".venv" / "bin" / "python"


def understand(records: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same records with ``intent_ranking``, ``entities``, ``safety`` and ``elapsed_ms``."""
    if not ENGINE_PYTHON.exists():
        raise fail("De machinekamer is nog niet gemaakt. Draai eerst 'make setup'.")
    lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    result = subprocess.run(
        [str(ENGINE_PYTHON), "-m", "bot.parse"],
        cwd=ROOT, input=lines, capture_output=True, text=True, env={**os.environ, "PYTHONWARNINGS": "ignore"}, check=False,
    )  # fmt: skip
    if result.returncode != 0:
        raise fail(result.stderr.strip().splitlines()[-1] if result.stderr.strip() else "Het taalmodel start niet.")
    return [json.loads(line) for line in result.stdout.splitlines()]
