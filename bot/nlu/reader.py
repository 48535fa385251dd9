"""How a sentence is read by everything that learned from sentences: with typing errors mended (graph component)."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.languages import language_of
from bot.nlu.safety.examples import DANGER
from bot.nlu.spelling import Speller, dutch_words

FILE = "spelling.npz"
# Where a message keeps the sentence as it is read; the resident's own words stay under TEXT.
READ_AS = "gelezen_als"
# The language it is in (bot/nlu/languages.py).
LANGUAGE = "taal_van_zin"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class SpellingReader(GraphComponent):
    """Sets :data:`READ_AS` and :data:`LANGUAGE`. Entities are found in the resident's own words, whatever the spelling."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SpellingReader:
        """A reader that has learned nothing yet."""
        return cls(model_storage, resource)

    def __init__(self, model_storage: ModelStorage, resource: Resource, speller: Speller | None = None) -> None:
        self._model_storage, self._resource, self._speller = model_storage, resource, speller

    def train(self, training_data: TrainingData) -> Resource:
        """Learn which words there are and store them in the model."""
        examples = [example for example in training_data.training_examples if example.get(TEXT)]
        texts = [str(example.get(TEXT)) for example in examples if not example.get(DANGER)]
        rough = [str(example.get(TEXT)) for example in examples if example.get(DANGER)]
        self._speller = Speller.learn(texts, dutch_words(), rough)
        with self._model_storage.write_to(self._resource) as folder:
            self._speller.save(folder / FILE)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SpellingReader:
        """The reader as it was trained."""
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, Speller.read(folder / FILE))

    @property
    def speller(self) -> Speller:
        """What it learned."""
        assert self._speller is not None
        return self._speller

    def process(self, messages: list[Message]) -> list[Message]:
        """Set how each message is read."""
        for message in messages:
            text = message.get(TEXT) or ""
            message.set(READ_AS, self.speller.correct(text))
            message.set(LANGUAGE, language_of(text, self.speller))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Examples are read as they stand: every word of theirs is known."""
        return training_data


def read_as(message: Message) -> str:
    """The sentence as it is read."""
    return str(message.get(READ_AS) or message.get(TEXT) or "")
