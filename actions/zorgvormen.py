"""Explains care in kind beside pgb for the law that applies."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.common import Events, law_of, young
from actions.services import services
from steunwijzer.guidance.care_forms import compare


class ActionVergelijkZorgvormen(Action):
    """Slot ``wet``, or who it is about; says the comparison as text and as a table, then the conditions of that law."""

    def name(self) -> str:
        """Name in the flows."""
        return "action_vergelijk_zorgvormen"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Always answers; an unknown law gets the general comparison."""
        comparison = compare(services().care_forms, law_of(tracker), tracker.sender_id, young(tracker))
        dispatcher.utter_message(
            response="utter_vergelijking", vergelijking_tekst=comparison.as_text(), blokken=[comparison.as_block()]
        )
        dispatcher.utter_message(response="utter_vergelijking_voorwaarden", voorwaarden_tekst=comparison.conditions)
        return []
