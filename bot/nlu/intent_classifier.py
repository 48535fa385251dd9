"""Which topic does the resident mean? Several calibrated heads over all sentence features (graph component)."""

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

from bot.nlu.encoder_package import kept_from_tuning
from bot.nlu.ensemble import Ensemble, stack, train
from bot.nlu.heads import HeadSettings, Matrix
from bot.nlu.learning_report import report, save_report
from bot.nlu.safety.examples import DANGER
from bot.nlu.sentence_encoder import PART_VECTORS

FILE = "intents.npz"
REPORT = "geleerd.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class EnsembleIntentClassifier(GraphComponent, IntentClassifier):
    """Sets ``intent`` and ``intent_ranking`` (best first, confidences that mean what they say)."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``koppen``: each head by name (:meth:`HeadSettings.from_config`); ``ranglijst``: how many topics to name."""
        return {
            "ranglijst": 10,
            "koppen": {
                "zinscodering": {"neuronen": 128, "aandeel": 0.5},
                "tekens": {"aandeel": 0.5},
            },
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> EnsembleIntentClassifier:
        """A classifier that has learned nothing yet."""
        return cls(config, model_storage, resource)

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        ensemble: Ensemble | None = None,
    ) -> None:
        self._config, self._model_storage, self._resource, self._ensemble = config, model_storage, resource, ensemble

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from all examples that have an intent, and store the result in the model."""
        examples = [e for e in training_data.intent_examples if e.get(TEXT) and not e.get(DANGER)]
        settings = {name: HeadSettings.from_config(name, given) for name, given in self._config["koppen"].items()}
        intents, texts = [example.get(INTENT) for example in examples], [example.get(TEXT) for example in examples]
        fair = [kept_from_tuning(text) for text in texts]
        self._ensemble, held_out = train(features_of(examples), intents, settings, fair=fair)
        with self._model_storage.write_to(self._resource) as folder:
            self._ensemble.save(folder / FILE)
            save_report(folder / REPORT, report(self._ensemble, held_out, texts))
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> EnsembleIntentClassifier:
        """The classifier as it was trained; raises when the model holds none."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, Ensemble.read(folder / FILE))

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
        parts = message.get(PART_VECTORS)
        if parts is not None and len(parts) > 1:
            # The words count for the whole of a long letter; the encoder reads it in parts.
            row = (row + self._ensemble.probabilities({"zinscodering": parts}).mean(axis=0)) / 2
        best = row.argsort()[::-1][: self._config["ranglijst"]]
        return [{"name": self._ensemble.labels[i], "confidence": float(row[i])} for i in best]


def sentence_features(message: Message) -> dict[str, Matrix]:
    """All sentence features of a message by the alias of the component that made them."""
    return {
        feature.origin: feature.features
        for feature in message.features
        if feature.attribute == TEXT and feature.type == "sentence"
    }


def features_of(examples: list[Message]) -> dict[str, Matrix]:
    """Sentence features of all examples, one matrix a kind."""
    rows = [sentence_features(example) for example in examples]
    return {kind: stack([row[kind] for row in rows]) for kind in rows[0]}
