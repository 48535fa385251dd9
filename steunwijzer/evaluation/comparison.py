"""What a new model understands that the old one did not, and the other way round."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from steunwijzer.evaluation.service import fold

Line = Mapping[str, Any]


@dataclass(frozen=True)
class Change:
    """One sentence about which two models disagree."""

    text: str
    label: str
    old: str
    new: str


@dataclass
class Comparison:
    """``lost`` and ``won``: only the old, or only the new model is right; ``moved``: both wrong, each in its own way."""

    total: int = 0
    old_right: int = 0
    new_right: int = 0
    lost: list[Change] = field(default_factory=list)
    won: list[Change] = field(default_factory=list)
    moved: list[Change] = field(default_factory=list)

    def confusions(self) -> list[tuple[str, str, int, int]]:
        """Label, mistaken for, how often by the old and by the new model; the largest change first."""
        old: Counter[tuple[str, str]] = Counter((c.label, c.old) for c in [*self.won, *self.moved])
        new: Counter[tuple[str, str]] = Counter((c.label, c.new) for c in [*self.lost, *self.moved])
        pairs = old.keys() | new.keys()
        rows = [(label, guess, old[label, guess], new[label, guess]) for label, guess in pairs]
        return sorted(rows, key=lambda row: (-abs(row[3] - row[2]), row[0], row[1]))


def compare(old: Sequence[Line], new: Sequence[Line]) -> Comparison:
    """Two models on the same labelled sentences, in the same order. Raises ValueError when the sentences differ."""
    found = Comparison()
    for before, after in zip(old, new, strict=True):
        if before["text"] != after["text"]:
            raise ValueError(f"De lijsten lopen niet gelijk bij: {after['text']}")
        if after.get("label"):
            _add(found, before, after)
    return found


def _add(found: Comparison, before: Line, after: Line) -> None:
    accepted = [fold(after[name]) for name in ("label", "second_label") if after.get(name)]
    old, new = (fold(line["intent_ranking"][0]["name"]) for line in (before, after))
    found.total += 1
    found.old_right += old in accepted
    found.new_right += new in accepted
    if old == new:
        return
    change = Change(after["text"], accepted[0], old, new)
    where = found.lost if old in accepted else found.won if new in accepted else found.moved
    where.append(change)
