"""Looks at every message for danger, before anything else (graph component around :mod:`bot.nlu.safety`)."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.safety import assess

SAFETY = "safety"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class SafetyGate(GraphComponent):
    """Sets ``safety``: ``class`` (None or the intent of a crisis), ``mild`` (heavy but safe) and ``why`` (Dutch reason)."""

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
        """Set the safety class of each message."""
        for message in messages:
            verdict = assess(message.get(TEXT) or "")
            mild = verdict.klasse == "mild"
            danger = None if mild else verdict.klasse
            message.set(SAFETY, {"class": danger, "mild": mild, "why": verdict.waarom}, add_to_output=True)
        return messages
