"""Several heads, their opinions averaged and calibrated.

Separate heads keep the model usable when one kind of feature is missing (no sentence encoder on this machine).
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse
from threadpoolctl import threadpool_limits

from bot.nlu.heads import KINDS, Head, HeadSettings, Matrix, fit

FOLDS = 3
Features = Mapping[str, Matrix]


@dataclass
class Ensemble:
    """Labels, heads by name, the feature and the share of each, and the temperature that calibrates their joint opinion."""

    labels: list[str]
    heads: dict[str, Head] = field(default_factory=dict)
    features: dict[str, str] = field(default_factory=dict)
    shares: dict[str, float] = field(default_factory=dict)
    temperature: float = 1.0

    def logits(self, features: Features) -> np.ndarray:
        """Weighted mean of the heads' log probabilities, over the features that are there. Shape [rows, labels]."""
        used = [name for name in self.heads if self.features[name] in features]
        if not used:
            raise ValueError("Geen enkel kenmerk van dit model is beschikbaar; train opnieuw met 'make train'.")
        total = sum(self.shares[name] for name in used)
        opinions = (self.heads[name].log_probabilities(features[self.features[name]]) for name in used)
        return np.asarray(sum(self.shares[n] * o for n, o in zip(used, opinions, strict=True))) / total

    def probabilities(self, features: Features) -> np.ndarray:
        """Calibrated probabilities, shape [rows, labels]."""
        return softmax(self.logits(features) / self.temperature)

    def save(self, path: Path) -> None:
        """Write everything to one ``.npz`` file: numbers and text only, no pickled objects."""
        arrays: dict[str, Any] = {
            "labels": np.array(self.labels),
            "temperature": np.float64(self.temperature),
            "heads": np.array([[name, head.kind, self.features[name]] for name, head in self.heads.items()]),
            "shares": np.array([self.shares[name] for name in self.heads]),
        }
        for name, head in self.heads.items():
            arrays |= {f"{name}.{part}": array for part, array in head.arrays().items()}
        np.savez_compressed(path, **arrays)

    @classmethod
    def read(cls, path: Path) -> Ensemble:
        """The reverse of :meth:`save`."""
        ensemble = cls([])
        with np.load(path, allow_pickle=False) as stored:
            ensemble.labels = stored["labels"].tolist()
            ensemble.temperature = float(stored["temperature"])
            for (name, kind, feature), share in zip(stored["heads"].tolist(), stored["shares"].tolist(), strict=True):
                parts = {key.split(".")[1]: stored[key] for key in stored.files if key.startswith(f"{name}.")}
                ensemble.heads[name] = KINDS[kind](**parts)
                ensemble.features[name], ensemble.shares[name] = feature, share
        return ensemble


def softmax(scores: np.ndarray) -> np.ndarray:
    """Row-wise probabilities."""
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True))


@dataclass(frozen=True)
class HeldOut:
    """What the heads thought of sentences they had not seen: ``logits`` [sentences, labels], the right ``targets``.

    ``fair``: the rows whose features never learned from them either; only these say what to expect of a resident's words.
    """

    logits: np.ndarray
    targets: np.ndarray
    fair: np.ndarray

    @property
    def only_fair(self) -> HeldOut:
        """The fair rows alone."""
        return HeldOut(self.logits[self.fair], self.targets[self.fair], self.fair[self.fair])


def train(
    features: Features,
    labels: list[str],
    settings: Mapping[str, HeadSettings],
    folds: int = FOLDS,
    says: list[float] | None = None,
    fair: list[bool] | None = None,
) -> tuple[Ensemble, HeldOut]:
    """Train all heads, and find the temperature on sentences the heads did not see (``folds``-fold).

    ``says``: how much each sentence counts while learning; None when all count the same. ``fair``: see :class:`HeldOut`; None for all.

    Raises ValueError, in Dutch, when a label has too few sentences to hold some back.
    """
    few = sorted(label for label in set(labels) if labels.count(label) < 2 * folds)
    if few:
        raise ValueError(
            f"Te weinig voorbeeldzinnen voor: {', '.join(few)}. Schrijf er minstens {2 * folds} per intent in data/nlu."
        )
    names = sorted(set(labels))
    targets = np.array([names.index(label) for label in labels])
    usable = {name: given for name, given in settings.items() if given.feature in features}
    everything = np.arange(len(targets))
    splits = [everything, *(seen for seen, _ in _splits(targets, folds))]
    weights = np.ones(len(targets)) if says is None else np.array(says)
    fitted = _fit_all(features, targets, weights, len(names), usable, splits)
    ensembles = [_assemble(names, heads, usable) for heads in fitted]
    judged = np.ones(len(targets), dtype=bool) if fair is None else np.array(fair)
    held_out = HeldOut(np.zeros((len(targets), len(names))), targets, judged)
    for part, (_, unseen) in zip(ensembles[1:], _splits(targets, folds), strict=True):
        held_out.logits[unseen] = part.logits({kind: matrix[unseen] for kind, matrix in features.items()})
    ensembles[0].temperature = _temperature(held_out.only_fair)
    return ensembles[0], held_out


def _fit_all(
    features: Features,
    targets: np.ndarray,
    says: np.ndarray,
    labels: int,
    settings: Mapping[str, HeadSettings],
    splits: list[np.ndarray],
) -> list[dict[str, Head]]:
    """The heads of each split; as many at once as there are cores."""

    def one(task: tuple[np.ndarray, str]) -> Head:
        rows, name = task
        return fit(features[settings[name].feature][rows], targets[rows], labels, settings[name], says[rows])

    tasks = [(rows, name) for rows in splits for name in settings]
    with threadpool_limits(1), ThreadPoolExecutor(os.cpu_count()) as pool:
        heads = list(pool.map(one, tasks))
    per_split = len(settings)
    return [
        dict(zip(settings, heads[start : start + per_split], strict=True)) for start in range(0, len(heads), per_split)
    ]


def _assemble(names: list[str], heads: dict[str, Head], settings: Mapping[str, HeadSettings]) -> Ensemble:
    features = {name: given.feature for name, given in settings.items()}
    return Ensemble(names, heads, features, {name: given.share for name, given in settings.items()})


def _splits(targets: np.ndarray, folds: int) -> list[tuple[np.ndarray, np.ndarray]]:
    from sklearn.model_selection import StratifiedKFold

    return list(StratifiedKFold(folds, shuffle=True, random_state=7).split(targets, targets))


def _temperature(held_out: HeldOut) -> float:
    """The temperature with the lowest log loss on held-out sentences (Guo e.a., 2017)."""
    candidates = np.geomspace(0.2, 3.0, 60)
    rows = np.arange(len(held_out.targets))
    losses = [-np.log(softmax(held_out.logits / t)[rows, held_out.targets] + 1e-12).mean() for t in candidates]
    return float(candidates[int(np.argmin(losses))])


def stack(rows: list[Matrix]) -> Matrix:
    """Rows of one kind of feature as one matrix."""
    return scipy.sparse.vstack(rows).tocsr() if scipy.sparse.issparse(rows[0]) else np.vstack(rows)
