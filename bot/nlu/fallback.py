"""Messages that no topic fits: nothing to understand, only an emoji, or another language (graph component)."""

from __future__ import annotations

import re
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.languages import DUTCH
from bot.nlu.normalise import squeeze
from bot.nlu.ranking import put_first
from bot.nlu.reader import LANGUAGE as LANGUAGE_OF_SENTENCE
from bot.nlu.safety_gate import SAFETY
from bot.nlu.wordlists import word_list

NOT_UNDERSTOOD = "nlu_fallback"
OTHER_LANGUAGE = "andere_taal"
LANGUAGE = "taal"
_LETTERS = re.compile(r"[^\W\d_]")
_LATIN = re.compile(r"[a-z]")
_KEYBOARD = re.compile(r"\b(?:[bcdfghjklmnpqrstvwxz]{5,}|(?:asdf|qwer|zxcv|hjkl)\w*)\b")
# A skin colour or the way an emoji is drawn changes nothing about what it says.
_VARIANTS = re.compile("[\U0001f3fb-\U0001f3ff\ufe0f\u200d\u2640\u2642]")


def is_nonsense(text: str) -> bool:
    """No letters at all ("???", "12345"), or nothing but keyboard bashing ("asdfgh")."""
    plain = squeeze(text)
    if not _LETTERS.search(plain):
        return True
    return bool(_LATIN.search(plain)) and not _LETTERS.search(_KEYBOARD.sub("", plain))


def meaning_of_emoji(text: str) -> str | None:
    """The intent of a message that is only an emoji, once or more times; None for any other message."""
    plain = "".join(dict.fromkeys(_VARIANTS.sub("", text).split()))
    meanings = {_VARIANTS.sub("", emoji): intent for emoji, intent in word_list("emoji").items()}
    return meanings.get("".join(dict.fromkeys(plain)))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class NoTopicFallback(GraphComponent):
    """Puts ``nlu_fallback``, ``andere_taal`` or the meaning of an emoji before the classifier's guess.

    How sure the classifier must be to answer at once, or to ask first, is decided by the dialogue (``FlowPolicy``).
    """

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> NoTopicFallback:
        """It has nothing to load."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Replace the intent of each message that no topic fits. Danger was looked for before, in any language."""
        for message in messages:
            if not (message.get(SAFETY) or {}).get("class"):
                self._look_at(message)
        return messages

    def _look_at(self, message: Message) -> None:
        text = message.get(TEXT) or ""
        emoji = meaning_of_emoji(text)
        if emoji or is_nonsense(text):
            put_first(message, emoji or NOT_UNDERSTOOD)
            return
        language = message.get(LANGUAGE_OF_SENTENCE) or DUTCH
        if language != DUTCH:
            put_first(message, OTHER_LANGUAGE)
            found = {"entity": LANGUAGE, "value": language, "start": 0, "end": len(text), "extractor": "taal"}
            message.set(ENTITIES, [*message.get(ENTITIES, []), found], add_to_output=True)
