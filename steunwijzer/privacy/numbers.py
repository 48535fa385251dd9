"""Recognises e-mail addresses, account numbers, birth dates, BSNs and telephone numbers.

Well-kept libraries know the formats (python-stdnum, phonenumbers); the words around a number decide what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers
from stdnum import iban
from stdnum.nl import bsn

Span = tuple[str, int, int]

_EMAIL = re.compile(r"(?<![\w.+\-])[\w.+\-]+(?:\s?(?:@|\(at\)|\[at\])\s?)[\w\-]+(?:\.[\w\-]+)+", re.IGNORECASE)
_IBAN_START = re.compile(r"\b[A-Z]{2}\d{2}(?=[ .\-]?[A-Z0-9])", re.IGNORECASE)
_IBAN_PART = re.compile(r"[ .\-]?([A-Z0-9])", re.IGNORECASE)
_IBAN_DUTCH = re.compile(r"NL\d{2}[A-Z]{4}\d{10}")
_IBAN_SHORTEST, _IBAN_LONGEST = 15, 34

_MONTH = r"(?:jan(?:uari)?|feb(?:ruari)?|maart|mrt|apr(?:il)?|mei|juni?|juli?|aug(?:ustus)?|sept?(?:ember)?|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
_DAY_IN_WORDS = (
    r"(?:een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|vijftien|zestien|zeventien|achttien|"
    r"negentien|(?:een|één|twee|drie|vier|vijf|zes|zeven|acht|negen)[eë]ntwintig|twintig|dertig|[eé][eé]nendertig)"
)
_DATE = re.compile(
    rf"(?<!\d)(?:\d{{1,2}}[-/. ]\d{{1,2}}[-/. ](?:\d{{4}}|['’]?\d{{2}})|\d{{4}}[-/]\d{{1,2}}[-/]\d{{1,2}}"
    rf"|(?:\d{{1,2}}|\b{_DAY_IN_WORDS})\s+{_MONTH}(?:\s+(?:\d{{4}}|['’]?\d{{2}}))?)(?!\d)",
    re.IGNORECASE,
)
_BORN_BEFORE = re.compile(
    r"(?:\bgeb\.|\bgeb\.?\s?(?:dat|datum)\b\.?|\b(?:geb|geboren|geboortedatum|geboortedag|geboortejaar|verjaardag|jarig|ben van)\b)(?:(?!\ben\b)[^.!?\d]){0,25}$",
    re.IGNORECASE,
)
_BORN_AFTER = re.compile(
    r"^[\s,)]*(?:(?:is|was)\s+)?(?:(?:mijn|haar|zijn|de)\s+)?(?:geboren|geboortedatum)\b", re.IGNORECASE
)
# Nobody asks about a decision from before the Wmo 2015 and the Jeugdwet: such a day is when somebody was born, or began something.
_FIRST_YEAR_OF_THE_LAWS = 2015
_BEGAN = re.compile(
    r"\b(?:sinds|vanaf|per|getrouwd|overleden|gescheiden|verhuisd|gestart|begonnen|tot)\b[^.!?\d]{0,20}$", re.IGNORECASE
)
_YEAR = re.compile(r"\d{4}")
_BORN_DIGITS = re.compile(r"\bgeboortedatum\D{0,10}(\d{8})(?!\d)", re.IGNORECASE)

# Long numbers whose kind is told by the word before them, also when somebody mistyped one.
_LONG_NUMBER = re.compile(r"(?<![\d+])\d(?:[ .\-–/]?\d){6,10}(?!\d)")
_TOLD_BY_WORD = (
    ("bsn", re.compile(r"\b(?:bsn|burger\s?service\s?nummer|sofi(?:nummer)?)\b[^\d.!?]{0,30}$", re.IGNORECASE)),
    ("rekeningnummer", re.compile(r"\b(?:(?:bank)?rekening|giro)(?:nummer)?\b(?:[\s:.]|is|mijn)*$", re.IGNORECASE)),
    ("telefoonnummer", re.compile(r"\b(?:tel\.|(?:tel|telefoon(?:nummer)?|mobiel(?:e?\s?nummer)?)\b)(?:[\s:.]|is|mijn)*$", re.IGNORECASE)),
)  # fmt: skip
_BSN = re.compile(r"(?<![\d+])(?:\d{8,9}|\d{3}([ .\-])\d{3}\1\d{3}|\d{4}([ .\-])\d{2}\2\d{3})(?!\d)")
# Free and paid service lines, and municipal numbers (14 0xx), with the lengths they have, are no personal data.
_PUBLIC_PHONE = re.compile(r"0(?:800|900|906|909)(?:\d{4}|\d{7})|088\d{7}|140\d{2,4}")
_SHORTEST_PHONE = 9
_WINDOW = 60


def find(text: str) -> Iterator[Span]:
    """Everything found, the surest kinds first, as (kind, start, end)."""
    yield from (("e-mailadres", m.start(), m.end()) for m in _EMAIL.finditer(text))
    yield from _accounts(text)
    yield from _birth_dates(text)
    yield from _long_numbers(text)
    yield from _phones(text)


def _accounts(text: str) -> Iterator[Span]:
    """IBANs with their own length: what follows one may look like more of it. A mistyped Dutch one counts too."""
    for start in _IBAN_START.finditer(text):
        compact, ends, position = start.group().upper(), [start.end()], start.end()
        while len(compact) < _IBAN_LONGEST and (part := _IBAN_PART.match(text, position)):
            compact, position = compact + part.group(1).upper(), part.end()
            ends.append(position)
        for length in range(len(compact), _IBAN_SHORTEST - 1, -1):
            candidate = compact[:length]
            if _IBAN_DUTCH.fullmatch(candidate) or iban.is_valid(candidate, check_country=False):
                yield "rekeningnummer", start.start(), ends[length - 4]
                break


def _birth_dates(text: str) -> Iterator[Span]:
    for match in _DATE.finditer(text):
        before, after = text[max(0, match.start() - _WINDOW) : match.start()], text[match.end() : match.end() + _WINDOW]
        if _BORN_BEFORE.search(before) or _BORN_AFTER.match(after) or _is_long_ago(match.group(), before):
            yield "geboortedatum", match.start(), match.end()
    yield from (("geboortedatum", m.start(1), m.end(1)) for m in _BORN_DIGITS.finditer(text))


def _is_long_ago(day: str, before: str) -> bool:
    """Whether a whole date lies before these laws and nothing says what began on it."""
    year = _YEAR.search(day)
    return year is not None and 1900 < int(year.group()) < _FIRST_YEAR_OF_THE_LAWS and not _BEGAN.search(before)


def _long_numbers(text: str) -> Iterator[Span]:
    """Numbers that a word before them explains, then numbers that are written as a BSN and pass the 11-test."""
    for match in _LONG_NUMBER.finditer(text):
        before = text[max(0, match.start() - _WINDOW) : match.start()]
        kind = next((kind for kind, word in _TOLD_BY_WORD if word.search(before)), None)
        if kind is not None and not _is_public(match.group()):
            yield kind, match.start(), match.end()
    yield from (("bsn", m.start(), m.end()) for m in _BSN.finditer(text) if _is_bsn(m.group()))


def _is_bsn(number: str) -> bool:
    return not _is_public(number) and not _DATE.fullmatch(number) and bsn.is_valid(_digits(number).zfill(9))


def _phones(text: str) -> Iterator[Span]:
    for found in phonenumbers.PhoneNumberMatcher(text, "NL", leniency=phonenumbers.Leniency.POSSIBLE):
        raw = found.raw_string.strip()
        digits = _digits(raw)
        if len(digits) < _SHORTEST_PHONE or _is_public(raw):
            continue
        if digits.startswith(("0", "31")) or raw.startswith("+"):
            yield "telefoonnummer", found.start, found.end


def _is_public(number: str) -> bool:
    return bool(_PUBLIC_PHONE.fullmatch(_digits(number)))


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)
