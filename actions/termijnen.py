"""Calculates the days of the road from the day the resident knows."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.common import Events, today
from actions.services import services
from steunwijzer.guidance.dates import Reading, read
from steunwijzer.guidance.timeline import Deadline, ask_before, timeline
from steunwijzer.guidance.words import in_words

END = "einde"
# Which term must be past before the municipality is late; the road from a melding has two.
_LATE_WHEN_PAST = ("beschikking", "onderzoek", "bezwaar", "beslissing_bezwaar")


class ActionBerekenTermijnen(Action):
    """Slots ``stap`` (where the resident is) and ``datum`` (as said); says the days. Leaves ``datum_status``."""

    def name(self) -> str:
        """Name in the flows."""
        return "action_bereken_termijnen"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """A clear day gives the days that follow; otherwise the status says what to ask."""
        start, now = tracker.get_slot("stap") or "melding", today(tracker)
        reading = _reading(tracker, now, "future" if start == END else "past")
        if reading.day is None:
            return _ask_again(reading.trouble or "onduidelijk")
        if start == END:
            return _say_when_to_ask(dispatcher, reading.day, now)
        if reading.day > now:
            return [*_ask_again("toekomst"), SlotSet("datum_tekst", in_words(reading.day))]
        return _say_days(dispatcher, start, timeline(start, reading.day, now, services().terms))


def _reading(tracker: Tracker, now: date, prefer: Literal["past", "future"]) -> Reading:
    """The day in the slot; where that holds half of it ("vorige week"), the day in the whole message."""
    reading = read(tracker.get_slot("datum") or "", now, prefer=prefer)
    if reading.day:
        return reading
    whole = read((tracker.latest_message or {}).get("text") or "", now, prefer=prefer)
    return whole if whole.day else reading


def _ask_again(status: str) -> Events:
    return [SlotSet("datum_status", status), SlotSet("datum", None)]


def _say_days(dispatcher: CollectingDispatcher, start: str, moments: list[Deadline]) -> Events:
    past = {moment.key: moment.past for moment in moments}
    values = {f"dag_{moment.key}": in_words(moment.day) for moment in moments}
    dispatcher.utter_message(response=f"utter_termijnen_{start}", blokken=[_block(start, moments)], **values)
    late = next((key for key in _LATE_WHEN_PAST if past.get(key) and _counts(start, key)), None)
    if late:
        dispatcher.utter_message(response=f"utter_termijnen_{start}_te_laat_{late}", **values)
    return [SlotSet("datum_status", "te_laat" if late else "goed")]


def _counts(start: str, key: str) -> bool:
    """The last day for bezwaar says something only when the decision itself has a known day."""
    return key != "bezwaar" or start == "besluit"


def _say_when_to_ask(dispatcher: CollectingDispatcher, end: date, now: date) -> Events:
    ask = ask_before(end, services().terms)
    late = ask < now
    key = "utter_termijnen_einde_nu" if late else "utter_termijnen_einde"
    dispatcher.utter_message(response=key, dag_einde=in_words(end), dag_bellen=in_words(ask))
    return [SlotSet("datum_status", "te_laat" if late else "goed")]


def _block(start: str, moments: list[Deadline]) -> dict[str, Any]:
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
    ahead = any(not moment.past for moment in moments[1:])
    agenda = {"agenda": {"stap": start, "datum": moments[0].day.isoformat()}} if ahead else {}
    return {"type": "tijdlijn", "stappen": steps, **agenda}
