"""Numbers for the team leader, from the counters: per topic and range of days; never per colleague, never so few that it is about somebody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from steunwijzer.history import counting
from steunwijzer.store import Statistic

# Below this a number could be about somebody who is known.
FEWEST = 5
OTHER = "overige"
# Counters that are one number per topic, by the field of :class:`Numbers`.
_NAMES = {
    counting.ASKED: "asked", counting.TAKEN: "taken", counting.GIVEN_BACK: "given_back", counting.WAIT_PROMISED: "wait_promised",
    counting.WAIT_KEPT: "wait_kept", counting.CALL_ASKED: "calls_asked", counting.CALLED: "called", counting.PROMISED: "promised",
    counting.KEPT: "kept",
}  # fmt: skip
_KINDS = (*_NAMES, counting.WAITED, counting.OUTCOME)


@dataclass
class Numbers:
    """Of one topic, or of all. ``waits``: how many were taken within each bound of seconds; ``outcomes``: how talks ended.

    ``wait_promised``: talks for which a waiting time was told, ``wait_kept``: answered within it; ``promised`` and ``kept``: of
    call-backs.
    """

    asked: int = 0
    taken: int = 0
    given_back: int = 0
    calls_asked: int = 0
    called: int = 0
    wait_promised: int = 0
    wait_kept: int = 0
    promised: int = 0
    kept: int = 0
    waits: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """Hand-overs and call-back requests together."""
        return self.asked + self.calls_asked

    def waited(self, share: float) -> int | None:
        """Within how many seconds this share of the talks was taken, as an upper bound; None when there are none, or it took longer than a day."""
        wanted, reached = share * self.waits.total(), 0
        for bound in counting.BOUNDS if wanted else ():
            reached += self.waits[str(bound)]
            if reached >= wanted:
                return bound
        return None

    def add(self, other: Numbers) -> None:
        """Take the numbers of another topic along."""
        for name in _NAMES.values():
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.waits += other.waits
        self.outcomes += other.outcomes


@dataclass(frozen=True)
class Overview:
    """``topics``: most asked first, those with fewer than five together under ``overige``; ``hidden``: that one is too small to show."""

    total: Numbers
    topics: Mapping[str, Numbers]
    hidden: bool = False


async def numbers(session: AsyncSession, gemeenten: Collection[str], first: date, last: date) -> Overview:
    """What ended of what was asked on these days (both included), in these municipalities."""
    query = (
        select(Statistic.kind, Statistic.key, func.sum(Statistic.count))
        .where(Statistic.kind.in_(_KINDS), Statistic.day.between(first, last), Statistic.gemeente.in_(gemeenten))
        .group_by(Statistic.kind, Statistic.key)
    )
    by_topic: dict[str, Numbers] = {}
    for kind, key, count in await session.execute(query):
        topic, _, rest = key.partition("|")
        _put(by_topic.setdefault(topic, Numbers()), kind, rest, int(count))
    return _shown(by_topic)


def _put(numbers: Numbers, kind: str, rest: str, count: int) -> None:
    if kind == counting.WAITED:
        numbers.waits[rest] += count
    elif kind == counting.OUTCOME:
        numbers.outcomes[rest] += count
    else:
        setattr(numbers, _NAMES[kind], getattr(numbers, _NAMES[kind]) + count)


def _shown(by_topic: Mapping[str, Numbers]) -> Overview:
    total, other = Numbers(), Numbers()
    shown = {}
    for topic, of_topic in sorted(by_topic.items(), key=lambda item: -item[1].total):
        total.add(of_topic)
        if of_topic.total >= FEWEST:
            shown[topic] = of_topic
        else:
            other.add(of_topic)
    if 0 < other.total < FEWEST and shown:
        # From the total and the rest anybody could work it out: the smallest topic that is shown goes along.
        _, smallest = shown.popitem()
        other.add(smallest)
    if other.total:
        shown[OTHER] = other
    return Overview(total, shown if total.total >= FEWEST else {}, hidden=0 < total.total < FEWEST)


def outcomes_of(numbers: Numbers) -> Iterable[tuple[str, int]]:
    """How talks ended, most often first; what happened fewer than five times is left out."""
    return [(outcome, count) for outcome, count in numbers.outcomes.most_common() if count >= FEWEST]
