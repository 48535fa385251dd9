"""Sentences the model has never seen. The bar is per topic and overall; single misses are shown, not hidden."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from bot.yamlsource import load
from steunwijzer.cli.understanding import DANGER, learning_report, models
from steunwijzer.evaluation import evaluate
from tests.conftest import ENGINE_PYTHON, ROOT

HERE = Path(__file__).parent
pytestmark = pytest.mark.engine
GATE_SEES, GATE_SEES_OR_ASKS, GATE_FALSE_ALARMS = 0.77, 0.86, 0.07
# What the first model reached, less some room for a retrained one. Raise these when understanding gets better.
# They count the known misses too: naming a miss must not make the figure prettier.
AT_ONCE, IN_TOP_THREE, PER_TOPIC_TOP_THREE = 0.88, 0.95, 0.75
SENTENCES, KNOWN_MISSES = "sentences", "bekende_missers"


@pytest.fixture(scope="session")
def predicted() -> list[dict[str, Any]]:
    records = [
        {
            "text": entry["text"],
            "label": entry.get("intent"),
            "expect": entry.get("expect"),
            "known": part == KNOWN_MISSES,
        }
        for path in sorted(HERE.glob("*.yml"))
        for part in (SENTENCES, KNOWN_MISSES)
        for entry in load(path).get(part) or []
    ]
    given = "".join(json.dumps({k: v for k, v in record.items() if v}) + "\n" for record in records)
    result = subprocess.run(
        [ENGINE_PYTHON, "-m", "bot.parse"], cwd=ROOT, input=given, capture_output=True, text=True, check=True
    )
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_most_sentences_are_understood_at_once(predicted: list[dict[str, Any]]) -> None:
    report = evaluate(predicted).as_dict()
    assert report["overall"]["strict"] >= AT_ONCE, report["confusions"]
    assert report["overall"]["top3"] >= IN_TOP_THREE, report["confusions"]


def test_no_topic_is_left_behind(predicted: list[dict[str, Any]]) -> None:
    labels = evaluate(predicted).as_dict()["per_label"]
    weak = {name: score for name, score in labels.items() if score["top3"] < PER_TOPIC_TOP_THREE}
    assert not weak


def test_danger_is_seen_and_everyday_sentences_stay_calm(predicted: list[dict[str, Any]]) -> None:
    safety = evaluate(predicted).as_dict()["safety"]
    assert safety["recall"] >= 0.97, safety["missed"]
    assert safety["false_alarms"] <= 0.02, safety["false"]


def test_known_misses_are_still_misses(predicted: list[dict[str, Any]]) -> None:
    known = [record for record in predicted if record.get("known")]
    mended = [record["text"] for record in known if topic(record["intent"]["name"]) == record["label"]]
    assert known
    assert not mended, f"these are understood now, move them from {KNOWN_MISSES} to {SENTENCES}: {mended}"


def topic(intent: str | None) -> str:
    """The topic of an intent that may carry a detail (``pgb_beheer__zorgovereenkomst``)."""
    return (intent or "").split("__")[0]


def test_the_gate_does_as_well_on_its_own_sentences_unseen() -> None:
    """Cross-validation on data/veiligheid, much harder than the sentences here. Raise these when the gate gets better."""
    both = learning_report(models()[0], DANGER)["both"]
    assert both["recall"] >= GATE_SEES
    assert both["recall"] + both["asked"] >= GATE_SEES_OR_ASKS
    assert both["false_alarms"] <= GATE_FALSE_ALARMS
