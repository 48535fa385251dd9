"""Refuses a model that understands less than the one before it, on the sentences of ``tests/nlu``."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.paths import ROOT, VAR
from bot.yamlsource import load

SENTENCES = ROOT / "tests" / "nlu"
RECORDS = VAR / "begrip"
# One more sentence wrong than right may be chance; this share of all sentences is not.
ROOM = 0.01


@dataclass(frozen=True)
class Verdict:
    """``lost`` and ``won``: sentences understood by only the old and only the new model; ``total``: judged by both."""

    lost: tuple[str, ...] = ()
    won: tuple[str, ...] = ()
    total: int = 0

    @property
    def accepted(self) -> bool:
        """Whether the new model understands as much as the old one, give or take :data:`ROOM`."""
        return len(self.lost) - len(self.won) <= ROOM * self.total


def judge(understood: Mapping[str, bool], before: Mapping[str, bool]) -> Verdict:
    """Compare what two models made of the sentences both have seen."""
    both = sorted(understood.keys() & before.keys())
    return Verdict(
        tuple(text for text in both if before[text] and not understood[text]),
        tuple(text for text in both if understood[text] and not before[text]),
        len(both),
    )


def understood_by(model: Path) -> dict[str, bool]:
    """Per sentence of ``tests/nlu`` whether the model understands it; a process of its own, as it will be used."""
    records = _sentences()
    lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    result = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "bot.parse", "--model", str(model)],
        cwd=ROOT, input=lines, capture_output=True, text=True, check=True,
    )  # fmt: skip
    parsed = [json.loads(line) for line in result.stdout.splitlines()]
    return {line["text"]: _is_right(line) for line in parsed}


def has_record(name: str) -> bool:
    """Whether this way of understanding (its fingerprint) was judged and accepted."""
    return (RECORDS / f"{name}.json").exists()


def last_record() -> dict[str, bool]:
    """What the model accepted last understood; empty when there is none."""
    newest = max(RECORDS.glob("*.json"), key=lambda path: path.stat().st_mtime, default=None)
    return json.loads(newest.read_text(encoding="utf-8")) if newest else {}


def keep_record(name: str, understood: Mapping[str, bool]) -> None:
    """Remember what an accepted way of understanding (its fingerprint) understands; only the last one counts."""
    RECORDS.mkdir(parents=True, exist_ok=True)
    for old in RECORDS.glob("*.json"):
        old.unlink()
    (RECORDS / f"{name}.json").write_text(json.dumps(understood, ensure_ascii=False), encoding="utf-8")


def _sentences() -> list[dict[str, Any]]:
    # The topic goes along as "wanted": what is understood comes back as "intent".
    names = {"text": "text", "intent": "wanted", "expect": "expect"}
    return [
        {names[name]: entry[name] for name in names if entry.get(name)}
        for path in sorted(SENTENCES.glob("*.yml"))
        for entry in load(path).get("sentences") or []
    ]


def _is_right(line: Mapping[str, Any]) -> bool:
    """Danger must be seen (or not); a topic must come first."""
    if "expect" in line:
        return ((line.get("safety") or {}).get("class") is not None) == (line["expect"] != "none")
    return str(line["intent_ranking"][0]["name"]).split("__")[0] == line.get("wanted")
