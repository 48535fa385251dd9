"""The front office's side of the engine room: asks, waits, tries again once, and knows when nobody is home."""

from steunwijzer.engine.client import EngineClient, EngineDown, Reply

__all__ = ["EngineClient", "EngineDown", "Reply"]
