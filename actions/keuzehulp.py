"""Gives the picture after the choice aid: counts, the resident's own answers, and questions to ask. No verdict."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.common import Events, law_of, young
from actions.services import services
from steunwijzer.guidance.care_forms import order_for
from steunwijzer.guidance.choice_aid import as_text, counts_in_words, picture, read


class ActionKeuzehulp(Action):
    """Slots ``keuze_*`` (what was answered) and those that tell the law; which form is named first alternates."""

    def name(self) -> str:
        """Name in the flows."""
        return "action_keuzehulp"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Something fits a form, nothing does (all "weet ik niet"), or nothing was answered: each has its own text."""
        data = read(services().content, young=young(tracker))
        found = picture(data, tracker.slots, order_for(tracker.sender_id))
        if found.given:
            words = {f"keuze_{name}": value for name, value in counts_in_words(found, data).items()}
            key = "utter_keuzehulp_beeld" if found.says_something else "utter_keuzehulp_open"
            dispatcher.utter_message(response=key, keuzes_tekst=as_text(found, data), **words)
        else:
            dispatcher.utter_message(response="utter_keuzehulp_leeg")
        dispatcher.utter_message(
            response="utter_keuzehulp_vragen",
            vragen_tekst="\n".join(f"- {question}" for question in found.questions),
            keuze_loket=services().care_forms["voorwaarden"][law_of(tracker)]["loket"],
        )
        return []
