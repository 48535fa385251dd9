"""Keeps sentence vectors of training examples, so that one new example costs one vector and not fourteen thousand.

Vectors made on this machine lie under ``var/``. Those of the project's own examples, which take minutes, come with it
(``python -m bot.training.vectors`` makes them again): a first start need not wait for them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from bot.paths import DATA, VAR

SHIPPED = DATA / "vectoren.npz"


class EmbeddingCache:
    """Vectors by hash of the text, in one file per encoder version. A damaged file counts as empty."""

    def __init__(self, name: str, shipped: Path = SHIPPED) -> None:
        self._name = name
        self._path = VAR / "cache" / f"{name}.npz"
        self._known = _shipped(shipped, name) | self._read()

    def _read(self) -> dict[str, np.ndarray]:
        try:
            with np.load(self._path) as stored:
                return dict(zip(stored["keys"].tolist(), stored["vectors"], strict=True))
        except (OSError, ValueError, KeyError):
            return {}

    def get(self, texts: list[str], encode: Callable[[list[str]], np.ndarray]) -> np.ndarray:
        """Vectors of ``texts``, shape ``[len(texts), n]``; only unknown ones are encoded."""
        keys = [_key(text) for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
        if missing:
            self._known.update(zip(missing, encode(list(missing.values())), strict=True))
            self._write()
        return np.stack([self._known[key] for key in keys])

    def ship(self, texts: Sequence[str], encode: Callable[[list[str]], np.ndarray], path: Path = SHIPPED) -> None:
        """Write the vectors of ``texts`` to ``path``: one byte a number, and per vector the size of a step."""
        vectors = self.get(list(texts), encode)
        steps = np.abs(vectors).max(axis=1, keepdims=True) / 127
        np.savez_compressed(
            path,
            name=np.array(self._name),
            keys=np.array([_key(text) for text in texts]),
            steps=steps.astype(np.float32),
            vectors=np.round(vectors / steps).astype(np.int8),
        )

    def _write(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        temporary = self._path.with_suffix(".tmp.npz")
        np.savez(temporary, keys=np.array(list(self._known)), vectors=np.stack(list(self._known.values())))
        temporary.replace(self._path)


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def _shipped(path: Path, name: str) -> dict[str, np.ndarray]:
    """Nothing when the vectors are of another encoder, or the file is damaged."""
    try:
        with np.load(path) as stored:
            if str(stored["name"]) != name:
                return {}
            vectors = stored["vectors"].astype(np.float32) * stored["steps"]
            return dict(zip(stored["keys"].tolist(), vectors, strict=True))
    except (OSError, ValueError, KeyError):
        return {}
