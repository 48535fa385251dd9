"""Keeps sentence vectors of training examples, so that one new example costs one vector and not four thousand."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import numpy as np

from bot.paths import VAR


class EmbeddingCache:
    """Vectors by hash of the text, in one file per encoder version. A damaged file counts as empty."""

    def __init__(self, name: str) -> None:
        self._path = VAR / "cache" / f"{name}.npz"
        self._known = self._read()

    def _read(self) -> dict[str, np.ndarray]:
        try:
            with np.load(self._path) as stored:
                return dict(zip(stored["keys"].tolist(), stored["vectors"], strict=True))
        except (OSError, ValueError, KeyError):
            return {}

    def get(self, texts: list[str], encode: Callable[[list[str]], np.ndarray]) -> np.ndarray:
        """Vectors of ``texts``, shape ``[len(texts), n]``; only unknown ones are encoded."""
        keys = [hashlib.sha256(text.encode()).hexdigest()[:24] for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
        if missing:
            self._known.update(zip(missing, encode(list(missing.values())), strict=True))
            self._write()
        return np.stack([self._known[key] for key in keys])

    def _write(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        temporary = self._path.with_suffix(".tmp.npz")
        np.savez(temporary, keys=np.array(list(self._known)), vectors=np.stack(list(self._known.values())))
        temporary.replace(self._path)
