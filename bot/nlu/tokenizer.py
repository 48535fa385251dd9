"""Tokens and lemmas from the Dutch spaCy pipeline (graph component)."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.spacy_pipeline import dutch_pipeline


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class DutchTokenizer(Tokenizer):
    """Splits a sentence into tokens with a lemma each.

    Only the extractors, which learn nothing, read these tokens: a trained model is the same with either spaCy pipeline.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """No settings of our own; the names are Rasa's."""
        return {
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
            "prefix_separator_symbol": None,
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> DutchTokenizer:
        """Make the component and load the pipeline, so that the first resident does not wait for it."""
        dutch_pipeline()
        return cls(config)

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """Tokens of one attribute of the message, each with its lemma."""
        pipeline, _ = dutch_pipeline()
        return [
            Token(t.text, t.idx, lemma=t.lemma_ or t.lower_) for t in pipeline(message.get(attribute)) if t.text.strip()
        ]

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing that is trained reads tokens."""
        return training_data
