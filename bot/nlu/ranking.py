"""Puts a topic before the classifier's guess."""

from __future__ import annotations

from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.message import Message


def put_first(message: Message, intent: str, confidence: float = 1.0) -> None:
    """``intent`` comes first, with ``confidence``; what the classifier thought follows."""
    guessed = [item for item in message.get(INTENT_RANKING_KEY) or [] if item["name"] != intent]
    ranking = [{"name": intent, "confidence": confidence}, *guessed]
    message.set(INTENT, ranking[0], add_to_output=True)
    message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
