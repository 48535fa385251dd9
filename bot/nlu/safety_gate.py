"""Looks at every message for danger, before the dialogue does anything with it (graph component around :mod:`bot.nlu.safety`)."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.safety import assess, combine
from bot.nlu.safety.gate import MILD, Safety

SAFETY = "safety"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class SafetyGate(GraphComponent):
    """Sets ``safety``: ``class`` (None or the intent of a crisis), ``mild`` (heavy but safe), ``why`` and ``details``.

    It stands after the classifier, whose opinion it weighs; the policy reads ``safety`` before any intent.
    """

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SafetyGate:
        """Warm up the patterns, so that the first message does not wait for them."""
        assess("goedemorgen")
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the safety of each message."""
        for message in messages:
            text = message.get(TEXT) or ""
            verdict = combine(assess(text), message.get(INTENT_RANKING_KEY) or [], text)
            message.set(SAFETY, describe(verdict), add_to_output=True)
        return messages


def describe(safety: Safety) -> dict[str, Any]:
    """As it travels in Rasa's parse data."""
    mild = safety.klasse == MILD
    details = {"crisis_wie": safety.wie} if safety.wie else {}
    return {"class": None if mild else safety.klasse, "mild": mild, "why": safety.waarom, "details": details}
