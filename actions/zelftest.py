"""Gives the outcome of the self-check on pgb-vaardigheid: what may help, and advice to talk. Never a refusal."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.common import Events, young
from actions.services import services
from steunwijzer.guidance.self_check import as_text, counts_in_words, outcome, read


class ActionZelftest(Action):
    """Slots ``kan_*`` (what was answered)."""

    def name(self) -> str:
        """Name in the flows."""
        return "action_zelftest"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Points to talk about, yes to all that was asked, or nothing answered: each has its own text."""
        data = read(services().content, young=young(tracker))
        found = outcome(data, tracker.slots)
        if not found.begun:
            dispatcher.utter_message(response="utter_zelftest_leeg")
            return []
        words = {f"zelftest_{name}": value for name, value in counts_in_words(found, data).items()}
        points = as_text(found)
        key = "utter_zelftest_punten" if points else "utter_zelftest_alles_ja"
        dispatcher.utter_message(response=key, punten_tekst=points, **words)
        return []
