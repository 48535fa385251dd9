"""The arithmetic of the intent classifier: one linear head per kind of feature, their opinions averaged and calibrated.

Separate heads keep the model usable when one kind of feature is missing (no sentence encoder on this machine). Training
uses scikit-learn; answering is a matrix product, so the running engine does not load it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse

Matrix = Any  # numpy array or scipy sparse matrix, one row per sentence


@dataclass(frozen=True)
class Head:
    """A linear layer: ``weights`` of shape [features, labels], ``bias`` of shape [labels]."""

    weights: np.ndarray
    bias: np.ndarray

    def log_probabilities(self, features: Matrix) -> np.ndarray:
        """Shape [rows, labels]."""
        scores = np.asarray(features @ self.weights) + self.bias
        scores -= scores.max(axis=1, keepdims=True)
        return np.asarray(scores - np.log(np.exp(scores).sum(axis=1, keepdims=True)))


@dataclass
class LinearEnsemble:
    """Labels, heads by feature name, the weight of each head and the temperature that calibrates their joint opinion."""

    labels: list[str]
    heads: dict[str, Head] = field(default_factory=dict)
    head_weights: dict[str, float] = field(default_factory=dict)
    temperature: float = 1.0

    def logits(self, features: dict[str, Matrix]) -> np.ndarray:
        """Weighted mean of the heads' log probabilities, over the features that are there. Shape [rows, labels]."""
        used = [name for name in self.heads if name in features]
        if not used:
            raise ValueError("Geen enkel kenmerk van dit model is beschikbaar; train opnieuw met 'make train'.")
        total = sum(self.head_weights[name] for name in used)
        mean = sum(self.head_weights[name] * self.heads[name].log_probabilities(features[name]) for name in used)
        return np.asarray(mean) / total

    def probabilities(self, features: dict[str, Matrix]) -> np.ndarray:
        """Calibrated probabilities, shape [rows, labels]."""
        return softmax(self.logits(features) / self.temperature)

    def save(self, path: Path) -> None:
        """Write everything to one ``.npz`` file: numbers and text only, no pickled objects."""
        arrays: dict[str, Any] = {"labels": np.array(self.labels), "temperature": np.float64(self.temperature)}
        for name, head in self.heads.items():
            arrays[f"{name}.weights"] = head.weights.astype(np.float32)
            arrays[f"{name}.bias"] = head.bias.astype(np.float32)
            arrays[f"{name}.share"] = np.float64(self.head_weights[name])
        np.savez_compressed(path, **arrays)

    @classmethod
    def read(cls, path: Path) -> LinearEnsemble:
        """The reverse of :meth:`save`."""
        with np.load(path, allow_pickle=False) as stored:
            names = [key.removesuffix(".weights") for key in stored.files if key.endswith(".weights")]
            heads = {name: Head(stored[f"{name}.weights"], stored[f"{name}.bias"]) for name in names}
            shares = {name: float(stored[f"{name}.share"]) for name in names}
            return cls(stored["labels"].tolist(), heads, shares, float(stored["temperature"]))


def softmax(scores: np.ndarray) -> np.ndarray:
    """Row-wise probabilities."""
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True))


@dataclass(frozen=True)
class HeadSettings:
    """``strength``: inverse regularisation of one head (scikit-learn's C); ``share``: its weight in the mean.

    ``balanced``: every label weighs the same, however few its sentences; else chances follow how often a label occurs.
    """

    strength: float
    share: float
    balanced: bool = True


def train(
    features: dict[str, Matrix], labels: list[str], settings: dict[str, HeadSettings], folds: int = 4
) -> LinearEnsemble:
    """Train all heads, and find the temperature on sentences the heads did not see (``folds``-fold).

    Raises ValueError, in Dutch, when a label has too few sentences to hold some back.
    """
    few = sorted(label for label in set(labels) if labels.count(label) < 2 * folds)
    if few:
        raise ValueError(
            f"Te weinig voorbeeldzinnen voor: {', '.join(few)}. Schrijf er minstens {2 * folds} per intent in data/nlu."
        )
    ensemble = _fit(features, labels, settings)
    ensemble.temperature = _temperature(*_held_out(features, labels, settings, folds, ensemble.labels))
    return ensemble


def _fit(features: dict[str, Matrix], labels: list[str], settings: dict[str, HeadSettings]) -> LinearEnsemble:
    names = sorted(set(labels))
    ensemble = LinearEnsemble(names)
    for kind, matrix in features.items():
        ensemble.heads[kind] = _fit_head(matrix, labels, settings[kind])
        ensemble.head_weights[kind] = settings[kind].share
    return ensemble


def _fit_head(matrix: Matrix, labels: list[str], settings: HeadSettings) -> Head:
    from sklearn.linear_model import LogisticRegression

    weight = "balanced" if settings.balanced else None
    model = LogisticRegression(C=settings.strength, class_weight=weight, max_iter=300, tol=1e-3, solver="lbfgs")
    model.fit(matrix, labels)
    return Head(model.coef_.T.copy(), model.intercept_.copy())


def _held_out(
    features: dict[str, Matrix], labels: list[str], settings: dict[str, HeadSettings], folds: int, names: list[str]
) -> tuple[np.ndarray, np.ndarray]:
    """Logits of each sentence by an ensemble that was not trained on it, and the index of its right label."""
    from sklearn.model_selection import StratifiedKFold

    targets = np.array([names.index(label) for label in labels])
    logits = np.zeros((len(labels), len(names)))
    for seen, unseen in StratifiedKFold(folds, shuffle=True, random_state=7).split(targets, targets):
        part = _fit({kind: matrix[seen] for kind, matrix in features.items()}, [labels[i] for i in seen], settings)
        logits[unseen] = part.logits({kind: matrix[unseen] for kind, matrix in features.items()})
    return logits, targets


def _temperature(logits: np.ndarray, targets: np.ndarray) -> float:
    """The temperature with the lowest log loss on held-out sentences (Guo e.a., 2017)."""
    candidates = np.geomspace(0.2, 3.0, 60)
    rows = np.arange(len(targets))
    losses = [-np.log(softmax(logits / t)[rows, targets] + 1e-12).mean() for t in candidates]
    return float(candidates[int(np.argmin(losses))])


def stack(rows: list[Matrix]) -> Matrix:
    """Rows of one kind of feature as one matrix."""
    return scipy.sparse.vstack(rows).tocsr() if scipy.sparse.issparse(rows[0]) else np.vstack(rows)
