"""Character n-grams within words, weighted by tf-idf (graph component).

They see through typing errors, compounds and dialect: "huishoudelijkehulp" shares most of its n-grams with "huishoudelijke
hulp". Answering needs no scikit-learn (60 MB).
"""

from __future__ import annotations

import math
import re
import zlib
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.normalise import squeeze
from bot.nlu.reader import read_as

FILE = "letterreeksen.npz"
_WORD = re.compile(r"\w+")


def ngrams(text: str, shortest: int, longest: int) -> Counter[str]:
    """Counts of all n-grams of each word, with a space at both ends, and of each pair of neighbouring words."""
    words = _WORD.findall(squeeze(text))
    counts: Counter[str] = Counter()
    for word in words:
        padded = f" {word} "
        for size in range(shortest, longest + 1):
            counts.update(padded[start : start + size] for start in range(max(1, len(padded) - size + 1)))
    counts.update(f"{first}_{second}" for first, second in pairwise(words))
    return counts


class NgramVocabulary:
    """Which n-grams count, and how much each says (inverse document frequency).

    An n-gram is known by its 32-bit checksum: two arrays of numbers instead of a dictionary of words saves 7 MB.
    """

    def __init__(self, checksums: np.ndarray, weights: np.ndarray, shortest: int, longest: int) -> None:
        """``checksums``: sorted, shape [n]; ``weights``: of the same n-grams."""
        self._checksums, self._weights = checksums, weights
        self._sizes = (shortest, longest)

    @classmethod
    def learn(cls, texts: list[str], shortest: int, longest: int, at_least: int) -> NgramVocabulary:
        """Keep the n-grams that stand in ``at_least`` texts."""
        documents: Counter[int] = Counter()
        for text in texts:
            documents.update(set(map(_checksum, ngrams(text, shortest, longest))))
        kept = sorted(ngram for ngram, count in documents.items() if count >= at_least)
        total = len(texts) + 1
        weights = [math.log(total / (documents[ngram] + 1)) + 1 for ngram in kept]
        return cls(np.array(kept, dtype=np.uint32), np.array(weights, dtype=np.float32), shortest, longest)

    def vector(self, text: str) -> scipy.sparse.csr_matrix:
        """One row of length 1 (or of zeros when no n-gram is known), shape ``[1, len(vocabulary)]``."""
        counted = ngrams(text, *self._sizes)
        columns, counts = self._known(np.fromiter(map(_checksum, counted), np.uint32, len(counted)), counted)
        values = (1 + np.log(counts)) * self._weights[columns]
        norm = float(np.linalg.norm(values)) or 1.0
        return scipy.sparse.csr_matrix(
            ((values / norm).astype(np.float32), columns, np.array([0, len(columns)])), shape=(1, len(self._weights))
        )

    def _known(self, checksums: np.ndarray, counted: Counter[str]) -> tuple[np.ndarray, np.ndarray]:
        """Columns of the n-grams we know, and how often each stands in the text."""
        counts = np.fromiter(counted.values(), np.float32, len(counted))
        columns = np.searchsorted(self._checksums, checksums)
        known = columns < len(self._checksums)
        known[known] = self._checksums[columns[known]] == checksums[known]
        return columns[known].astype(np.int32), counts[known]

    def save(self, path: Path) -> None:
        """All that is needed to make the same vectors again."""
        np.savez(path, checksums=self._checksums, weights=self._weights, sizes=np.array(self._sizes))

    @classmethod
    def read(cls, path: Path) -> NgramVocabulary:
        """The reverse of :meth:`save`."""
        with np.load(path, allow_pickle=False) as stored:
            return cls(stored["checksums"], stored["weights"], *stored["sizes"].tolist())


def _checksum(ngram: str) -> int:
    return zlib.crc32(ngram.encode())


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class CharNgramFeaturizer(SparseFeaturizer, GraphComponent):
    """Adds the n-gram vector of each message's text."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``kortste``/``langste``: sizes of the n-grams; ``minstens``: texts an n-gram must stand in to count."""
        return {"alias": "tekens", "kortste": 2, "langste": 5, "minstens": 2}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> CharNgramFeaturizer:
        """A component that has learned nothing yet."""
        return cls(config, model_storage, resource, execution_context.node_name)

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        name: str,
        vocabulary: NgramVocabulary | None = None,
    ) -> None:
        super().__init__(name, config)
        self._model_storage, self._resource, self._vocabulary = model_storage, resource, vocabulary
        self._settings = config

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """The sizes must make sense."""
        if not 0 < config["kortste"] <= config["langste"]:
            raise ValueError("CharNgramFeaturizer: 'kortste' moet groter zijn dan 0 en niet groter dan 'langste'.")

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the vocabulary and store it in the model."""
        texts = [example.get(TEXT) for example in training_data.training_examples if example.get(TEXT)]
        settings = self._settings
        self._vocabulary = NgramVocabulary.learn(texts, settings["kortste"], settings["langste"], settings["minstens"])
        with self._model_storage.write_to(self._resource) as folder:
            self._vocabulary.save(folder / FILE)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> CharNgramFeaturizer:
        """The component as it was trained. A model without it does not load: a silent empty one would guess."""
        with model_storage.read_from(resource) as folder:
            vocabulary = NgramVocabulary.read(folder / FILE)
        return cls(config, model_storage, resource, execution_context.node_name, vocabulary)

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the vector of each message's text."""
        assert self._vocabulary is not None
        for message in messages:
            row = self._vocabulary.vector(read_as(message))
            self.add_features_to_message(row, row, TEXT, message)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """The same for training examples."""
        self.process([example for example in training_data.training_examples if example.get(TEXT)])
        return training_data
