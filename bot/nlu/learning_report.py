"""How well the examples teach: every sentence judged by heads that had not seen it. Travels inside the model."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import numpy as np

from bot.nlu.encoder_package import PACKAGE, encoder_version
from bot.nlu.ensemble import Ensemble, HeldOut, softmax

BINS = 10
THRESHOLDS = (0.3, 0.4, 0.45, 0.5, 0.6, 0.7, 0.75)
# So many topics are offered when we ask what is meant (bot/dialogue/commands_from_nlu.py).
OFFERED = 4
# Fewer examples than this, or a lower F1, and an intent could do with more.
ENOUGH, GOOD = 60, 0.8
_MOST_CONFUSED = 20


def report(ensemble: Ensemble, held_out: HeldOut, texts: list[str]) -> dict[str, Any]:
    """Plain JSON: which data, right at once, calibration, and per intent precision, recall and F1.

    The first are of the ``judged`` sentences, on which the encoder was not tuned either; those per intent are of all, to see
    which intents are confused, and somewhat too kind.

    ``calibration``: per bin of confidence the number of sentences, the mean confidence and the share that was right;
    ``thresholds``: for several degrees of certainty, the share answered at once, the share of those that is right, and of
    the others the share whose topic is among those offered;
    ``ece``: the mean distance between the last two (expected calibration error, Guo e.a., 2017).
    """
    fair = held_out.only_fair
    chances = softmax(fair.logits / ensemble.temperature)
    order = chances.argsort(axis=1)[:, ::-1]
    right = order[:, 0] == fair.targets
    bins = _bins(chances.max(axis=1), right)
    guesses = held_out.logits.argmax(axis=1)
    return {
        "data": _data(texts),
        "made_at": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "encoder": f"{PACKAGE} {encoder_version()}" if encoder_version() else None,
        "sentences": len(texts),
        "judged": len(fair.targets),
        "temperature": round(ensemble.temperature, 4),
        "at_once": round(float(right.mean()), 4),
        "top3": round(float((order[:, :3] == fair.targets[:, None]).any(axis=1).mean()), 4),
        "ece": round(sum(b["n"] * abs(b["confidence"] - b["right"]) for b in bins) / len(fair.targets), 4),
        "calibration": bins,
        "thresholds": _thresholds(chances, order, fair.targets),
        "intents": _per_intent(ensemble.labels, held_out.targets, guesses),
        "confusions": _confusions(ensemble.labels, held_out.targets, guesses),
    }


def save_report(path: Path, made: dict[str, Any]) -> None:
    """As JSON that a person can read."""
    path.write_text(json.dumps(made, ensure_ascii=False, indent=1), encoding="utf-8")


def _data(texts: list[str]) -> str:
    """Hash of the sentences, whatever their order."""
    return hashlib.sha256("\n".join(sorted(texts)).encode()).hexdigest()[:16]


def _bins(confidence: np.ndarray, right: np.ndarray) -> list[dict[str, float | int]]:
    numbers = np.minimum((confidence * BINS).astype(int), BINS - 1)
    return [
        {
            "n": int((numbers == number).sum()),
            "confidence": round(float(confidence[numbers == number].mean()), 4),
            "right": round(float(right[numbers == number].mean()), 4),
        }
        for number in range(BINS)
        if (numbers == number).any()
    ]


def _thresholds(chances: np.ndarray, order: np.ndarray, targets: np.ndarray) -> list[dict[str, float]]:
    sure, right = chances.max(axis=1), order[:, 0] == targets
    offered = (order[:, :OFFERED] == targets[:, None]).any(axis=1)
    return [
        {
            "threshold": threshold,
            "answered": round(float((sure >= threshold).mean()), 4),
            "right": round(float(right[sure >= threshold].mean()), 4),
            "offered": round(float(offered[sure < threshold].mean()), 4),
        }
        for threshold in THRESHOLDS
    ]


def _per_intent(labels: list[str], targets: np.ndarray, guesses: np.ndarray) -> dict[str, dict[str, Any]]:
    found = {}
    for number, label in enumerate(labels):
        is_it, says_it = targets == number, guesses == number
        both = int((is_it & says_it).sum())
        precision, recall = both / max(int(says_it.sum()), 1), both / max(int(is_it.sum()), 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        found[label] = {
            "examples": int(is_it.sum()),
            "precision": round(precision, 4),
            "recall": round(recall, 4),
            "f1": round(f1, 4),
            "needs_examples": int(is_it.sum()) < ENOUGH or f1 < GOOD,
        }
    return found


def _confusions(labels: list[str], targets: np.ndarray, guesses: np.ndarray) -> list[dict[str, Any]]:
    pairs = Counter((labels[t], labels[g]) for t, g in zip(targets, guesses, strict=True) if t != g)
    return [{"meant": meant, "understood": seen, "n": n} for (meant, seen), n in pairs.most_common(_MOST_CONFUSED)]
