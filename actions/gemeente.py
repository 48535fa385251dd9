"""Finds the municipality of a place or postcode, and asks when there are several."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.common import Events
from actions.services import services
from steunwijzer.directory.places import Municipality, by_code, find


class ActionBepaalGemeente(Action):
    """Slots ``plaats``, ``postcode4``, ``gemeente_keuze``; sets ``gemeente``, ``gemeente_naam``, ``gemeente_status``."""

    def name(self) -> str:
        """Name in the flows."""
        return "action_bepaal_gemeente"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """One fits: found. More fit: candidates for buttons. None: unknown, and the talk goes on without."""
        folder = services().content / "geografie"
        chosen = tracker.get_slot("gemeente_keuze")
        if chosen:
            known = by_code(folder, chosen)
            found = [known] if known else list(find(folder, chosen))
        else:
            found = list(find(folder, tracker.get_slot("plaats") or tracker.get_slot("postcode4") or ""))
        return _events(found)


def _events(found: list[Municipality]) -> Events:
    if len(found) == 1:
        return [
            SlotSet("gemeente", found[0].code),
            SlotSet("gemeente_naam", found[0].name),
            SlotSet("gemeente_status", "gevonden"),
            SlotSet("gemeente_kandidaten", None),
        ]
    status = "kies" if found else "onbekend"
    candidates = [{"label": item.name, "gm": item.code} for item in found] or None
    return [
        SlotSet("gemeente_status", status),
        SlotSet("gemeente_kandidaten", candidates),
        SlotSet("gemeente_keuze", None),
    ]
