"""Where somebody is on the road from melding to bezwaar, and whether a dispute is about a decision or about treatment.

Only what was plainly said counts ("ik heb 3 november gemeld"). Two stages in one sentence say nothing: the assistant asks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.nlu.entities.model import Found
from bot.nlu.normalise import fold

_FEW = r"(?:\s+[\w.'-]+){0,5}?\s+"
_SENT = r"(?:gedaan|ingediend|ingestuurd|verstuurd|opgestuurd|gestuurd|ingeleverd)"
_LETTER = r"(?:besluit|beschikking|afwijzing)"
_STAGES: Mapping[str, re.Pattern[str]] = {
    "voorbereiden": re.compile(
        r"\bvoorbereid\w*|\bvoor te bereiden\b|\bbereid(?:en)? (?:ik|we|wij|je|mij|me|ons)\b.{0,50}\bvoor\b"
    ),
    "ingediend": re.compile(
        rf"\bbezwaar(?:schrift)?{_FEW}(?:gemaakt|{_SENT})|\b(?:maakte|diende)\b.{{0,30}}\bbezwaar|\bna mijn bezwaar\b"
    ),
    "besluit": re.compile(
        rf"\b{_LETTER}(?:{_FEW}|\s+)(?:gekregen|ontvangen|binnen|gehad|kwam)\b|\b(?:kreeg|ontving|kregen)\b.{{0,30}}\b{_LETTER}\b"
        rf"|\b(?:{_LETTER}|brief) (?:is|was|dateert) van\b|\bdatum (?:op|van) (?:de|het|mijn) (?:brief|{_LETTER})\b|^(?:na )?(?:de|het|een|mijn) {_LETTER}$"
    ),
    "aanvraag": re.compile(
        rf"\baangevraagd\b|\baanvraag{_FEW}{_SENT}\b|\baanvraag {_SENT}\b|\b(?:deed|diende|stuurde)\b.{{0,30}}\baanvraag\b|\bna mijn aanvraag\b|^(?:de|een|mijn) aanvraag$"
    ),
    "melding": re.compile(
        rf"\b(?:aan)?gemeld\b|\bmelding{_FEW}{_SENT}\b|\bmelding {_SENT}\b|\b(?:deed|diende)\b.{{0,30}}\bmelding\b|\bna mijn melding\b|^(?:de|een|mijn) melding$"
    ),
}
_NOT_YET = re.compile(r"\b(?:nog niet|nog geen|niet|geen|nooit|nog nooit)\b[\w ]{0,25}$")
_NOT_REPORTED = re.compile(
    r"\b(?:nog niet|nog nooit|niet) (?:aan)?gemeld\b|\bnog geen melding\b|\bnog (?:niks|niets) gedaan\b"
)
_DISPUTES: Mapping[str, re.Pattern[str]] = {
    "besluit": re.compile(
        r"\bbezwaar|\bniet eens met\b.{0,30}\b(?:besluit|beschikking|brief|afwijzing|uren)\b|\bafgewezen\b|\bafwijzing\b|\bvoorlopige voorziening\b|\bpro ?forma\b"
    ),
    "behandeling": re.compile(r"\bklacht|\bklagen\b|\bombudsman\b|\bonbeleefd\b|\bonbeschoft\b|\bafgesnauwd\b"),
    "te_laat": re.compile(r"\bin ?gebreke|\bdwangsom\b|\bte laat (?:met )?(?:beslis|besluit)"),
}
_DIFFERENCE = re.compile(r"\bverschil\b|\bof\b")


def find(text: str) -> list[Found]:
    """``stap`` (nog_niet, voorbereiden, melding, aanvraag, besluit, ingediend) and ``bezwaar_soort``."""
    folded = fold(text).strip(" .!?")
    return [*_stage(folded), *_dispute(folded)]


def _stage(text: str) -> list[Found]:
    prepare = _STAGES["voorbereiden"].search(text)
    if prepare:
        return [Found("stap", "voorbereiden", prepare.start(), prepare.end())]
    reached = [
        Found("stap", stage, match.start(), match.end())
        for stage, pattern in _STAGES.items()
        for match in [pattern.search(text)]
        if match and not _denied(text, match)
    ]
    if len(reached) == 1:
        return reached
    nothing = _NOT_REPORTED.search(text)
    return [Found("stap", "nog_niet", nothing.start(), nothing.end())] if nothing and not reached else []


def _denied(text: str, match: re.Match[str]) -> bool:
    return bool(_NOT_YET.search(text[: match.start()])) or re.search(r"\b(?:nog niet|niet|geen)\b", match.group()) is not None


def _dispute(text: str) -> list[Found]:
    about = {kind: match for kind, pattern in _DISPUTES.items() for match in [pattern.search(text)] if match}
    if len(about) == 1:
        kind, match = next(iter(about.items()))
        return [Found("bezwaar_soort", kind, match.start(), match.end())]
    both = {"besluit", "behandeling"} <= set(about) and _DIFFERENCE.search(text)
    return [Found("bezwaar_soort", "weet_niet", both.start(), both.end())] if both else []
