"""Calculates the dates of the Wmo procedure from the day of the melding."""

from __future__ import annotations

from datetime import date
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.common import Events, today
from actions.services import services
from steunwijzer.guidance.dates import read_date
from steunwijzer.guidance.timeline import Deadline, wmo_timeline

_MONTHS = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]


class ActionBerekenTermijnen(Action):
    """Slot ``datum`` (as the resident said it); says the timeline."""

    def name(self) -> str:
        """Name in the flows."""
        return "action_bereken_termijnen"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """A clear day in the past gives dates; an unclear or future day gives a kind question."""
        now = today(tracker)
        melding = read_date(tracker.get_slot("datum") or "", now)
        if melding is None:
            dispatcher.utter_message(response="utter_termijnen_datum_onduidelijk")
            return [SlotSet("datum", None)]
        if melding > now:
            dispatcher.utter_message(response="utter_termijnen_datum_toekomst", datum_tekst=in_words(melding))
            return [SlotSet("datum", None)]
        moments = {moment.key: moment for moment in wmo_timeline(melding, now, services().terms)}
        values = {f"dag_{key}": in_words(moment.day) for key, moment in moments.items()}
        dispatcher.utter_message(response="utter_termijnen", blokken=[_block(list(moments.values()))], **values)
        late = next((key for key in ("beschikking", "onderzoek") if moments[key].past), None)
        if late:
            dispatcher.utter_message(response=f"utter_termijnen_te_laat_{late}", **values)
        return []


def in_words(day: date) -> str:
    """``3 november 2026``."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _block(moments: list[Deadline]) -> dict[str, Any]:
    names = services().terms
    steps = [
        {
            "datum": moment.day.isoformat(),
            "titel": names[moment.key]["naam"],
            "uitleg": names[moment.key]["uitleg"],
            "voorbij": moment.past,
        }
        for moment in moments
    ]
    return {"type": "tijdlijn", "stappen": steps}
