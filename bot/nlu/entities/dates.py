"""A date in a sentence, as the resident said it; which day it is, the actions decide (they know today)."""

from __future__ import annotations

import re

from bot.nlu.entities.model import Found

_MONTH = r"(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|jan|feb|mrt|apr|jun|jul|aug|sept?|okt|nov|dec)"
_DAY = r"(?:maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag)"
# The day of the month in words, "drie" as well as "derde"; the longest first.
_ONES = ["", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf", "dertien",
         "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien", "twintig"]  # fmt: skip
_IRREGULAR = {"eerste": 1, "tweede": 2, "derde": 3, "vierde": 4, "vijfde": 5, "zesde": 6, "zevende": 7, "achtste": 8,
              "negende": 9, "tiende": 10, "elfde": 11, "twaalfde": 12}  # fmt: skip
_TENS_AND_ONES = {f"{_ONES[n]}{'ën' if n in (2, 3) else 'en'}twintig": 20 + n for n in range(1, 10)}
_CARDINALS = {word: n for n, word in enumerate(_ONES) if word} | _TENS_AND_ONES | {"dertig": 30, "eenendertig": 31}
_ORDINALS = {f"{word}{'de' if 12 < n < 20 else 'ste'}": n for word, n in _CARDINALS.items() if n > 12}
DAY_WORDS = _CARDINALS | _IRREGULAR | _ORDINALS
_DAY_IN_WORDS = f"(?:{'|'.join(sorted(DAY_WORDS, key=len, reverse=True))})"
_IN_FRONT = re.compile(rf"^(?:(\d{{1,2}})(?:e|de|ste)?|({_DAY_IN_WORDS}))\s+(?:van\s+)?(?={_MONTH})", re.IGNORECASE)
_COUNT = r"(?:\d{1,2}|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|paar)"
_DATE = re.compile(
    rf"\b(?:(?:\d{{1,2}}(?:e|de|ste)?|{_DAY_IN_WORDS})\s+(?:van\s+)?{_MONTH}(?:\s+\d{{4}})?|\d{{1,2}}[-/.]\d{{1,2}}(?:[-/.]\d{{2,4}})|\d{{1,2}}[-/]\d{{1,2}}(?![-/.\d])"
    rf"|\d{{4}}-\d{{2}}-\d{{2}}|eergisteren|gisteren|vandaag|(?:afgelopen|vorige(?:\s+week)?)\s+{_DAY}"
    rf"|vorige\s+(?:week|maand)|{_COUNT}\s+(?:dagen|weken|week|maanden|maand)\s+(?:geleden|terug)"
    rf"|(?:begin|half|eind|medio)\s+{_MONTH})\b",
    re.IGNORECASE,
)


def find(text: str) -> list[Found]:
    """``datum``: the words themselves ("twee weken geleden"), a day of the month in figures ("derde november": 3 november)."""
    match = _DATE.search(text)
    if not match:
        return []
    said = _IN_FRONT.sub(lambda day: f"{day.group(1) or DAY_WORDS[day.group(2).lower()]} ", match.group())
    return [Found("datum", said, match.start(), match.end())]
