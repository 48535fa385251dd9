"""Which topic does the resident mean? A calibrated linear classifier over all sentence features (graph component)."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.linear import HeadSettings, LinearEnsemble, Matrix, stack, train

FILE = "intents.npz"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearIntentClassifier(GraphComponent, IntentClassifier):
    """Sets ``intent`` and ``intent_ranking`` (best first, confidences that mean what they say)."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``koppen``: per feature alias the strength and share of its head; ``ranglijst``: how many topics to name."""
        return {
            "ranglijst": 10,
            "koppen": {"zinscodering": {"sterkte": 10.0, "aandeel": 0.6}, "tekens": {"sterkte": 10.0, "aandeel": 0.4}},
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LinearIntentClassifier:
        """A classifier that has learned nothing yet."""
        return cls(config, model_storage, resource)

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        ensemble: LinearEnsemble | None = None,
    ) -> None:
        self._config, self._model_storage, self._resource, self._ensemble = config, model_storage, resource, ensemble

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from all examples that have an intent, and store the result in the model."""
        examples = [e for e in training_data.intent_examples if e.get(TEXT)]
        per_example = [sentence_features(example) for example in examples]
        features = {kind: stack([row[kind] for row in per_example]) for kind in per_example[0]}
        self._ensemble = train(features, [example.get(INTENT) for example in examples], self._settings())
        with self._model_storage.write_to(self._resource) as folder:
            self._ensemble.save(folder / FILE)
        return self._resource

    def _settings(self) -> dict[str, HeadSettings]:
        return {kind: HeadSettings(s["sterkte"], s["aandeel"]) for kind, s in self._config["koppen"].items()}

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LinearIntentClassifier:
        """The classifier as it was trained; raises when the model holds none."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, LinearEnsemble.read(folder / FILE))

    def process(self, messages: list[Message]) -> list[Message]:
        """Set intent and ranking of each message."""
        for message in messages:
            ranking = self._ranking(message)
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages

    def _ranking(self, message: Message) -> list[dict[str, Any]]:
        if self._ensemble is None or not message.get(TEXT):
            return [{"name": None, "confidence": 0.0}]
        row = self._ensemble.probabilities(sentence_features(message))[0]
        best = row.argsort()[::-1][: self._config["ranglijst"]]
        return [{"name": self._ensemble.labels[i], "confidence": float(row[i])} for i in best]


def sentence_features(message: Message) -> dict[str, Matrix]:
    """All sentence features of a message by the alias of the component that made them."""
    return {
        feature.origin: feature.features
        for feature in message.features
        if feature.attribute == TEXT and feature.type == "sentence"
    }
