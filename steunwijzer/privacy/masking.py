"""Covers BSN, IBAN, e-mail, telephone, birth date, address and the letters of a postcode in a resident's message.

Well-kept libraries know the formats (python-stdnum, phonenumbers); the words around a number decide what it is.
What stays readable on purpose: the four digits of a postcode (to find local help), plain dates and ages, help lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import phonenumbers
from stdnum import iban
from stdnum.nl import bsn

_BSN = re.compile(r"(?<![\d+])\d[\d. \-]{6,10}\d(?!\d)")
_BSN_WORD = re.compile(r"\b(?:bsn|burger\s?service\s?nummer|sofi(?:nummer)?)\b\D{0,20}$", re.IGNORECASE)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ .]?[A-Z0-9]){11,30}\b", re.IGNORECASE)
_EMAIL = re.compile(r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+")
_BIRTH_WORD = re.compile(r"\b(?:geboren|geboortedatum|geb\.?|verjaardag|ben van)\b[^.!?\d]{0,25}$", re.IGNORECASE)
_MONTHS = r"jan(?:uari)?|feb(?:ruari)?|maart|mrt|apr(?:il)?|mei|juni?|juli?|aug(?:ustus)?|sept?(?:ember)?|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?"
_DATE = re.compile(rf"\b\d{{1,2}}(?:[-/. ]\d{{1,2}}[-/. ]|\s+(?:{_MONTHS})\s+)(?:\d{{4}}|\d{{2}})\b", re.IGNORECASE)
_STREET = re.compile(
    r"\b[A-Za-zÀ-ÿ'’.\-]*(?:straat|laan|weg|plein|kade|gracht|singel|dijk|hof|pad|steeg|dreef|plantsoen|park|erf|oord|boulevard|straatje)\s+\d{1,5}\s?[a-zA-Z]?(?:[-/]\d{1,4})?\b",
    re.IGNORECASE,
)
# "1234 AB"; in small letters only without a space or after the word itself: "sinds 2025 al" is no postcode.
_POSTCODE = re.compile(
    r"\b[1-9]\d{3}\s?(?P<a>[A-Z]{2})\b|\b[1-9]\d{3}(?P<b>[a-z]{2})\b|\bpostcode\D{0,12}[1-9]\d{3}\s(?P<c>[a-z]{2})\b"
)
# Short numbers, free and paid service lines, and municipal numbers (14 0xx) are no personal data.
_PUBLIC_PHONE = re.compile(r"^(?:0800|0900|0906|0909|088|14\s?0|11[23]$)")
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
    for kind, start, end in _candidates(text):
        if all(end <= other_start or start >= other_end for _, other_start, other_end in spans):
            spans.append((kind, start, end))
    spans.sort(key=lambda span: span[1])
    covered, position = [], 0
    for kind, start, end in spans:
        covered += [text[position:start], _LETTERS_COVERED if kind == "postcode" else f"[{kind}]"]
        position = end
    return Masked("".join([*covered, text[position:]]), tuple(spans))


def _candidates(text: str) -> Iterator[tuple[str, int, int]]:
    """What looks like personal data, the surest kinds first: an earlier kind wins from a later one that overlaps."""
    yield from (("e-mailadres", m.start(), m.end()) for m in _EMAIL.finditer(text))
    yield from (("rekeningnummer", m.start(), m.end()) for m in _IBAN.finditer(text) if iban.is_valid(m.group()))
    yield from (
        ("geboortedatum", m.start(), m.end()) for m in _DATE.finditer(text) if _BIRTH_WORD.search(text[: m.start()])
    )
    yield from (("bsn", m.start(), m.end()) for m in _BSN.finditer(text) if _is_bsn(text, m))
    yield from _phones(text)
    yield from (("adres", m.start(), m.end()) for m in _STREET.finditer(text))
    for match in _POSTCODE.finditer(text):
        letters = str(match.lastgroup)
        yield "postcode", match.start(letters), match.end(letters)


def _is_bsn(text: str, match: re.Match[str]) -> bool:
    """Eight or nine digits that pass the 11-test, or that follow the word itself (somebody mistyped it)."""
    if _DATE.fullmatch(match.group().strip()):
        return False
    digits = re.sub(r"\D", "", match.group())
    if len(digits) not in {8, 9}:
        return False
    return bool(_BSN_WORD.search(text[: match.start()])) or (
        not digits.startswith("06") and bsn.is_valid(digits.zfill(9))
    )


def _phones(text: str) -> Iterator[tuple[str, int, int]]:
    for found in phonenumbers.PhoneNumberMatcher(text, "NL", leniency=phonenumbers.Leniency.POSSIBLE):
        raw = found.raw_string.strip()
        digits = re.sub(r"\D", "", raw)
        if (
            len(digits) >= 9
            and not _PUBLIC_PHONE.match(raw)
            and (digits.startswith(("0", "31")) or raw.startswith("+"))
        ):
            yield "telefoonnummer", found.start, found.end
