"""Three ways to read one kind of sentence feature: a linear layer, small networks, and the sentences that look most like it.

Learning uses scikit-learn; answering is a matrix product, so the running engine does not load it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

Matrix = Any  # numpy array or scipy sparse matrix, one row per sentence
Arrays = Mapping[str, np.ndarray]


@dataclass(frozen=True)
class HeadSettings:
    """How one head learns. ``feature``: the alias it reads; ``share``: its weight in the joint opinion.

    ``strength``: inverse regularisation (scikit-learn's C); ``balanced``: every label weighs the same, however few its
    sentences, else chances follow how often a label occurs; ``neighbours``: when not 0, look at so many sentences instead;
    ``hidden``: when not 0, learn ``members`` small networks of so many hidden units.
    """

    feature: str
    share: float
    strength: float = 10.0
    balanced: bool = True
    neighbours: int = 0
    hidden: int = 0
    members: int = 3

    @classmethod
    def from_config(cls, name: str, given: Mapping[str, Any], *, balanced: bool = True) -> HeadSettings:
        """From the Dutch names of ``config.yml``. Without ``kenmerk`` a head reads the feature it is named after."""
        return cls(
            given.get("kenmerk", name),
            given["aandeel"],
            given.get("sterkte", 10.0),
            balanced,
            given.get("buren", 0),
            given.get("neuronen", 0),
            given.get("leden", 3),
        )


@dataclass(frozen=True)
class LinearHead:
    """A linear layer: ``weights`` of shape [features, labels], ``bias`` of shape [labels]."""

    kind: ClassVar[str] = "linear"
    weights: np.ndarray
    bias: np.ndarray

    def log_probabilities(self, features: Matrix) -> np.ndarray:
        """Shape [rows, labels]."""
        return log_softmax(self._scores(features) + self.bias)

    def _scores(self, features: Matrix) -> np.ndarray:
        if not isinstance(features, np.ndarray) and features.shape[0] == 1:
            # Of one sentence only the weights of its own few hundred n-grams are needed.
            return features.data[None, :] @ self.weights[features.indices].astype(np.float32)
        return np.asarray(features @ self.weights.astype(np.float32))

    def arrays(self) -> Arrays:
        """All that is needed to make the same head again. Half precision changes no answer, and n-grams are many."""
        return {"weights": self.weights.astype(np.float16), "bias": self.bias.astype(np.float32)}

    @classmethod
    def fit(
        cls, matrix: Matrix, targets: np.ndarray, labels: int, settings: HeadSettings, says: np.ndarray
    ) -> LinearHead:
        """Dense features are first brought to the same scale; the scale ends up in the weights."""
        from sklearn.linear_model import LogisticRegression

        dense = isinstance(matrix, np.ndarray)
        mean, scale = (matrix.mean(0), _scale(matrix)) if dense else (0.0, 1.0)
        weight = "balanced" if settings.balanced else None
        # The n-grams are many and sparse: more steps than these change no answer, only the time (docs/nlu.md).
        steps = {"max_iter": 200, "tol": 1e-3} if dense else {"max_iter": 40, "tol": 1e-2}
        model = LogisticRegression(C=settings.strength, class_weight=weight, solver="lbfgs", **steps)
        model.fit((matrix - mean) / scale if dense else matrix, targets, sample_weight=says)
        weights = np.zeros((matrix.shape[1], labels))
        bias = np.full(labels, -20.0)
        coefficients = model.coef_ if len(model.classes_) > 2 else np.vstack([-model.coef_, model.coef_]) / 2
        intercepts = (
            model.intercept_ if len(model.classes_) > 2 else np.concatenate([-model.intercept_, model.intercept_]) / 2
        )
        scaled = coefficients.T / (scale[:, None] if dense else 1.0)
        weights[:, model.classes_] = scaled
        bias[model.classes_] = intercepts - (mean @ scaled if dense else 0.0)
        return cls(weights, bias)


@dataclass(frozen=True)
class NetHead:
    """Small neural networks with one hidden layer, that learned the same from another start; their opinions are averaged.

    ``inner``: [members, features, hidden] with ``inner_bias`` [members, hidden]; ``outer``: [members, hidden, labels] with
    ``outer_bias`` [members, labels].
    """

    kind: ClassVar[str] = "net"
    inner: np.ndarray
    inner_bias: np.ndarray
    outer: np.ndarray
    outer_bias: np.ndarray
    # The hold on its weights (L2), and how it sees the sentences: often when they are few, in larger bites when they are many.
    hold: ClassVar[float] = 1.0
    steps: ClassVar[int] = 2000
    most_rounds: ClassVar[int] = 25
    smallest_bite: ClassVar[int] = 200

    def log_probabilities(self, features: Matrix) -> np.ndarray:
        """Shape [rows, labels]."""
        rows = np.asarray(features)
        members = zip(self.inner, self.inner_bias, self.outer, self.outer_bias, strict=True)
        return np.mean([log_softmax(np.maximum(rows @ i + b, 0) @ o + c) for i, b, o, c in members], axis=0)

    def arrays(self) -> Arrays:
        """All that is needed to make the same head again."""
        names = ("inner", "inner_bias", "outer", "outer_bias")
        return {name: np.asarray(getattr(self, name), dtype=np.float32) for name in names}

    @classmethod
    def fit(cls, matrix: Matrix, targets: np.ndarray, labels: int, settings: HeadSettings, says: np.ndarray) -> NetHead:
        """Features are first brought to the same scale, which ends up in the weights; who has more say is shown more often."""
        rows = np.asarray(matrix)
        mean, scale = rows.mean(0), rows.std(0) + 1e-6
        shown = np.repeat(np.arange(len(rows)), np.maximum(1, np.round(says).astype(int)))
        scaled = (rows - mean) / scale
        nets = [cls._learn(scaled[shown], targets[shown], settings.hidden, start) for start in range(settings.members)]
        inner = np.stack([net.coefs_[0] / scale[:, None] for net in nets])
        inner_bias = np.stack([net.intercepts_[0] for net in nets]) - mean @ inner
        outer = np.zeros((len(nets), settings.hidden, labels))
        outer_bias = np.full((len(nets), labels), -20.0)
        for number, net in enumerate(nets):
            two = len(net.classes_) == 2  # scikit-learn then keeps one score: of the second label
            outer[number][:, net.classes_[-1:] if two else net.classes_] = net.coefs_[1]
            outer_bias[number, net.classes_] = [0.0, net.intercepts_[1][0]] if two else net.intercepts_[1]
        return cls(inner, inner_bias, outer, outer_bias)

    @classmethod
    def _learn(cls, rows: np.ndarray, targets: np.ndarray, hidden: int, start: int) -> Any:
        from sklearn.neural_network import MLPClassifier

        bite = min(len(rows), max(cls.smallest_bite, len(rows) // 160))
        rounds = min(cls.most_rounds, max(1, cls.steps * bite // len(rows)))
        net = MLPClassifier((hidden,), alpha=cls.hold, max_iter=rounds, batch_size=bite, random_state=start)
        return net.fit(rows.astype(np.float32), targets)


@dataclass(frozen=True)
class NeighbourHead:
    """Votes of the ``neighbours`` most similar sentences. ``vectors``: [sentences, n], length 1; ``targets``: their label.

    Sentences are compared in a space of their own: seen from their common centre, and along ``projection`` [features, n],
    in which what sentences of one label differ in counts little (within-class covariance normalisation).
    """

    kind: ClassVar[str] = "buren"
    vectors: np.ndarray
    targets: np.ndarray
    mean: np.ndarray
    projection: np.ndarray
    sizes: np.ndarray  # [labels, neighbours]
    # How fast a less similar sentence loses its say, what a label without any vote still gets, and the size of the space.
    sharpness: ClassVar[float] = 0.12
    floor: ClassVar[float] = 1e-3
    dimensions: ClassVar[int] = 96

    def log_probabilities(self, features: Matrix) -> np.ndarray:
        """Shape [rows, labels]."""
        labels, neighbours = (int(size) for size in self.sizes)
        similar = _direction(_direction(np.asarray(features) - self.mean) @ self.projection) @ self.vectors.T
        votes = np.full((len(similar), labels), self.floor)
        count = min(neighbours, similar.shape[1])
        for row, similarities in zip(votes, similar, strict=True):
            nearest = np.argpartition(similarities, -count)[-count:]
            says = np.exp((similarities[nearest] - similarities.max()) / self.sharpness)
            np.add.at(row, self.targets[nearest], says)
        return np.asarray(np.log(votes / votes.sum(axis=1, keepdims=True)))

    def arrays(self) -> Arrays:
        """All that is needed to make the same head again."""
        return {
            "vectors": self.vectors,
            "targets": self.targets,
            "mean": self.mean,
            "projection": self.projection,
            "sizes": self.sizes,
        }

    @classmethod
    def fit(
        cls, matrix: Matrix, targets: np.ndarray, labels: int, settings: HeadSettings, says: np.ndarray
    ) -> NeighbourHead:
        """Keep the sentences themselves that have the most say; each of these has one."""
        matrix, targets = np.asarray(matrix)[says == says.max()], targets[says == says.max()]
        mean = matrix.mean(0)
        directions = _direction(matrix - mean)
        projection = _within_class_normalisation(directions, targets, cls.dimensions)
        vectors = _direction(directions @ projection).astype(np.float32)
        sizes = np.array([labels, settings.neighbours], dtype=np.int32)
        return cls(vectors, targets.astype(np.int32), mean.astype(np.float32), projection.astype(np.float32), sizes)


Head = LinearHead | NetHead | NeighbourHead
KINDS: Mapping[str, type[Head]] = {head.kind: head for head in (LinearHead, NetHead, NeighbourHead)}


def fit(matrix: Matrix, targets: np.ndarray, labels: int, settings: HeadSettings, says: np.ndarray) -> Head:
    """Learn a head of the kind the settings ask for.

    ``targets``: label numbers below ``labels``, one a row; ``says``: how much each row counts.
    """
    kind = NetHead if settings.hidden else NeighbourHead if settings.neighbours else LinearHead
    return kind.fit(matrix, targets, labels, settings, says)


def log_softmax(scores: np.ndarray) -> np.ndarray:
    """Row-wise log probabilities."""
    shifted = scores - scores.max(axis=1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)))


def _scale(matrix: np.ndarray) -> np.ndarray:
    return np.asarray((matrix.std(0) + 1e-6) * np.sqrt(matrix.shape[1]))


def _direction(matrix: np.ndarray) -> np.ndarray:
    return np.asarray(matrix / (np.linalg.norm(matrix, axis=1, keepdims=True) + 1e-9))


def _within_class_normalisation(matrix: np.ndarray, targets: np.ndarray, dimensions: int) -> np.ndarray:
    """Projection of shape [features, dimensions]: spread within a label made equal, then the main directions kept.

    Source: Hatch, Kajarekar and Stolcke (2006), with a little shrinkage.
    """
    _, rows = np.unique(targets, return_inverse=True)
    centres = np.stack([matrix[rows == row].mean(0) for row in range(rows.max() + 1)])
    spread = (matrix - centres[rows]).T @ (matrix - centres[rows]) / len(matrix)
    sizes, axes = np.linalg.eigh(spread + np.eye(len(spread)) * (1e-3 * np.trace(spread) + 1e-6))
    whiten = (axes / np.sqrt(sizes)) @ axes.T
    _, main = np.linalg.eigh(whiten.T @ (matrix.T @ matrix / len(matrix)) @ whiten)
    return np.asarray(whiten @ main[:, ::-1][:, :dimensions])
