"""What several actions need."""

from __future__ import annotations

from datetime import date
from typing import Any

from rasa_sdk import Tracker

from actions.services import services
from steunwijzer.clock import NETHERLANDS

Events = list[dict[str, Any]]


def today(tracker: Tracker) -> date:
    """The day of this conversation's turn (slot ``vandaag``), else today in the Netherlands."""
    given = tracker.get_slot("vandaag")
    return date.fromisoformat(given) if given else services().clock().astimezone(NETHERLANDS).date()
