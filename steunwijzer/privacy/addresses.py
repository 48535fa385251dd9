"""Recognises street addresses and the letters of a postcode.

Words such as "weg", "park" and "markt" are ordinary words too ("onderweg 2 uur"), so what follows the number counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

Span = tuple[str, int, int]

_UNIT = (
    r"(?:uur|uren|uurtje|keer|maal|x|dag(?:en)?|week|weken|maand(?:en)?|jaar|jaren|jarige?|euro|km|kilometer|m|meter|"
    r"min|minu(?:ut|ten)|mensen|personen|kinderen|plus|procent|graden|stuks|"
    r"jan(?:uari)?|feb(?:ruari)?|maart|mrt|apr(?:il)?|mei|juni?|juli?|aug(?:ustus)?|sept?(?:ember)?|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
# "12", "12a", "12 bis", "12-3", but not "2 uur", "3-jarige", "3e verdieping" or the start of "1.50".
_HOUSE_NUMBER = rf"(?!\d+(?:e|de|ste)\s+(?:verdieping|etage|woonlaag))\d{{1,4}}(?!\d|[.,]\d)(?:\s?[a-z]\b(?!')|[-/]\d{{1,4}}\b|\s?(?:bis|hs|huis|zwart|rood)\b)?(?!\s*-?{_UNIT}\b|\s?%|\s?[€])"
_SUFFIX = (
    r"(?:straat(?:je)?|str|laan(?:tje)?|weg|plein|kade|gracht|singel|dijk|hof|pad|steeg|dreef|plantsoen|park|erf|oord|"
    r"boulevard|markt|wal|baan|brink|hage|horst|veld|akker|weide|burcht|haven)"
)
_NOT_A_STREET = r"(?:onderweg|halverwege|snelweg|fietspad|voetpad|supermarkt|arbeidsmarkt|woningmarkt|huizenmarkt|speelveld|voetbalveld|ziekenhuispark|begraafplaats|hele\s?weg)"
# "Burgemeester de", "Prins": capitals before the street's own word; "oude" and the like also without.
_BEFORE_STREET = r"(?:(?:lange|korte|oude|nieuwe|grote|kleine|hoge|lage)\s+)?(?-i:[A-ZÀ-Ý][\w'’.\-]*\s+(?:(?:[A-ZÀ-Ý][\w'’.\-]*|de|der|den|van|het|ter|ten)\s+){0,3})?"
_STREET = re.compile(
    rf"\b{_BEFORE_STREET}(?!{_NOT_A_STREET}\b)[a-zà-ÿ'’.\-]{{2,40}}{_SUFFIX}\.?\s*(?:(?:nr|no)\.?|(?:huis)?nummer)?\s*{_HOUSE_NUMBER}",
    re.IGNORECASE,
)
_NUMBER_FIRST = re.compile(
    rf"\bnummer\s+{_HOUSE_NUMBER}\s+(?:in|op|aan)\s+(?:de|het)\s+[a-zà-ÿ'’.\-]{{2,40}}{_SUFFIX}\b", re.IGNORECASE
)
# Whole names of streets; words like "weg" and "markt" mean too many other things.
_BARE = re.compile(
    rf"\b(?:op|aan)\s+(?:de|het)\s+(?P<adres>(?:singel|gracht|kade|dijk|laan|steeg|wal|dreef|brink)\s+{_HOUSE_NUMBER})",
    re.IGNORECASE,
)
_IS_ADDRESS = re.compile(
    rf"(?P<adres>(?-i:[A-ZÀ-Ý])[\w'’\-]*(?:\s+[a-zà-ÿ'’][\w'’\-]*){{0,3}}\s+{_HOUSE_NUMBER})\s+is\s+(?:mijn|ons|zijn|haar|het|hun)\s+adres\b",
    re.IGNORECASE,
)
_HOUSE_AT = re.compile(
    rf"\b(?:huis|woning|flat|appartement)\b(?:\s+(?:staat|ligt|is))?\s+aan\s+(?P<adres>(?:['’]?[a-zà-ÿ][\w'’.\-]*\s+){{1,4}}?{_HOUSE_NUMBER})",
    re.IGNORECASE,
)
_HOUSE_NUMBER_WORD = re.compile(rf"\bhuisnummer\s*(?:is\s+|:\s*)?(?P<adres>{_HOUSE_NUMBER})", re.IGNORECASE)
_POST_BOX = re.compile(r"\bpostbus\s+\d{1,6}\b", re.IGNORECASE)
_GAP = r"(?:met|sinds|en|maar|al|nu|ongeveer|bijna|nog|want|in|binnen|tot|mezelf|zichzelf|dit|dat|deze|leeftijd|moment)"
_LIVES_AT = re.compile(
    r"\b(?:woon|woont|wonen|woonde|woonden|wonend|woonachtig|gevestigd|adres|woonadres|verhuisd|verhuizen)\b"
    rf"(?:(?!\d)[^.!?]){{0,25}}?(?:\b(?:op|aan|naar|is)\b|:|(?=\s['’]t\s))\s*"
    rf"(?P<adres>(?:(?!{_GAP}\b)['’]?[a-zà-ÿ][\w'’.\-]*\s+){{1,4}}?(?:(?:huis)?nummer\s+|nr\.?\s+)?{_HOUSE_NUMBER})",
    re.IGNORECASE,
)  # fmt: skip
_POSTCODE = re.compile(r"(?<![\d.,\-])[1-9]\d{3}(?P<space>\s?)(?P<letters>[A-Za-z]{2})\b")
_BEFORE_POSTCODE = re.compile(r"(?P<adres>(?:[A-ZÀ-Ý'][\w'’.\-]*\s+){1,4}\d{1,4}(?:\s?[a-zA-Z]\b|[-/]\d{1,4})?)[,\s]+$")
_POSTCODE_WORD = re.compile(r"\bpostcode\D{0,12}$", re.IGNORECASE)
_MEASURES = frozenset(["km", "kg", "mg", "ml", "cm", "mm", "cc", "gb", "mb", "eu", "kw"])
# Two-letter words that follow a year in ordinary sentences: "sinds 2025 al".
_WORDS = _MEASURES | frozenset(
    [
        "al",
        "af",
        "an",
        "au",
        "ai",
        "be",
        "bv",
        "da",
        "de",
        "do",
        "dr",
        "en",
        "er",
        "ex",
        "ga",
        "ge",
        "ha",
        "he",
        "ho",
        "ik",
        "in",
        "is",
        "ja",
        "je",
        "jl",
        "jo",
        "jr",
        "ju",
        "la",
        "ma",
        "me",
        "mn",
        "mw",
        "na",
        "nl",
        "no",
        "nr",
        "nu",
        "of",
        "oh",
        "om",
        "on",
        "op",
        "pa",
        "re",
        "se",
        "si",
        "so",
        "ta",
        "te",
        "ti",
        "tm",
        "to",
        "tv",
        "u",
        "uw",
        "va",
        "ve",
        "vs",
        "we",
        "wo",
        "ze",
        "zn",
        "zo",
    ]
)
_WINDOW = 80


def find(text: str) -> Iterator[Span]:
    """Street with house number (``adres``) and the letters of a postcode (``postcode``), as (kind, start, end)."""
    postcodes = [match for match in _POSTCODE.finditer(text) if _is_postcode(text, match)]
    for match in postcodes:
        window = max(0, match.start() - _WINDOW)
        if before := _BEFORE_POSTCODE.search(text[window : match.start()]):
            yield "adres", window + before.start("adres"), window + before.end("adres")
    yield from (("adres", m.start(), m.end()) for m in _NUMBER_FIRST.finditer(text))
    yield from (("adres", m.start(), m.end()) for m in _STREET.finditer(text))
    for pattern in (_LIVES_AT, _BARE, _IS_ADDRESS, _HOUSE_AT, _HOUSE_NUMBER_WORD):
        yield from (("adres", m.start("adres"), m.end("adres")) for m in pattern.finditer(text))
    yield from (("adres", m.start(), m.end()) for m in _POST_BOX.finditer(text))
    yield from (("postcode", m.start("letters"), m.end("letters")) for m in postcodes)


def _is_postcode(text: str, match: re.Match[str]) -> bool:
    """Whether four digits and two letters are a postcode, and not a year with a short word or a measure."""
    letters = match["letters"]
    if _POSTCODE_WORD.search(text[max(0, match.start() - _WINDOW) : match.start()]):
        return True
    if letters.isupper() and not text.isupper():
        return True
    return letters.lower() not in (_WORDS if match["space"] else _MEASURES)
