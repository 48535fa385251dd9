"""What Rasa understood of one message."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

_SET_SLOTS = re.compile(r"^/SetSlots\((.*)\)$")
_PAIR = re.compile(r"\s*(\w+)\s*=\s*([^,]*?)\s*(?:,|$)")
# These conversations start only from the safety gate, or from a button.
GATE_ONLY = frozenset({"crisis_suicide", "huiselijk_geweld", "kindermishandeling"})
# When nearly all belief went to a crisis, what is left says little about the topic.
_LEAST = 0.5
_CONSTANTS: dict[str, Any] = {"true": True, "false": False, "null": None}


@dataclass(frozen=True)
class Understanding:
    """Text, topics with confidence (best first), entities and where they stand, safety, and the payload of a pressed button.

    ``danger``: the crisis the safety gate is sure of; ``doubt``: it may be one; ``mild``: heavy but safe.
    """

    text: str
    ranking: tuple[tuple[str, float], ...] = ()
    entities: Mapping[str, Any] = field(default_factory=dict)
    spans: tuple[tuple[int, int], ...] = ()
    danger: str | None = None
    doubt: bool = False
    mild: bool = False
    danger_details: Mapping[str, Any] = field(default_factory=dict)
    payload: str | None = None
    start: bool = False

    @property
    def intent(self) -> str:
        """The likeliest intent, or an empty string."""
        return self.ranking[0][0] if self.ranking else ""

    @property
    def confidence(self) -> float:
        """How sure the model is of it."""
        return self.ranking[0][1] if self.ranking else 0.0

    @classmethod
    def from_parse(cls, text: str, parse: Mapping[str, Any]) -> Understanding:
        """From Rasa's parse data (see :mod:`bot.channel.turn` for ``payload``)."""
        safety = parse.get("safety") or {}
        ranking = _without_crises(parse.get("intent_ranking") or [])
        entities: dict[str, Any] = {}
        for entity in parse.get("entities") or []:
            entities.setdefault(entity["entity"], entity["value"])
        return cls(
            text=text,
            ranking=ranking,
            entities=entities,
            spans=tuple((entity["start"], entity["end"]) for entity in parse.get("entities") or []),
            danger=safety.get("class"),
            doubt=bool(safety.get("doubt")),
            mild=bool(safety.get("mild")),
            danger_details=safety.get("details") or {},
            payload=parse.get("payload"),
            start=bool(ranking) and ranking[0][0] == "gesprek_start",
        )


def _without_crises(ranking: Sequence[Mapping[str, Any]]) -> tuple[tuple[str, float], ...]:
    """Topics and confidences. Whether it is a crisis is for the safety gate alone; its share goes to the other topics."""
    others = [(item["name"] or "", item["confidence"]) for item in ranking if item["name"] not in GATE_ONLY]
    taken = sum(item["confidence"] for item in ranking if item["name"] in GATE_ONLY)
    return tuple((name, confidence / max(1 - taken, _LEAST)) for name, confidence in others)


def slots_of_payload(payload: str) -> dict[str, Any] | None:
    """``/SetSlots(wet=wmo, bevestigd=true)`` as values; None when the payload is something else."""
    match = _SET_SLOTS.match(payload)
    if not match:
        return None
    return {name: _CONSTANTS.get(value, value) for name, value in _PAIR.findall(match.group(1))}
