"""What several actions need."""

from __future__ import annotations

from datetime import date
from typing import Any

from rasa_sdk import Tracker

from actions.services import services
from steunwijzer.clock import NETHERLANDS

Events = list[dict[str, Any]]
_OF_AGE = 18


def today(tracker: Tracker) -> date:
    """The day of this conversation's turn (slot ``vandaag``), else today in the Netherlands."""
    given = tracker.get_slot("vandaag")
    return date.fromisoformat(given) if given else services().clock().astimezone(NETHERLANDS).date()


def young(tracker: Tracker) -> bool:
    """Whether who speaks is under 18 and is spoken to with "je"."""
    return bool(tracker.get_slot("jongere") == "ja")


def law_of(tracker: Tracker) -> str:
    """The law that applies: the one that was told, the Jeugdwet for who is under 18, else ``weet_niet``.

    Words for a child (slot ``pgb_kind``) say so where no age is known.
    """
    told, age = tracker.get_slot("wet"), tracker.get_slot("leeftijd")
    minor = age < _OF_AGE if age is not None else young(tracker) or tracker.get_slot("pgb_kind") == "ja"
    return told or ("jeugdwet" if minor else "weet_niet")
