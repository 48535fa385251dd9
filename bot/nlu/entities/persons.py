"""For whom is help asked, and how old is that person?"""

from __future__ import annotations

import re

from bot.nlu.entities.model import Found
from bot.nlu.normalise import fold
from bot.nlu.wordlists import word_list

_POSSESSIVE = r"(?:mijn|m'n|mn|me|mijne|onze|ons|ze|zijn|haar|hun|een|de|m’n)"
_HELPS = re.compile(
    r"\s+(?:(?:mij|me|ons) |(?:wil|kan|gaat|mag) (?:mij|me|ons) (?:graag )?|kan |mag |als |uit (?:het|een|mijn) )*"
    r"(?:helpt|helpen|verzorgt|betaald|inhuren|zorgverlener|hulpverlener|erbij|mee|meegaan|meekomen|zegt|zeggen|vindt|vinden|regelt|doet alles|zorgt voor (?:mij|me)|komt elke|(?:is |was )?(?:[a-z0-9]+ ){0,4}(?:overleden|gestorven|doodgegaan)|overleed|stierf|is dood|leeft niet meer|is er niet meer|er niet meer is)\b"
)
_MYSELF = re.compile(
    r"\bvoor (?:mij(?:zelf)?|mezelf|me zelf|mijzelf)\b|(?<!kan )(?<!mag )(?<!moet )(?<!zou )(?<!wil )\bik zelf\b|\bik heb zelf\b|\bkan ik zelf niet\b"
)
_PROFESSIONAL = re.compile(
    r"\bik (?:ben|werk als) (?:een )?(?:wijkverpleegkundige|verpleegkundige|maatschappelijk werker|begeleider|huisarts|praktijkondersteuner|leerkracht|docent|juf|meester|hulpverlener|casemanager|thuiszorgmedewerker|cliëntondersteuner|clientondersteuner|mentor|bewindvoerder)\b"
)
_TENS = {
    "twintig": 20,
    "dertig": 30,
    "veertig": 40,
    "vijftig": 50,
    "zestig": 60,
    "zeventig": 70,
    "tachtig": 80,
    "negentig": 90,
}
_ONES = {"een": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7, "acht": 8, "negen": 9}
_TEENS = {
    "tien": 10,
    "elf": 11,
    "twaalf": 12,
    "dertien": 13,
    "veertien": 14,
    "vijftien": 15,
    "zestien": 16,
    "zeventien": 17,
    "achttien": 18,
    "negentien": 19,
}
NUMBER_WORDS = {**_ONES, **_TEENS, **_TENS, "honderd": 100} | {
    f"{one}en{ten}": _TENS[ten] + value for one, value in _ONES.items() for ten in _TENS
}
_NUMBER = r"(\d{1,3}|" + "|".join(sorted(map(re.escape, NUMBER_WORDS), key=len, reverse=True)) + r")"
_NO_YEARS = r"(?!\s*(?:euro|uur|weken|dagen|maanden|keer|%|procent|personen|kinderen|januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|km|meter|jaar|jarige))"
_AGE = re.compile(
    rf"\b{_NUMBER}[ -]?(?:jaar|jarige?|jr)\b(?!\s+(?:geleden|lang|getrouwd|samen|bij|in|aan een stuk))"
    rf"|\b(?:van|ben|is|bijna|wordt|word|werd)\s+(?:bijna\s+|net\s+|al\s+)?(?!een\b){_NUMBER}\b{_NO_YEARS}"
    rf"|\b(?:man|vrouw|heer|dame|weduwe|weduwnaar),? ([2-9]\d|1[01]\d)\b{_NO_YEARS}"
)


# "Ik vraag mijn zoon": he helps; "vervoer naar mijn zus": she is visited. It is not about them.
_IS_ASKED = re.compile(
    r"\b(?:vervoer|reis|reizen|rit|rijden|taxi|bezoek|bus|trein|vliegen) naar $|\b(?:ik vraag|vraag ik|samen met|met hulp van)(?: het| dat)?(?: aan)? $|\bik (?:wil|moet|kan)(?: ook| graag| niet| niet meer| nog| weer| even)* naar $"
)


# Somebody who says to be younger than 18, or to be at school, is spoken to with "je".
_UNDER_18 = "|".join([*map(str, range(8, 18)), *(word for word, years in NUMBER_WORDS.items() if 8 <= years < 18)])
_YOUNG = re.compile(
    rf"\bik ben\s+(?:nog maar |nog |pas |nu |een (?:jongen|meisje|jongere) van )*(?:{_UNDER_18})\b"
    r"(?!\s*(?:jaar|jaren)?\s*(?:getrouwd|samen|bij|geleden|lang|weduwe|weduwnaar|ziek|thuis|gescheiden|euro|uur|weken|maanden|dagen|keer|kilo))"
    r"|\bik (?:ben bijna|word(?: bijna| binnenkort| (?:volgende|deze|over een) (?:week|maand)| morgen| straks)?) (?:18|achttien)\b"
    r"|\bik zit (?:nog |nu )?(?:op (?:de )?(?:middelbare |basis)?school|in (?:de )?(?:brugklas|groep [4-8]|[1-6] ?(?:vmbo|havo|vwo|mavo)|(?:eerste|tweede|derde|vierde|vijfde|zesde) klas)|op (?:het )?(?:vmbo|havo|vwo|mavo|gymnasium))\b"
)


def _young(text: str) -> list[Found]:
    match = _YOUNG.search(text)
    return [Found("jongere", "ja", match.start(), match.end())] if match else []


# "Begin tachtig", "in de tachtig", "een tachtiger": the decade is all that is said.
_DECADE = re.compile(
    rf"\b(?:(?:begin|half|midden|eind|dik in de|ver in de|in de|achter in de|een jaar of) ({'|'.join(_TENS)})|({'|'.join(_TENS)})er)\b"
)
# "Niet voor mijn moeder": she is named, but it is not about her.
_NOT_FOR = re.compile(rf"\bniet (?:voor|bij|over|om) {_POSSESSIVE} [a-z]+\b|\bniet voor (?:mij(?:zelf)?|mezelf)\b")
_YOUNGEST_ADULT, _YOUNGEST_TEEN, _AOW = 18, 12, 67


def find(text: str) -> list[Found]:
    """``voor_wie`` (mijzelf, partner, ouder, kind, ander, client), ``leeftijd`` (years), ``leeftijdsgroep`` and ``jongere``.

    The last: who speaks is under 18.
    """
    folded = fold(text)
    ages = _age(folded) or _decade(folded)
    person = _person(_NOT_FOR.sub(lambda match: " " * len(match.group()), folded))
    return [*person, *ages, *_age_group(folded, ages), *_young(folded)]


def _age_group(text: str, ages: list[Found]) -> list[Found]:
    """``kind``, ``jongere`` (12-17), ``volwassene`` or ``oudere`` (67 and up: the AOW age)."""
    if ages:
        years = int(ages[0].value)
        limits = ((_YOUNGEST_TEEN, "kind"), (_YOUNGEST_ADULT, "jongere"), (_AOW, "volwassene"))
        group = next((name for limit, name in limits if years < limit), "oudere")
        return [Found("leeftijdsgroep", group, ages[0].start, ages[0].end)]
    groups = word_list("leeftijdsgroepen")
    match = next((match for match in re.finditer(r"[a-z]+", text) if match.group() in groups), None)
    return [Found("leeftijdsgroep", groups[match.group()], match.start(), match.end())] if match else []


def _decade(text: str) -> list[Found]:
    match = _DECADE.search(text)
    if not match:
        return []
    return [Found("leeftijd", _TENS[match.group(1) or match.group(2)], match.start(), match.end())]


def _person(text: str) -> list[Found]:
    professional = _PROFESSIONAL.search(text)
    if professional:
        return [Found("voor_wie", "client", professional.start(), professional.end())]
    relations = word_list("relaties")
    nouns = "|".join(sorted(map(re.escape, relations), key=len, reverse=True))
    for match in re.finditer(rf"\b{_POSSESSIVE}\s+(?:[a-z]+(?:e|ere)\s+)?({nouns})\b", text):
        subject_helps = _HELPS.match(text, match.end()) or _IS_ASKED.search(text[: match.start()])
        if not subject_helps:
            return [Found("voor_wie", relations[match.group(1)], match.start(1), match.end(1))]
    myself = _MYSELF.search(text)
    return [Found("voor_wie", "mijzelf", myself.start(), myself.end())] if myself else []


def _age(text: str) -> list[Found]:
    match = _AGE.search(text)
    if not match:
        return []
    group = match.lastindex or 1
    said = match.group(group)
    years = int(said) if said.isdigit() else NUMBER_WORDS[said]
    return [Found("leeftijd", years, match.start(group), match.end(group))] if 0 < years <= 115 else []
