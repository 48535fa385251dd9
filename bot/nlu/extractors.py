"""The entity extractors as graph components: each puts the findings of one pure module on the message."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.entities import Found, dates, persons, places, words


class _RuleExtractor(GraphComponent, EntityExtractorMixin):
    """Shared plumbing: subclasses only say what they find."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> _RuleExtractor:
        """There is nothing to load."""
        return cls()

    @abstractmethod
    def find(self, text: str, tokens: list[words.Token]) -> list[Found]:
        """Findings in one sentence."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the findings to each message's entities."""
        for message in messages:
            text = message.get(TEXT) or ""
            tokens = [(t.text, t.lemma or t.text, t.start, t.end) for t in message.get(TOKENS_NAMES[TEXT]) or []]
            entities = [
                {"entity": f.entity, "value": f.value, "start": f.start, "end": f.end} for f in self.find(text, tokens)
            ]
            if entities:
                known = message.get(ENTITIES, [])
                message.set(ENTITIES, known + self.add_extractor_name(entities), add_to_output=True)
        return messages


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class PlaceExtractor(_RuleExtractor):
    """``gemeente``, ``plaats``, ``wijk`` and ``postcode4``."""

    def find(self, text: str, tokens: list[words.Token]) -> list[Found]:
        """See :func:`bot.nlu.entities.places.find`."""
        return places.find(text)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class PersonExtractor(_RuleExtractor):
    """``voor_wie``, ``leeftijd`` and ``leeftijdsgroep``."""

    def find(self, text: str, tokens: list[words.Token]) -> list[Found]:
        """See :func:`bot.nlu.entities.persons.find`."""
        return persons.find(text)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class DateExtractor(_RuleExtractor):
    """``datum``."""

    def find(self, text: str, tokens: list[words.Token]) -> list[Found]:
        """See :func:`bot.nlu.entities.dates.find`."""
        return dates.find(text)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class LawExtractor(_RuleExtractor):
    """``wet``."""

    def find(self, text: str, tokens: list[words.Token]) -> list[Found]:
        """Names of laws and of the counters that carry them out."""
        return words.find("wet", "wetten", text, tokens)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class ThemeExtractor(_RuleExtractor):
    """``thema``: the kind of support."""

    def find(self, text: str, tokens: list[words.Token]) -> list[Found]:
        """Words of ``data/woordenlijsten/themas.yml``."""
        return words.find("thema", "themas", text, tokens)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class ChannelExtractor(_RuleExtractor):
    """``kanaal``: how somebody wants to be in touch."""

    def find(self, text: str, tokens: list[words.Token]) -> list[Found]:
        """Words of ``data/woordenlijsten/kanalen.yml``."""
        return words.find("kanaal", "kanalen", text, tokens)
