"""The table of ``docs/benchmarks.md``: figures of both assistants and their ratio, beside the ratio we want."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping
from dataclasses import dataclass

from steunwijzer.bench.load import Timing


@dataclass(frozen=True)
class Measured:
    """What one assistant did. Seconds (of training: of processor time), megabytes, milliseconds; ``timings`` by number of conversations at once.

    ``understood``: percentage of the held-out sentences whose topic came first.
    """

    name: str
    train_seconds: float
    ready_seconds: float
    memory_mb: float
    timings: Mapping[int, Timing]
    first_turns_ms: float
    last_turns_ms: float
    long_turns: int
    understood: float


@dataclass(frozen=True)
class Row:
    """One line of the table. ``goal``: the ratio ours/theirs we want, and whether it must be at most or at least that."""

    label: str
    ours: float
    theirs: float
    unit: str
    at_most: float | None = None
    at_least: float | None = None

    @property
    def ratio(self) -> float:
        """Ours divided by theirs."""
        return self.ours / self.theirs

    def verdict(self) -> str:
        """The goal and whether it is met; empty when there is none."""
        if self.at_most is not None:
            return f"hoogstens {self.at_most:g}: {'gehaald' if self.ratio <= self.at_most else 'niet gehaald'}"
        if self.at_least is not None:
            return f"minstens {self.at_least:g}: {'gehaald' if self.ratio >= self.at_least else 'niet gehaald'}"
        return ""


def rows(ours: Measured, theirs: Measured) -> list[Row]:
    """All lines, in the order of the issue they answer."""
    table = [
        Row("Trainen (processortijd)", ours.train_seconds, theirs.train_seconds, "s"),
        Row("Klaar voor het eerste antwoord", ours.ready_seconds, theirs.ready_seconds, "s", at_most=0.25),
        Row("Geheugen (PSS, alle processen)", ours.memory_mb, theirs.memory_mb, "MB", at_most=0.25),
        Row("Eén gesprek, p50", ours.timings[1].p50, theirs.timings[1].p50, "ms", at_most=0.6),
        Row("Eén gesprek, p95", ours.timings[1].p95, theirs.timings[1].p95, "ms"),
    ]
    for count in ours.timings:
        pair = ours.timings[count].per_second, theirs.timings[count].per_second
        table.append(Row(f"Beurten per seconde, {count} tegelijk", *pair, "/s", at_least=1.5))
    table.append(
        Row("Eerste beurten van een lang gesprek", ours.first_turns_ms, theirs.first_turns_ms, "ms", at_most=0.6)
    )
    table.append(
        Row(f"Beurt {ours.long_turns} van dat gesprek", ours.last_turns_ms, theirs.last_turns_ms, "ms", at_most=0.15)
    )
    table.append(Row("Toetszinnen in één keer begrepen", ours.understood, theirs.understood, "%", at_least=1.0))
    return table


def render(ours: Measured, theirs: Measured, examples: int) -> str:
    """The report as Markdown. ``examples``: how many both were trained on."""
    lines = [
        "# Snelheid en geheugen naast een kale Rasa",
        "",
        f"Gemaakt door `make bench`. Beide assistenten zijn getraind op dezelfde {examples} voorbeelden (een deel: met alle doet de kale",
        "Rasa er uren over) en kregen in dezelfde ronde dezelfde zinnen van dezelfde aanvrager. Snelheid en geheugen van Steunwijzer",
        "gelden voor het model van alle voorbeelden, zoals het draait. Steunwijzer is gemeten door de openbare chat-API heen, dus met",
        "afschermen van persoonsgegevens en opslaan erbij; de kale Rasa via het REST-kanaal met een SQLite-trackerstore en een aparte",
        "actieserver. Het model van de kale Rasa blijft bewaard zolang zijn voorbeelden dezelfde zijn.",
        "Een verhouding zegt meer dan een tijd: machines verschillen.",
        "",
        f"Gemeten op {os.cpu_count()} kernen, {platform.machine()}, Python {platform.python_version()} (front office).",
        "",
        f"| wat | {ours.name} | {theirs.name} | verhouding | doel |",
        "|---|---:|---:|---:|---|",
    ]
    for row in rows(ours, theirs):
        lines.append(
            f"| {row.label} | {row.ours:.1f} {row.unit} | {row.theirs:.1f} {row.unit} | {row.ratio:.2f} | {row.verdict()} |"
        )
    return "\n".join([*lines, ""])
