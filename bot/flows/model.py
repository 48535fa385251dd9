"""What a flow is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

END = "END"
Kind = Literal["action", "collect", "call", "link", "set_slots", "noop"]


@dataclass(frozen=True)
class Branch:
    """Where to go when ``condition`` holds; without a condition: always (``else``)."""

    target: str
    condition: str | None = None
    line: int = 0


@dataclass(frozen=True)
class Rejection:
    """An answer for which ``condition`` holds is not taken; ``utter`` says why."""

    condition: str
    utter: str


@dataclass(frozen=True)
class Step:
    """One step. ``value``: the action, slot, flow or slot values it is about, by ``kind``."""

    id: str
    kind: Kind
    value: Any
    next: tuple[Branch, ...]
    line: int = 0
    utter: str = ""
    ask_before_filling: bool = False
    rejections: tuple[Rejection, ...] = ()


@dataclass(frozen=True)
class Flow:
    """One conversation. ``name``: in the resident's words, for buttons; ``triggers``: the intents that start it."""

    id: str
    name: str
    description: str
    first: str
    steps: Mapping[str, Step]
    triggers: tuple[str, ...] = ()
    persisted_slots: frozenset[str] = field(default_factory=frozenset)
    file: str = ""
    line: int = 0

    @property
    def is_pattern(self) -> bool:
        """Whether the engine starts it, rather than a resident's question."""
        return self.id.startswith("pattern_")

    @property
    def is_follow_up(self) -> bool:
        """Whether it answers a side question about another topic ("en wat kost dat?"), which stays what the talk is about."""
        return self.id.startswith("vervolg_")

    def asked_slots(self) -> set[str]:
        """Slots this flow asks for itself."""
        return {str(step.value) for step in self.steps.values() if step.kind == "collect"}

    def own_slots(self) -> set[str]:
        """Slots this flow fills and that are emptied when it ends."""
        own: set[str] = set()
        for step in self.steps.values():
            if step.kind == "collect":
                own.add(step.value)
            elif step.kind == "set_slots":
                own |= set(step.value)
        return own - self.persisted_slots
