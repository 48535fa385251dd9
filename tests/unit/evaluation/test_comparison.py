"""Two models on the same sentences."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest

from steunwijzer.evaluation import evaluate
from steunwijzer.evaluation.comparison import compare
from steunwijzer.evaluation.diagram import reliability


def line(text: str, label: str, first: str, confidence: float = 0.9) -> dict[str, Any]:
    ranking = [{"name": first, "confidence": confidence}, {"name": "anders", "confidence": 0.1}]
    return {"text": text, "label": label, "intent_ranking": ranking, "elapsed_ms": 1.0}


OLD = [line("a", "wlz", "wlz"), line("b", "wlz", "zvw"), line("c", "pgb", "zin"), line("d", "pgb", "pgb")]
NEW = [line("a", "wlz", "zvw"), line("b", "wlz", "wlz__detail"), line("c", "pgb", "wmo"), line("d", "pgb", "pgb")]


def test_lost_won_and_moved() -> None:
    found = compare(OLD, NEW)
    assert ([c.text for c in found.lost], [c.text for c in found.won], [c.text for c in found.moved]) == (
        ["a"],
        ["b"],
        ["c"],
    )
    assert (found.total, found.old_right, found.new_right) == (4, 2, 2)
    assert ("pgb", "wmo", 0, 1) in found.confusions()


def test_lists_that_differ_are_refused() -> None:
    with pytest.raises(ValueError, match="lopen niet gelijk"):
        compare(OLD, list(reversed(NEW)))


def test_the_calibration_error_is_the_distance_between_belief_and_truth() -> None:
    sure_and_right = [line(str(n), "wlz", "wlz", 0.95) for n in range(10)]
    sure_and_wrong = [line(str(n), "wlz", "zvw", 0.95) for n in range(10)]
    assert evaluate(sure_and_right).as_dict()["calibration"]["ece"] == 0.05
    assert evaluate(sure_and_right + sure_and_wrong).as_dict()["calibration"]["ece"] == 0.45


def test_the_reliability_diagram_is_a_picture_with_a_name() -> None:
    picture = ElementTree.fromstring(
        reliability([{"n": 10, "confidence": 0.9, "right": 0.8}, {"n": 2, "confidence": 0.3, "right": 0.5}], 0.1)
    )
    assert "0.100" in picture.attrib["aria-label"]
    assert len(list(picture.iter("{http://www.w3.org/2000/svg}circle"))) == 2
