"""Decides which form of care the texts of this conversation name first, so that neither always is."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.common import Events
from steunwijzer.guidance.care_forms import order_for


class ActionWieEerst(Action):
    """Sets ``zorgvorm_eerst`` (``zin`` or ``pgb``); the same all through a conversation, and as in the comparison."""

    def name(self) -> str:
        """Name in the flows."""
        return "action_wie_eerst"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Says nothing."""
        return [SlotSet("zorgvorm_eerst", order_for(tracker.sender_id)[0])]
