"""Where a conversation stands: a stack of flows and some bookkeeping, as plain JSON (about 1 kB)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Phase = Literal["begin", "done", "asked"]
MAX_DEPTH = 8
MAX_ANSWERED = 20
MAX_SAID = 12


@dataclass
class Frame:
    """One flow that is going on. ``phase``: the step must begin, its action is done, or its question is asked.

    ``called``: the flow below waits for this one. ``aside``: the resident went to another topic first; ``asides``: how often.
    """

    flow: str
    step: str
    phase: Phase = "begin"
    called: bool = False
    aside: bool = False
    asides: int = 0


@dataclass
class Answered:
    """A question that was answered: to go back to it, or to change it."""

    flow: str
    step: str
    slot: str


@dataclass
class State:
    """The whole. ``said``: actions of the last turn, to repeat; ``queue``: actions to do first; ``misses``: failures in a row.

    ``unanswered``: per question (flow and step) how many messages did not answer it;
    ``finished``: the questions of the topic that just ended and its slot values, to go back to it.
    """

    frames: list[Frame] = field(default_factory=list)
    answered: list[Answered] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    queue: list[str] = field(default_factory=list)
    misses: int = 0
    fresh: bool = False
    finished: dict[str, Any] | None = None
    unanswered: dict[str, int] = field(default_factory=dict)

    @property
    def top(self) -> Frame | None:
        """The flow whose turn it is."""
        return self.frames[-1] if self.frames else None

    def push(self, frame: Frame) -> None:
        """Put a flow on top. When there are too many the oldest topic goes, with the parts that it called."""
        self.frames.append(frame)
        while len(self.frames) > MAX_DEPTH and (oldest := self._size_of_oldest()):
            del self.frames[:oldest]

    def _size_of_oldest(self) -> int:
        """How many flows the topic at the bottom consists of; 0 when it is the only one."""
        return next((number for number, frame in enumerate(self.frames) if number and not frame.called), 0)

    def to_json(self) -> dict[str, Any]:
        """For the slot ``flow_stack``."""
        self.answered = self.answered[-MAX_ANSWERED:]
        self.said = self.said[-MAX_SAID:]
        # dataclasses.asdict() copies every string too, several times a turn.
        return {
            **vars(self),
            "frames": [dict(vars(frame)) for frame in self.frames],
            "answered": [dict(vars(item)) for item in self.answered],
            "said": list(self.said),
            "queue": list(self.queue),
            "unanswered": dict(self.unanswered),
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any] | None) -> State:
        """The reverse of :meth:`to_json`; nothing stored is a conversation that has yet to begin."""
        if not stored:
            return cls()
        frames = [Frame(**frame) for frame in stored["frames"]]
        answered = [Answered(**item) for item in stored["answered"]]
        return cls(
            frames,
            answered,
            list(stored["said"]),
            list(stored["queue"]),
            stored["misses"],
            stored["fresh"],
            stored.get("finished"),
            stored.get("unanswered") or {},
        )
