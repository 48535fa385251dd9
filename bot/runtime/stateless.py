"""Makes Rasa forget: each call brings the conversation's slots and takes the new ones back (docs/adr/0001)."""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import ContextVar
from typing import Any

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted
from rasa.shared.core.trackers import DialogueStateTracker

_slots_in: ContextVar[dict[str, Any]] = ContextVar("slots_in")
_slots_out: ContextVar[dict[str, Any]] = ContextVar("slots_out")


def bring(slots: dict[str, Any]) -> None:
    """The slots with which this turn starts."""
    _slots_in.set(slots)
    _slots_out.set({})


def take() -> dict[str, Any]:
    """The slots that are filled at the end of the turn."""
    return _slots_out.get()


class RequestTrackerStore(TrackerStore):
    """A tracker lives as long as one request: made from the slots that came along, given back as slots."""

    def __init__(self, domain: Domain) -> None:
        super().__init__(domain)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker:
        """A tracker that waits for the resident, with the slots of this request."""
        tracker = DialogueStateTracker(sender_id, self.domain.slots)
        for name, value in _slots_in.get({}).items():
            if name in tracker.slots:
                # Without an event each: Rasa would go through them all again at every action.
                tracker.slots[name].value = value
        tracker.update(ActionExecuted(ACTION_LISTEN_NAME), self.domain)
        return tracker

    async def get_or_create_tracker(
        self, sender_id: str, max_event_history: int | None = None, append_action_listen: bool = True
    ) -> DialogueStateTracker:
        """The same: every tracker is new."""
        return await self.retrieve(sender_id)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Hand the filled slots back to :func:`take`."""
        _slots_out.set({name: slot.value for name, slot in tracker.slots.items() if slot.value is not None})

    async def keys(self) -> Iterable[str]:
        """There are no conversations here."""
        return []
