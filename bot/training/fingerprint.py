"""Says whether a trained model still fits: a hash of everything that training reads."""

from __future__ import annotations

import hashlib
from pathlib import Path

from bot.content import load_answers
from bot.paths import CONTENT, DATA, ROOT

_FILES = ("config.yml", "domain.yml", "bot/requirements.lock")
_FOLDERS = (DATA / "nlu", ROOT / "bot" / "nlu", ROOT / "bot" / "training", ROOT / "bot" / "dialogue")


def training_fingerprint(encoder: str | None) -> str:
    """Hash of examples, settings, pipeline code, answer keys (not the texts) and the sentence encoder's version."""
    digest = hashlib.sha256(f"{encoder}\n".encode())
    for path in _inputs():
        digest.update(f"{path.relative_to(ROOT)}\n".encode())
        digest.update(path.read_bytes())
    digest.update("\n".join(sorted(load_answers(CONTENT))).encode())
    return digest.hexdigest()[:16]


def _inputs() -> list[Path]:
    found = [ROOT / name for name in _FILES]
    for folder in _FOLDERS:
        found += [path for path in folder.rglob("*") if path.suffix in {".py", ".yml"}]
    return sorted(found)
