"""Looks at every message for danger, before the dialogue does anything with it (graph component around :mod:`bot.nlu.safety`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.encoder_package import kept_from_tuning
from bot.nlu.ensemble import Ensemble, HeldOut, softmax, train
from bot.nlu.heads import HeadSettings
from bot.nlu.intent_classifier import features_of, sentence_features
from bot.nlu.languages import DUTCH
from bot.nlu.learning_report import save_report
from bot.nlu.normalise import sentences
from bot.nlu.ranking import put_first
from bot.nlu.reader import LANGUAGE, read_as
from bot.nlu.safety import Safety, Thresholds, assess, combine
from bot.nlu.safety.examples import ABOUT, CALM, DANGER
from bot.nlu.safety.gate import CLASSES
from bot.nlu.safety.measure import measure
from bot.nlu.sentence_encoder import PART_VECTORS, embed_now, parts

SAFETY = "safety"
FILE, ABOUT_FILE = "gevaar.npz", "wie.npz"
REPORT = "veiligheid.json"
# A sentence written for the gate says more about danger than one written for a topic.
OWN_SAY = 3.0
# Below this chance the rule's word counts for who is in danger; without one the text is for the resident.
SURE_ABOUT_WHOM = 0.6
# From this chance on a message is looked at sentence by sentence; most messages are surely calm and need no second look.
CLOSER_FROM = 0.02
# What the most dangerous sentence of a message counts beside the whole; one that is as good as sure counts fully.
ONE_SENTENCE_SAYS = 0.4
ONE_SENTENCE_IS_SURE = 0.9
# Of urgent need it makes no difference who tells it.
TOLD_BY_WHOM = frozenset(CLASSES) - {"spoed"}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SafetyGate(GraphComponent):
    """Sets ``safety``: ``class`` (None or a crisis intent), ``doubt``, ``mild`` (heavy but safe), ``why`` and ``details``.

    Rules and a classifier of its own look at each message; the policy reads ``safety`` before any intent.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``koppen`` for danger, ``koppen_wie`` for who is in danger; ``zeker``, ``twijfel``, ``rustig``: see :class:`Thresholds`."""
        return {
            "koppen": {
                "zinscodering": {"neuronen": 128, "aandeel": 0.5},
                "tekens": {"aandeel": 0.5},
                "buren": {"kenmerk": "zinscodering", "buren": 20, "aandeel": 0.5},
            },
            "koppen_wie": {
                "zinscodering": {"neuronen": 64, "aandeel": 0.5},
                "tekens": {"aandeel": 0.5},
            },
            "zeker": 0.45,
            "twijfel": 0.3,
            "rustig": 0.15,
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SafetyGate:
        """A gate that has learned nothing yet."""
        return cls(config, model_storage, resource)

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        ensemble: Ensemble | None = None,
        about: Ensemble | None = None,
    ) -> None:
        self._config, self._model_storage, self._resource = config, model_storage, resource
        self._ensemble, self._about = ensemble, about
        self._thresholds = Thresholds(config["zeker"], config["twijfel"], config["rustig"])

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the sentences of data/veiligheid and from all examples with an intent."""
        examples = [example for example in training_data.training_examples if example.get(TEXT)]
        says = [OWN_SAY if example.get(DANGER) else 1.0 for example in examples]
        labels = [_danger_of(example) for example in examples]
        fair = [kept_from_tuning(str(example.get(TEXT))) for example in examples]
        self._ensemble, held_out = train(features_of(examples), labels, self._heads("koppen"), says=says, fair=fair)
        told = [example for example in examples if example.get(ABOUT)]
        whose = [str(example.get(ABOUT)) for example in told]
        self._about, whose_held_out = train(
            features_of(told),
            whose,
            self._heads("koppen_wie"),
            fair=[kept_from_tuning(str(example.get(TEXT))) for example in told],
        )
        with self._model_storage.write_to(self._resource) as folder:
            self._ensemble.save(folder / FILE)
            self._about.save(folder / ABOUT_FILE)
            judged = whose_held_out.only_fair
            right = float((judged.logits.argmax(1) == judged.targets).mean())
            save_report(folder / REPORT, self._report(examples, labels, held_out) | {"about_whom": round(right, 4)})
        return self._resource

    def _heads(self, koppen: str) -> dict[str, HeadSettings]:
        return {
            name: HeadSettings.from_config(name, given, balanced=False) for name, given in self._config[koppen].items()
        }

    def _report(self, examples: list[Message], labels: list[str], held_out: HeldOut) -> dict[str, Any]:
        """Rules, classifier and both on those of the gate's own sentences that neither classifier nor encoder had seen."""
        assert self._ensemble is not None
        names = self._ensemble.labels
        chances = softmax(held_out.logits / self._ensemble.temperature)
        return measure(
            [
                (str(example.get(TEXT)), label, {name: float(row[names.index(name)]) for name in CLASSES})
                for example, label, row, fair in zip(examples, labels, chances, held_out.fair, strict=True)
                if example.get(DANGER) and fair
            ],
            self._thresholds,
        )

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SafetyGate:
        """The gate as it was trained; warms up the patterns, so that the first message does not wait for them."""
        assess("goedemorgen")
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, *(Ensemble.read(folder / name) for name in (FILE, ABOUT_FILE)))

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the safety of each message."""
        for message in messages:
            text = message.get(TEXT) or ""
            seen = assess(text)
            seen = seen if seen.klasse else assess(read_as(message))
            verdict = combine(seen, self._chances(message, suspect=seen.klasse is not None), self._thresholds)
            if verdict.klasse in TOLD_BY_WHOM:
                verdict = replace(verdict, wie=self._about_whom(message) or verdict.wie)
            message.set(SAFETY, describe(verdict), add_to_output=True)
            if verdict.klasse:
                put_first(message, verdict.klasse)
        return messages

    def _about_whom(self, message: Message) -> str | None:
        """Who speaks or about whom; None when the classifier cannot tell, or knows nothing of the language."""
        if self._about is None or not _readable(message):
            return None
        row = self._about.probabilities(sentence_features(message))[0]
        return self._about.labels[int(row.argmax())] if row.max() >= SURE_ABOUT_WHOM else None

    def _chances(self, message: Message, *, suspect: bool) -> Mapping[str, float]:
        """Chance of each crisis. Of another language it knows nothing. ``suspect``: a rule sees danger, so that calm needs a closer look."""
        if self._ensemble is None or not _readable(message):
            return {}
        row = self._ensemble.probabilities(sentence_features(message))[0]
        calm = self._ensemble.labels.index(CALM)
        if 1 - row[calm] < self._thresholds.sure and (closer := self._not_surely_calm(message, row, suspect=suspect)):
            row = self._closer(row, calm, embed_now(closer))
        return {name: float(row[self._ensemble.labels.index(name)]) for name in CLASSES}

    def _not_surely_calm(self, message: Message, row: np.ndarray, *, suspect: bool) -> list[str]:
        """The sentences that deserve a look of their own: of a long letter those of each piece that is not surely calm itself."""
        vectors, pieces = message.get(PART_VECTORS), parts(read_as(message))
        if vectors is None:
            return []
        assert self._ensemble is not None
        rows = row[None, :] if len(pieces) == 1 else self._ensemble.probabilities({"zinscodering": vectors})
        dangers = 1 - rows[:, self._ensemble.labels.index(CALM)]
        chosen = [
            s
            for piece, danger in zip(pieces, dangers, strict=True)
            if suspect or danger >= CLOSER_FROM
            for s in sentences(piece)
        ]
        return chosen if len(pieces) > 1 or len(chosen) > 1 else []

    def _closer(self, row: np.ndarray, calm: int, vectors: np.ndarray) -> np.ndarray:
        """Danger often hides in one sentence of many: the most dangerous one counts, beside the whole that says what it means there."""
        assert self._ensemble is not None
        each = self._ensemble.probabilities({"zinscodering": vectors})
        worst: np.ndarray = each[each[:, calm].argmin()]
        if worst[calm] >= row[calm]:
            return row
        return worst if 1 - worst[calm] >= ONE_SENTENCE_IS_SURE else row + (worst - row) * ONE_SENTENCE_SAYS


def _readable(message: Message) -> bool:
    return bool(message.get(TEXT)) and message.get(LANGUAGE) in (None, DUTCH)


def _danger_of(example: Message) -> str:
    intent = str(example.get(INTENT))
    return str(example.get(DANGER) or (intent if intent in CLASSES else CALM))


def describe(safety: Safety) -> dict[str, Any]:
    """As it travels in Rasa's parse data."""
    details = {"crisis_wie": safety.wie} if safety.wie and safety.wie != "zelf" else {}
    return {
        "class": safety.klasse,
        "doubt": safety.twijfel,
        "mild": safety.mild,
        "why": safety.waarom,
        "details": details,
    }
