"""Text that holds nothing to understand gets no intent at all (graph component)."""

from __future__ import annotations

import re
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.normalise import squeeze
from bot.nlu.ranking import put_first

NOT_UNDERSTOOD = "nlu_fallback"
_LETTERS = re.compile(r"[a-z]")
_KEYBOARD = re.compile(r"\b(?:[bcdfghjklmnpqrstvwxz]{5,}|(?:asdf|qwer|zxcv|hjkl)\w*)\b")


def is_nonsense(text: str) -> bool:
    """No letters at all ("???", "👍"), or nothing but keyboard bashing ("asdfgh")."""
    plain = squeeze(text)
    return not _LETTERS.search(plain) or not _LETTERS.search(_KEYBOARD.sub("", plain))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class NonsenseFallback(GraphComponent):
    """Puts ``nlu_fallback`` before the classifier's guess when the text holds nothing to understand.

    How sure the classifier must be to answer at once, or to ask first, is decided by the dialogue (``FlowPolicy``).
    """

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> NonsenseFallback:
        """It has nothing to load."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Replace the intent of each message that is nonsense."""
        for message in messages:
            if is_nonsense(message.get(TEXT) or ""):
                put_first(message, NOT_UNDERSTOOD)
        return messages
