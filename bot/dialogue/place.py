"""Where a conversation stands, for reports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

STACK_SLOT = "flow_stack"


def current_flow(slots: Mapping[str, Any]) -> dict[str, str] | None:
    """The flow that waits for the resident and its step; else the topic spoken of last; None before any topic."""
    frames = (slots.get(STACK_SLOT) or {}).get("frames") or []
    if frames:
        return {"id": frames[-1]["flow"], "step": frames[-1]["step"]}
    topic = slots.get("onderwerp")
    return {"id": topic, "step": "END"} if topic else None
