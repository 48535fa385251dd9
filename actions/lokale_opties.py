"""Looks up local options and shows them as cards and as plain text; goes on from the last search when there is a wish."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.common import Events, today
from actions.services import services
from steunwijzer.directory.narrowing import look, remembered
from steunwijzer.directory.presentation import as_card, as_line
from steunwijzer.directory.service import DirectoryUnavailable, Option, SearchQuery, first_words

_OF_AGE = 18
_OLD = 65
_YOUNG = "jeugdige"
_YOUNG_GROUPS = frozenset({"kind", "jongere"})


class ActionZoekLokaleOpties(Action):
    """Slots ``thema``, ``zoekwoorden``, the place and ``verfijning``; sets ``opties_status`` and ``zoekopdracht``."""

    def name(self) -> str:
        """Name in the flows."""
        return "action_zoek_lokale_opties"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Found near, found national only, or the store is down: each has its own text; a wish that is let go is named first."""
        slots = tracker.slots
        memory = _memory(slots)
        try:
            found = look(services().directory, _query(tracker, memory), memory)
        except DirectoryUnavailable:
            dispatcher.utter_message(response="utter_opties_storing")
            return [SlotSet("opties_status", "storing")]
        for wish in found.dropped[:1]:
            dispatcher.utter_message(
                response="utter_opties_geen_meer" if wish == "meer" else f"utter_opties_los_{wish}"
            )
        dispatcher.utter_message(response=f"utter_opties_{found.result.status}", **_shown(found.result.options))
        return [SlotSet("opties_status", found.result.status), SlotSet("zoekopdracht", found.memory)]


def _memory(slots: Mapping[str, Any]) -> dict[str, Any]:
    """The search to do: a new one, or the last one with the wish of now (also when it is only said again)."""
    last, wish = slots.get("zoekopdracht"), slots.get("verfijning")
    asked = {"thema": slots.get("thema"), "woorden": slots.get("zoekwoorden")}
    if last and (wish or not any(asked.values())):
        return remembered(last, wish)
    return {**asked, "onderwerp": slots.get("onderwerp"), "getoond": []}


def _query(tracker: Tracker, memory: Mapping[str, Any]) -> SearchQuery:
    slots = tracker.slots
    person, age = slots.get("voor_wie") or "", slots.get("leeftijd")
    old = person == "ouder" or (age >= _OLD if age is not None else slots.get("leeftijdsgroep") == "oudere")
    return SearchQuery(
        today=today(tracker),
        theme=memory.get("thema"),
        words=memory.get("woorden"),
        postcode4=slots.get("postcode4"),
        district=slots.get("wijk"),
        municipality=slots.get("gemeente"),
        audience=_audience(slots),
        prefers="oudere" if old else None,
        age=age,
        core=first_words(services().content, memory.get("thema")),
    )


def _audience(slots: Mapping[str, Any]) -> str | None:
    """Offers for young people only when it is about one: a son whose age is not known may well be forty."""
    age, person = slots.get("leeftijd"), slots.get("voor_wie")
    if person not in {None, "mijzelf", "kind"}:
        return None
    if age is not None:
        return _YOUNG if age < _OF_AGE else None
    speaks = slots.get("jongere") == "ja" and person != "kind"
    return _YOUNG if speaks or slots.get("leeftijdsgroep") in _YOUNG_GROUPS else None


def _shown(options: Sequence[Option]) -> dict[str, Any]:
    text = "\n".join(f"- {as_line(option)}" for option in options)
    return {"opties_tekst": text, "blokken": [{"type": "opties", "items": [as_card(option) for option in options]}]}
