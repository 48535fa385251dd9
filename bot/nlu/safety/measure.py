"""How much danger the gate sees, and how often it sees danger where there is none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.nlu.safety.examples import CALM
from bot.nlu.safety.gate import Safety, Thresholds, assess, combine

# A sentence, its class (a crisis intent or CALM), and the classifier's chance of each crisis.
Judged = tuple[str, str, Mapping[str, float]]
Verdict = Callable[[Judged], Safety]
TRIED = (0.3, 0.4, 0.5, 0.55, 0.6, 0.7, 0.8)


def measure(sentences: Sequence[Judged], thresholds: Thresholds) -> dict[str, Any]:
    """Shares for the rules, the classifier and both; per class of danger; and for other values of ``zeker``."""

    seen = {text: assess(text) for text, _, _ in sentences}

    def rules(judged: Judged) -> Safety:
        return seen[judged[0]]

    def classifier(judged: Judged) -> Safety:
        return combine(Safety(), judged[2], thresholds)

    def both_at(at: Thresholds) -> Verdict:
        return lambda judged: combine(rules(judged), judged[2], at)

    both = both_at(thresholds)
    classes = sorted({klasse for _, klasse, _ in sentences if klasse != CALM})
    return {
        "danger": sum(klasse != CALM for _, klasse, _ in sentences),
        "calm": sum(klasse == CALM for _, klasse, _ in sentences),
        "rules": _shares(sentences, rules),
        "classifier": _shares(sentences, classifier),
        "both": _shares(sentences, both),
        "per_class": {klasse: _share([j for j in sentences if j[1] == klasse], both, "klasse") for klasse in classes},
        "thresholds": [
            {"sure": at, **_shares(sentences, both_at(Thresholds(at, at, thresholds.calm)))} for at in TRIED
        ],
    }


def _shares(sentences: Sequence[Judged], verdict: Verdict) -> dict[str, float]:
    """``recall`` and ``false_alarms``; ``asked``: dangerous sentences that get the gentle question instead."""
    dangerous = [judged for judged in sentences if judged[1] != CALM]
    calm = [judged for judged in sentences if judged[1] == CALM]
    return {
        "recall": _share(dangerous, verdict, "klasse"),
        "asked": _share(dangerous, verdict, "twijfel"),
        "false_alarms": _share(calm, verdict, "klasse"),
        "asked_needlessly": _share(calm, verdict, "twijfel"),
    }


def _share(sentences: Sequence[Judged], verdict: Verdict, what: str) -> float:
    return round(sum(bool(getattr(verdict(judged), what)) for judged in sentences) / max(len(sentences), 1), 4)
