"""The encoder once more, in JAX, so that it can learn: a BERT of 12 layers over 4-bit weights, mean of the tokens, length 1."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from bot.nlu.encoder_file import EncoderFile

_MATRICES = {"q.w": None, "k.w": None, "v.w": None, "ao.w": None, "fi.w": None, "fo.w": None}
_FLOATS = ("q.b", "k.b", "v.b", "ao.b", "fi.b", "fo.b", "aln.w", "aln.b", "oln.w", "oln.b")
Numbers = dict[str, Any]
# Of each matrix the 4-bit weights, which stay: [rows out, blocks in a row, 32].
Fixed = Mapping[str, Any]


def tunable(file: EncoderFile, layers: range) -> Numbers:
    """The values of these layers that may change."""
    names = [f"l{layer}.{part}" for layer in layers for part in (*_FLOATS, *_MATRICES)]
    return {name: jnp.asarray(file.values(name)) for name in names}


def fixed(file: EncoderFile) -> Fixed:
    """The 4-bit weights of all layers."""
    found = {}
    for layer in range(file.layers):
        for part in _MATRICES:
            name = f"l{layer}.{part}"
            width = file.inner if part == "fo.w" else file.size
            found[name] = jnp.asarray(file.weights(name)).reshape(-1, width // 32, 32)
    return found


class Encoder:
    """Runs layers over tokens. ``hidden``: [texts, tokens, size]; ``mask``: [texts, tokens], 1 where there is a token."""

    def __init__(self, file: EncoderFile) -> None:
        self._file = file
        self.fixed = fixed(file)
        self._norm = jnp.asarray(file.values("emb.ln.w")), jnp.asarray(file.values("emb.ln.b"))
        self._places = jnp.asarray(file.values("emb.pos")).reshape(-1, file.size)
        self._kind = jnp.asarray(file.values("emb.type"))[: file.size]
        self._words = file.weights("emb.word").reshape(-1, file.size // 32, 32)
        self._scales = file.values("emb.word").reshape(-1, file.size // 32, 1)

    def embeddings(self, tokens: np.ndarray) -> Any:
        """What the first layer gets."""
        words = (self._words[tokens] * self._scales[tokens]).reshape(*tokens.shape, self._file.size)
        return self._layer_norm(words + self._places[: tokens.shape[1]] + self._kind, *self._norm)

    def layer(self, numbers: Numbers, fixed: Fixed, layer: int, hidden: Any, mask: Any) -> Any:
        """One layer: attention, then the inner layer, each with its layer norm."""
        texts, length, size = hidden.shape
        heads = self._file.attention_heads

        def linear(part: str, given: Any) -> Any:
            name = f"l{layer}.{part}"
            weights = fixed[f"{name}.w"]
            scaled = weights * numbers[f"{name}.w"].reshape(weights.shape[:2])[:, :, None]
            return given @ scaled.reshape(weights.shape[0], -1).T + numbers[f"{name}.b"]

        def split(given: Any) -> Any:
            return given.reshape(texts, length, heads, size // heads).transpose(0, 2, 1, 3)

        query, key, value = (split(linear(part, hidden)) for part in "qkv")
        similar = query @ key.transpose(0, 1, 3, 2) / np.sqrt(size // heads)
        looks = jax.nn.softmax(jnp.where(mask[:, None, None, :] > 0, similar, -1e9), axis=-1)
        seen = (looks @ value).transpose(0, 2, 1, 3).reshape(texts, length, size)
        norm = [numbers[f"l{layer}.{part}"] for part in ("aln.w", "aln.b", "oln.w", "oln.b")]
        hidden = self._layer_norm(hidden + linear("ao", seen), *norm[:2])
        inner = linear("fo", jax.nn.gelu(linear("fi", hidden), approximate=False))
        return self._layer_norm(hidden + inner, *norm[2:])

    def vectors(self, hidden: Any, mask: Any) -> Any:
        """Mean of the tokens, length 1."""
        mean = (hidden * mask[:, :, None]).sum(1) / mask.sum(1, keepdims=True)
        return mean / jnp.linalg.norm(mean, axis=1, keepdims=True)

    def _layer_norm(self, given: Any, weight: Any, bias: Any) -> Any:
        mean = given.mean(-1, keepdims=True)
        spread = ((given - mean) ** 2).mean(-1, keepdims=True)
        return (given - mean) / jnp.sqrt(spread + self._file.epsilon) * weight + bias
