"""Applies the rules of ``patronen.yml`` to a message, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from bot.nlu.normalise import sentences, squeeze
from bot.yamlsource import load

CLASSES = ("crisis_suicide", "kindermishandeling", "huiselijk_geweld", "spoed")
MILD = "mild"
_OTHER_PERSON = re.compile(
    r"\b(?:mijn|m'n|mn|me|onze|ons|een|de|haar|zijn) (?:\w+ )?(?:man|vrouw|partner|vriend\w*|zoon|dochter|kind|broer|zus|vader|moeder|opa|oma|buur\w*|"
    r"collega|leerling|client|neef|nicht|ex)\b.{0,60}\b(?:zegt|zei|dreigt|denkt|wil|wilde|riep|roept|heeft|praat|schrijft|maakt|gaat|hij|zij|ze)\b"
)
# The most serious first; what has no class comes last.
_ORDER: Mapping[str | None, int] = {klasse: rank for rank, klasse in enumerate((*CLASSES, None))}
_MACRO = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Safety:
    """``klasse``: a crisis intent or None; ``waarom``: the reason; ``wie``: zelf, ander, kind, pleger.

    Without a class: ``twijfel`` asks for one gentle question, ``mild`` is heavy but safe.
    """

    klasse: str | None = None
    waarom: str = ""
    wie: str | None = None
    twijfel: bool = False
    mild: bool = False


@dataclass(frozen=True)
class Thresholds:
    """The classifier's chance of danger at which to act (``sure``) and at which to ask (``doubt``).

    Below ``calm`` the classifier thinks a rule saw a word and not what was meant: then we ask too. Where a rule knows the words of
    who carries too much, it must be as sure as ``heavy``: that route asks by itself whether there is danger.
    """

    sure: float
    doubt: float
    calm: float = 0.0
    heavy: float = 0.8


@dataclass(frozen=True)
class Rule:
    """One pattern with what it means; ``unless``: words that make the sentence harmless."""

    klasse: str
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    reason: str
    who: str | None


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """All rules, compiled once, in the order of the file."""
    data = load(Path(__file__).with_name("patronen.yml"))
    macros: Mapping[str, str] = data["woorden"]
    made = []
    for klasse, entries in data["regels"].items():
        for entry in entries:
            unless = entry.get("niet_bij")
            made.append(
                Rule(
                    klasse,
                    _compile(entry["patroon"], macros),
                    _compile(unless, macros) if unless else None,
                    entry["reden"],
                    entry.get("wie"),
                )
            )
    return tuple(made)


def _compile(pattern: str, macros: Mapping[str, str]) -> re.Pattern[str]:
    expanded = pattern
    for _ in range(3):
        expanded = _MACRO.sub(
            lambda match: f"(?:{macros[match.group(1)]})" if match.group(1) in macros else match.group(), expanded
        )
    return re.compile(expanded)


def assess(text: str) -> Safety:
    """The most serious thing the rules see in a message."""
    whole = squeeze(text)
    found = [safety for part in (*sentences(whole), whole) if (safety := _one(part))]
    return min(found, key=lambda safety: _ORDER[safety.klasse], default=Safety())


def _one(sentence: str) -> Safety | None:
    for rule in rules():
        if rule.pattern.search(sentence) and not (rule.unless and rule.unless.search(sentence)):
            if rule.klasse == MILD:
                return Safety(waarom=rule.reason, mild=True)
            return Safety(rule.klasse, rule.reason, rule.who or _about_whom(rule.klasse, sentence))
    return None


def _about_whom(klasse: str, sentence: str) -> str | None:
    """Somebody else's wish to die is told by who fears for them."""
    return "ander" if klasse == "crisis_suicide" and _OTHER_PERSON.search(sentence) else None


def combine(seen: Safety, chances: Mapping[str, float], thresholds: Thresholds) -> Safety:
    """Rules and classifier together. Recall leads: either may raise the alarm, and what they are not sure of is asked.

    ``chances``: the classifier's chance of each crisis; they add up to the chance that there is any danger.
    """
    danger = sum(chances.values())
    if seen.klasse and chances and danger < thresholds.calm:
        return Safety(waarom=f"{seen.waarom}, maar het taalmodel ziet geen gevaar ({danger:.0%})", twijfel=True)
    if seen.klasse:
        return seen
    if danger < (thresholds.heavy if seen.mild else thresholds.doubt):
        return seen
    likeliest = max(chances, key=lambda name: chances[name])
    reason = f"het taalmodel denkt aan {likeliest} ({danger:.0%})"
    if danger < thresholds.sure:
        return replace(seen, twijfel=True, waarom=reason)
    return Safety(likeliest, reason)
