"""Gives the list to prepare the talk with. What the resident fills in stays in the browser; nothing comes back here."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.common import Events
from actions.services import services
from steunwijzer.guidance.preparation import prepare, read


class ActionVoorbereiding(Action):
    """Slot ``voor_wie``; says the questions, as text and as a form."""

    def name(self) -> str:
        """Name in the flows."""
        return "action_voorbereiding"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """The questions of content/voorbereiding.yml, in the words for whom they are about."""
        preparation = prepare(read(services().content / "voorbereiding.yml"), tracker.get_slot("voor_wie"))
        dispatcher.utter_message(
            response="utter_voorbereiding_lijst", blokken=[preparation.as_block()], vragen_tekst=preparation.as_text()
        )
        return []
