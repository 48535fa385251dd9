"""What the engine made of a resident's message, for the desk and for who improves the examples; no text of its own."""

from __future__ import annotations

from typing import Any

from steunwijzer.engine import Reply
from steunwijzer.handover import Rules

_DIGITS = 4


def understood(reply: Reply | None, rules: Rules, *, button: bool = False, danger: str | None = None) -> dict[str, Any]:
    """``intent``, ``confidence``, ``runner_up``, ``runner_up_confidence``, ``flow``, ``step``, ``danger``, ``doubt``, ``missed``, ``button``.

    What says nothing is left out. ``danger``: seen by the rules while a human had the conversation. Empty without an engine.
    """
    found: dict[str, Any] = {"button": button, "danger": danger}
    if reply is not None:
        ranking = [one for one in reply.parse.get("intent_ranking") or () if isinstance(one, dict)]
        for place, one in zip(("", "runner_up"), ranking[:2], strict=False):
            found[place or "intent"] = one.get("name")
            found[f"{place}_confidence".lstrip("_")] = _rounded(one.get("confidence"))
        found |= {"flow": (reply.flow or {}).get("id"), "step": (reply.flow or {}).get("step")}
        found["danger"] = (reply.parse.get("safety") or {}).get("class")
        found["doubt"] = doubted(reply, rules)
        found["missed"] = any(event.type == "not_understood" for event in reply.events)
    return {name: value for name, value in found.items() if value not in (None, False, "")}


def doubted(reply: Reply, rules: Rules) -> bool | None:
    """Whether there may be danger: what was answered to it, else whether the safety gate doubts; None when neither says anything."""
    gate_doubts = bool((reply.parse.get("safety") or {}).get("doubt"))
    return rules.doubt(reply.keys, gate_doubts)


def _rounded(value: Any) -> float | None:
    return round(float(value), _DIGITS) if isinstance(value, int | float) else None
