"""Leaves out what Rasa's message processor does at every turn and nobody here uses."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import rasa.core.processor
from rasa.core.channels.channel import OutputChannel
from rasa.core.processor import MessageProcessor
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker


def install() -> None:
    """Have Rasa's processor work as below, for this whole process."""
    Slot.__copy__ = _copied  # type: ignore[attr-defined]
    DialogueStateTracker.copy = _itself  # type: ignore[method-assign]
    MessageProcessor.run_action_extract_slots = _nothing_to_extract  # type: ignore[method-assign]
    MessageProcessor._check_for_unseen_features = _nothing_to_check  # type: ignore[method-assign]
    # It copies only what it hands to a debug log that is off.
    rasa.core.processor.copy = SimpleNamespace(deepcopy=_same)  # type: ignore[assignment]


def _copied(slot: Slot) -> Slot:
    """All slots are copied before every action; Python's general way to copy takes four times as long."""
    copied: Slot = object.__new__(type(slot))
    copied.__dict__.update(slot.__dict__)
    return copied


def _itself(tracker: DialogueStateTracker) -> DialogueStateTracker:
    """Rasa copies the tracker, slot by slot and event by event, for an action that might be rejected; ours never are."""
    return tracker


async def _nothing_to_extract(
    self: MessageProcessor, output_channel: OutputChannel, tracker: DialogueStateTracker
) -> DialogueStateTracker:
    """Flows fill the slots; no mapping in ``domain.yml`` does (a test holds it to that)."""
    return tracker


def _nothing_to_check(self: MessageProcessor, parse_data: dict[str, Any]) -> None:
    """It warns of intents that stand in no domain, for which it makes an empty domain each time; a test holds ours to the domain."""


def _same(value: Any) -> Any:
    return value
