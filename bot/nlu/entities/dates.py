"""A date in a sentence, as the resident said it; which day it is, the actions decide (they know today)."""

from __future__ import annotations

import re

from bot.nlu.entities.model import Found

_MONTH = r"(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|jan|feb|mrt|apr|jun|jul|aug|sept?|okt|nov|dec)"
_DAY = r"(?:maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag)"
_COUNT = r"(?:\d{1,2}|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|paar)"
_DATE = re.compile(
    rf"\b(?:\d{{1,2}}\s+{_MONTH}(?:\s+\d{{4}})?|\d{{1,2}}[-/.]\d{{1,2}}(?:[-/.]\d{{2,4}})|\d{{1,2}}[-/]\d{{1,2}}(?![-/.\d])"
    rf"|\d{{4}}-\d{{2}}-\d{{2}}|eergisteren|gisteren|vandaag|(?:afgelopen|vorige(?:\s+week)?)\s+{_DAY}"
    rf"|vorige\s+(?:week|maand)|{_COUNT}\s+(?:dagen|weken|week|maanden|maand)\s+(?:geleden|terug)"
    rf"|(?:begin|half|eind|medio)\s+{_MONTH})\b",
    re.IGNORECASE,
)


def find(text: str) -> list[Found]:
    """``datum``: the words themselves ("3 november", "twee weken geleden")."""
    match = _DATE.search(text)
    return [Found("datum", match.group(), match.start(), match.end())] if match else []
