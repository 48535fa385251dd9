"""Begins a call-back request; name and number go through a form, never through the chat."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.common import Events
from actions.services import CallbacksUnavailable, services


class ActionTerugbelverzoek(Action):
    """Stores a request for this conversation and shows the form."""

    def name(self) -> str:
        """Name in the flows."""
        return "action_terugbelverzoek"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """The form, or a telephone number when the request cannot be stored."""
        try:
            await services().callbacks.begin(
                tracker.sender_id, tracker.get_slot("onderwerp"), tracker.get_slot("gemeente")
            )
        except CallbacksUnavailable:
            dispatcher.utter_message(response="utter_terugbel_storing")
            return []
        dispatcher.utter_message(response="utter_terugbel_formulier", blokken=[{"type": "terugbelformulier"}])
        return []
