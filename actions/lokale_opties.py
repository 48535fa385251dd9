"""Looks up local options and shows them as cards and as plain text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.common import Events, today
from actions.services import services
from steunwijzer.directory.presentation import as_card, as_line
from steunwijzer.directory.service import DirectoryUnavailable, Option, SearchQuery, search

_OF_AGE = 18


class ActionZoekLokaleOpties(Action):
    """Slots ``thema``, ``zoekwoorden`` and the place; sets ``opties_status``."""

    def name(self) -> str:
        """Name in the flows."""
        return "action_zoek_lokale_opties"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Found near, found national only, or the store is down: each has its own text."""
        slots = tracker.slots
        query = SearchQuery(
            today=today(tracker),
            theme=slots.get("thema"),
            words=slots.get("zoekwoorden"),
            postcode4=slots.get("postcode4"),
            district=slots.get("wijk"),
            municipality=slots.get("gemeente"),
            audience=_audience(slots),
        )
        try:
            result = search(services().directory, query)
        except DirectoryUnavailable:
            dispatcher.utter_message(response="utter_opties_storing")
            return [SlotSet("opties_status", "storing")]
        dispatcher.utter_message(response=f"utter_opties_{result.status}", **_shown(result.options))
        return [SlotSet("opties_status", result.status)]


def _audience(slots: Mapping[str, Any]) -> str | None:
    """Offers for young people only when it is about one: a son may well be forty."""
    age = slots.get("leeftijd")
    young = age is not None and age < _OF_AGE and slots.get("voor_wie") in {None, "mijzelf", "kind"}
    return "jeugdige" if young else None


def _shown(options: Sequence[Option]) -> dict[str, Any]:
    text = "\n".join(f"- {as_line(option)}" for option in options)
    return {"opties_tekst": text, "blokken": [{"type": "opties", "items": [as_card(option) for option in options]}]}
