"""Vectors that come with the project save time and change nothing else."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.nlu import embedding_cache
from bot.nlu.embedding_cache import EmbeddingCache

TEXTS = ["mijn moeder is gevallen", "wie helpt mij", "ik zoek een taxi"]


@pytest.fixture(autouse=True)
def own_var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding_cache, "VAR", tmp_path)


class Encoder:
    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, texts: list[str]) -> np.ndarray:
        self.asked += texts
        made = np.array([np.random.default_rng(len(text)).normal(size=384) for text in texts], dtype=np.float32)
        return made / np.linalg.norm(made, axis=1, keepdims=True)


def test_a_sentence_with_a_shipped_vector_is_not_encoded_again(tmp_path: Path) -> None:
    first, shipped = Encoder(), tmp_path / "vectoren.npz"
    EmbeddingCache("a", shipped).ship(TEXTS, first, shipped)
    (tmp_path / "cache" / "a.npz").unlink()
    second = Encoder()
    vectors = EmbeddingCache("a", shipped).get([*TEXTS, "iets nieuws"], second)
    assert first.asked == TEXTS
    assert second.asked == ["iets nieuws"]
    assert (vectors[:3] * first(TEXTS)).sum(axis=1).min() > 0.999


def test_vectors_of_another_encoder_and_a_damaged_file_count_as_nothing(tmp_path: Path) -> None:
    shipped = tmp_path / "vectoren.npz"
    EmbeddingCache("a", shipped).ship(TEXTS, Encoder(), shipped)
    other = Encoder()
    EmbeddingCache("b", shipped).get(TEXTS, other)
    assert other.asked == TEXTS
    shipped.write_bytes(b"stuk")
    (tmp_path / "cache" / "a.npz").unlink()
    again = Encoder()
    EmbeddingCache("a", shipped).get(TEXTS, again)
    assert again.asked == TEXTS


def test_the_shipped_vectors_are_there_for_the_examples() -> None:
    asked = Encoder()
    from bot.nlu.encoder_package import PACKAGE, encoder_version
    from bot.training.vectors import examples

    if encoder_version() is None:
        pytest.skip("zonder zinscodering zijn er geen vectoren")
    texts = examples()
    EmbeddingCache(f"{PACKAGE}-{encoder_version()}").get(texts, asked)
    assert len(asked.asked) < len(texts) / 10, "run python -m bot.training.vectors"
