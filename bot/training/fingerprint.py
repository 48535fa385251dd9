"""Says whether a trained model still fits: a hash of everything that training reads."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from bot.content import load_answers
from bot.paths import CONTENT, ROOT

# What the meaning of sentences is learned from and with, and what a model holds besides.
_UNDERSTANDING = ("config.yml", "bot/requirements.lock", "data/nlu", "data/veiligheid", "bot/nlu", "bot/training")
_DIALOGUE = ("domain.yml", "bot/dialogue")


def training_fingerprint(encoder: str | None) -> str:
    """Hash of examples, settings, pipeline code, answer keys (not the texts) and the sentence encoder's version."""
    digest = hashlib.sha256(f"{understanding_fingerprint(encoder)}\n".encode())
    _add_files(digest, _DIALOGUE)
    digest.update("\n".join(sorted(load_answers(CONTENT))).encode())
    return digest.hexdigest()[:16]


def understanding_fingerprint(encoder: str | None) -> str:
    """The same without dialogue: while it is unchanged, nothing about understanding needs to be learned again."""
    digest = hashlib.sha256(f"{encoder}\n".encode())
    _add_files(digest, _UNDERSTANDING)
    return digest.hexdigest()[:16]


def _add_files(digest: Any, names: tuple[str, ...]) -> None:
    for path in sorted(path for name in names for path in _files(ROOT / name)):
        digest.update(f"{path.relative_to(ROOT)}\n".encode())
        digest.update(path.read_bytes())


def _files(place: Path) -> list[Path]:
    return [place] if place.is_file() else [path for path in place.rglob("*") if path.suffix in {".py", ".yml", ".npz"}]
