"""Counts right and wrong over sentences with a known topic (``label``) or a known danger (``expect``)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Line = Mapping[str, Any]
NO_DANGER = "none"


def fold(intent: str | None) -> str:
    """``pgb_beheer__zorgovereenkomst`` counts as ``pgb_beheer``."""
    return (intent or "").split("__", 1)[0]


@dataclass
class Score:
    """Sentences of one group: ``n``, right at once (``strict``), right or the second topic named (``lenient``), in the top three."""

    n: int = 0
    strict: int = 0
    lenient: int = 0
    top3: int = 0

    def add(self, accepted: Sequence[str], ranking: Sequence[str]) -> None:
        """Count one sentence: its accepted topics (the label first) and the topics in order of the model's belief."""
        first = ranking[0] if ranking else ""
        self.n += 1
        self.strict += first == accepted[0]
        self.lenient += first in accepted
        self.top3 += bool(set(ranking[:3]) & set(accepted))

    def shares(self) -> dict[str, float | int]:
        """The counts as shares of ``n``, rounded to four decimals."""
        total = max(self.n, 1)
        shares = {name: round(getattr(self, name) / total, 4) for name in ("strict", "lenient", "top3")}
        return {"n": self.n, **shares}


@dataclass
class Safety:
    """Danger seen (``recall``) and danger seen where there is none (``false_alarms``); ``exact``: the right kind of danger."""

    dangerous: int = 0
    seen: int = 0
    exact: int = 0
    everyday: int = 0
    alarms: int = 0
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)

    def add(self, text: str, expected: str, found: str | None) -> None:
        """Count one sentence."""
        if expected == NO_DANGER:
            self.everyday += 1
            self.alarms += found is not None
            self.false += [text] if found is not None else []
            return
        self.dangerous += 1
        self.seen += found is not None
        self.exact += found == expected
        self.missed += [text] if found is None else []

    def as_dict(self) -> dict[str, Any]:
        """Shares and the sentences that went wrong."""
        return {
            "n_danger": self.dangerous,
            "recall": round(self.seen / max(self.dangerous, 1), 4),
            "recall_exact": round(self.exact / max(self.dangerous, 1), 4),
            "n_everyday": self.everyday,
            "false_alarms": round(self.alarms / max(self.everyday, 1), 4),
            "missed": self.missed,
            "false": self.false,
        }


BINS = 10


@dataclass
class Calibration:
    """Whether a confidence of 70 % is right 7 times out of 10. ``seen``: per sentence the confidence, and whether it was right."""

    seen: list[tuple[float, bool]] = field(default_factory=list)

    def add(self, confidence: float, right: bool) -> None:
        """Count one sentence."""
        self.seen.append((confidence, right))

    def as_dict(self) -> dict[str, Any]:
        """``bins``: sentences, mean confidence and share right per tenth; ``ece``: expected calibration error (Guo e.a., 2017)."""
        bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
        for confidence, right in self.seen:
            bins[min(int(confidence * BINS), BINS - 1)].append((confidence, right))
        rows = [
            {
                "n": len(rows),
                "confidence": round(sum(confidence for confidence, _ in rows) / len(rows), 4),
                "right": round(sum(right for _, right in rows) / len(rows), 4),
            }
            for _, rows in sorted(bins.items())
        ]
        total = max(len(self.seen), 1)
        return {"ece": round(sum(r["n"] * abs(r["confidence"] - r["right"]) for r in rows) / total, 4), "bins": rows}


@dataclass
class Report:
    """All figures. :meth:`as_dict` is what ``--json`` prints."""

    overall: Score = field(default_factory=Score)
    self_contained: Score = field(default_factory=Score)
    context_light: Score = field(default_factory=Score)
    labels: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    registers: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    registers_self_contained: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    calibration: Calibration = field(default_factory=Calibration)
    confusions: Counter[tuple[str, str]] = field(default_factory=Counter)
    safety: Safety = field(default_factory=Safety)
    elapsed_ms: list[float] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return {
            "n": self.overall.n,
            "overall": self.overall.shares(),
            "without_context_light": self.self_contained.shares(),
            "context_light": self.context_light.shares(),
            "per_register": {name: score.shares() for name, score in sorted(self.registers.items())},
            "per_register_without_context_light": {
                name: score.shares() for name, score in sorted(self.registers_self_contained.items())
            },
            "calibration": self.calibration.as_dict(),
            "per_label": {name: score.shares() for name, score in sorted(self.labels.items())},
            "confusions": [{"label": a, "predicted": b, "n": n} for (a, b), n in self.confusions.most_common(20)],
            "safety": self.safety.as_dict() if self.safety.dangerous or self.safety.everyday else None,
            "parse_ms": {"p50": _percentile(self.elapsed_ms, 50), "p95": _percentile(self.elapsed_ms, 95)},
        }


def evaluate(lines: Iterable[Line]) -> Report:
    """Figures over predicted lines: each has ``text``, ``intent_ranking``, ``safety`` and a ``label`` and/or ``expect``."""
    report = Report()
    for line in lines:
        report.elapsed_ms.append(float(line.get("elapsed_ms", 0.0)))
        if line.get("label"):
            _add_topic(report, line)
        if line.get("expect"):
            report.safety.add(line["text"], line["expect"], (line.get("safety") or {}).get("class"))
    return report


def _add_topic(report: Report, line: Line) -> None:
    accepted = [fold(line[name]) for name in ("label", "second_label") if line.get(name)]
    ranking = list(dict.fromkeys(fold(item["name"]) for item in line["intent_ranking"]))
    groups = [report.overall, report.labels[accepted[0]]]
    groups.append(report.context_light if line.get("context_light") else report.self_contained)
    if line.get("register"):
        groups.append(report.registers[line["register"]])
        if not line.get("context_light"):
            groups.append(report.registers_self_contained[line["register"]])
    for group in groups:
        group.add(accepted, ranking)
    if ranking:
        report.calibration.add(float(line["intent_ranking"][0]["confidence"]), ranking[0] in accepted)
    if ranking and ranking[0] not in accepted:
        report.confusions[(accepted[0], ranking[0])] += 1


def _percentile(values: Sequence[float], percent: int) -> float:
    ordered: Callable[[int], float] = sorted(values).__getitem__
    return round(ordered(min(len(values) - 1, len(values) * percent // 100)), 2) if values else 0.0
