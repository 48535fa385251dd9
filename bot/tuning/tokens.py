"""Reads text as the encoder does: the same pieces, the same numbers (SentencePiece unigram)."""

from __future__ import annotations

import re

from bot.nlu.encoder_file import Pieces

_SPACE = "▁"
# What the encoder expects before a question.
_PREFIX = "query: "
# A character that no piece holds costs so much more than the least likely piece.
_UNKNOWN_COSTS = 10.0


class Tokeniser:
    """Turns text into the numbers of the likeliest pieces."""

    def __init__(self, pieces: Pieces) -> None:
        self._pieces = pieces
        self._unknown_score = float(pieces.scores.min()) - _UNKNOWN_COSTS
        self._longest = max(len(word.decode("utf-8", "replace")) for word in pieces.words)

    def numbers(self, text: str, most: int) -> list[int]:
        """At most ``most`` numbers, with the marks of begin and end."""
        content = self._split(_PREFIX + text)[: most - 2]
        return [self._pieces.begin, *content, self._pieces.end]

    def _split(self, text: str) -> list[int]:
        """The likeliest way to cut the text (Viterbi)."""
        normal = "".join(self._pieces.normal.get(character, character) for character in text)
        read = _SPACE + re.sub(" {2,}", " ", normal).lstrip(" ").replace(" ", _SPACE)
        best = [0.0] + [-1e30] * len(read)
        came: list[tuple[int, int]] = [(0, 0)] * (len(read) + 1)
        for start in range(len(read)):
            for end in range(start + 1, min(len(read), start + self._longest) + 1):
                piece = self._pieces.words.get(read[start:end].encode())
                if piece is None or piece == self._pieces.unknown:
                    continue
                score = best[start] + float(self._pieces.scores[piece])
                if score > best[end]:
                    best[end], came[end] = score, (start, piece)
            if best[start] + self._unknown_score > best[start + 1]:
                best[start + 1], came[start + 1] = best[start] + self._unknown_score, (start, self._pieces.unknown)
        found, at = [], len(read)
        while at > 0:
            at, piece = came[at]
            found.append(piece)
        return found[::-1]
