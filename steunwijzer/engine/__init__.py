"""The front office's side of the engine room: asks, waits, tries again once, and knows when nobody is home."""

from steunwijzer.engine.client import EngineClient, EngineDown
from steunwijzer.engine.reply import Event, Reply, Seen

__all__ = ["EngineClient", "EngineDown", "Event", "Reply", "Seen"]
