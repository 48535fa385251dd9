"""Covers BSN, IBAN, e-mail, telephone, birth date, address and the letters of a postcode in a resident's message.

What stays readable on purpose: the four digits of a postcode (to find local help), plain dates and ages, help lines.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from steunwijzer.privacy import addresses, names, numbers

_LETTERS_COVERED = "▮▮"


@dataclass(frozen=True)
class Masked:
    """``text`` with personal data replaced; ``found``: what was replaced, as (kind, start, end) in the original text."""

    text: str
    found: tuple[tuple[str, int, int], ...]

    @property
    def kinds(self) -> list[str]:
        """The kinds found, each once, in the order of the text."""
        return list(dict.fromkeys(kind for kind, _, _ in self.found))


def mask(text: str) -> Masked:
    """Replace personal data by words such as ``[telefoonnummer]``. Text without it comes back unchanged."""
    spans: list[tuple[str, int, int]] = []
    taken = bytearray(len(text))
    # The surest kinds first: an earlier kind wins from a later one that overlaps.
    for kind, start, end in chain(numbers.find(text), addresses.find(text), names.find(text)):
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            spans.append((kind, start, end))
    spans.sort(key=lambda span: span[1])
    covered, position = [], 0
    for kind, start, end in spans:
        covered += [text[position:start], _LETTERS_COVERED if kind == "postcode" else f"[{kind}]"]
        position = end
    return Masked("".join([*covered, text[position:]]), tuple(spans))
