"""Character n-grams within words, weighted by tf-idf (graph component).

They see through typing errors, compounds and dialect: "huishoudelijkehulp" shares most of its n-grams with "huishoudelijke
hulp". The vocabulary is a plain dictionary, so that answering needs no scikit-learn (60 MB).
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from itertools import pairwise
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
    """Which n-grams count, and how much each says (inverse document frequency)."""

    def __init__(self, weights: dict[str, float], shortest: int, longest: int) -> None:
        self._columns = {ngram: column for column, ngram in enumerate(weights)}
        self._weights = list(weights.values())
        self._sizes = (shortest, longest)

    @classmethod
    def learn(cls, texts: list[str], shortest: int, longest: int, at_least: int) -> NgramVocabulary:
        """Keep the n-grams that stand in ``at_least`` texts."""
        documents: Counter[str] = Counter()
        for text in texts:
            documents.update(set(ngrams(text, shortest, longest)))
        total = len(texts) + 1
        kept = sorted(ngram for ngram, count in documents.items() if count >= at_least)
        return cls({ngram: math.log(total / (documents[ngram] + 1)) + 1 for ngram in kept}, shortest, longest)

    def vector(self, text: str) -> scipy.sparse.csr_matrix:
        """One row of length 1 (or of zeros when no n-gram is known), shape ``[1, len(vocabulary)]``."""
        found = [(self._columns[n], count) for n, count in ngrams(text, *self._sizes).items() if n in self._columns]
        columns = np.array([column for column, _ in found], dtype=np.int32)
        values = np.array([(1 + math.log(count)) * self._weights[c] for c, count in found], dtype=np.float32)
        norm = float(np.linalg.norm(values)) or 1.0
        return scipy.sparse.csr_matrix(
            (values / norm, columns, np.array([0, len(columns)])), shape=(1, len(self._weights)), dtype=np.float32
        )

    def to_json(self) -> str:
        """All that is needed to make the same vectors again."""
        weights = dict(zip(self._columns, (round(weight, 5) for weight in self._weights), strict=True))
        return json.dumps({"sizes": self._sizes, "weights": weights}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> NgramVocabulary:
        """The reverse of :meth:`to_json`."""
        stored = json.loads(text)
        return cls(stored["weights"], *stored["sizes"])


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
            (folder / "ngrams.json").write_text(self._vocabulary.to_json(), encoding="utf-8")
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
            vocabulary = NgramVocabulary.from_json((folder / "ngrams.json").read_text(encoding="utf-8"))
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
