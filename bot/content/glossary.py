"""Difficult words: which one does somebody ask about, and which ones stand in a text? Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from bot.nlu.normalise import fold

_LEAD = r"(?:(?:en|maar|ok|oke|sorry|hallo|he|eh|ja|nee|wacht|even|eerst|mag ik vragen|mag ik weten|weet u|weet je|ik weet niet|kunt u zeggen|kunt u mij zeggen),? )*"
_ASKS = tuple(
    re.compile(rf"^{_LEAD}{pattern}$")
    for pattern in (
        r"(?:wat|wie) (?:is|zijn|doet|was)(?: dat| nou| nu| dan| eigenlijk| precies| ook weer| ook alweer| toch)* (?P<term>.+)",
        r"wat (?:een |de |het )?(?P<term>.+?) (?:is|zijn|betekent|inhoudt|doet)",
        r"wat betekent(?: dan| nou| dat)*(?: het woord| de term)? (?P<term>.+)",
        r"wat betekenen (?P<term>.+)",
        r"wat (?:bedoel|bedoelt|bedoelen|bedoeld)(?: u| je| jullie| jij| ze)*(?: daar)? met (?P<term>.+)",
        r"wat wordt (?:er )?(?:bedoeld|verstaan) (?:met|onder) (?P<term>.+)",
        r"wat (?:moet|kan) ik (?:me )?(?:verstaan onder|voorstellen bij) (?P<term>.+)",
        r"wat houdt (?P<term>.+?) in",
        r"wat wil (?P<term>.+?) zeggen",
        r"(?:leg|legt)(?: u| mij| me)*(?: eens| even)? (?P<term>.+?) (?:eens |even )?uit",
        r"(?:kunt u|kan je|kun je|wilt u)(?: mij| me)? (?P<term>.+?) uitleggen",
        r"(?:kunt u|kan je|kun je|wilt u)(?: mij| me)? uitleggen wat (?P<term>.+?) (?:is|zijn|betekent|inhoudt)",
        r"ik (?:snap|begrijp|ken|versta)(?: het woord| de term| dat woord)? (?P<term>.+?) niet",
        r"(?:uitleg|de betekenis|betekenis)(?: over| van| bij)? (?P<term>.+)",
        r"(?P<term>.+?),? wat (?:is|betekent|houdt) dat(?: in)?(?: precies| eigenlijk| voor iets)?",
        r"wat is dat,? (?P<term>.+)",
    )
)
_BEFORE = re.compile(
    r"^(?:(?:een|de|het|die|dat|deze|dit|zo'?n|mijn|uw|jullie|ons|onze|precies|eigenlijk|nou|dan|woord|term)\s+)+"
)
_AFTER = re.compile(
    r"(?:[ ,]+(?:precies|eigenlijk|nou|dan|nu|alstublieft|aub|graag|ook|weer|alweer|voor iets|voor mij|bij de gemeente|van de gemeente))+$"
)
_ENDINGS = ("en", "s", "n", "'s")
_CLOSE_ENOUGH = 0.88
_LONG_ENOUGH = 6


@dataclass(frozen=True)
class Term:
    """One entry. ``topic``: the conversation with more about it; ``told_in_full``: that conversation is the explanation."""

    key: str
    term: str
    explanation: str
    source: Any = None
    topic: str | None = None
    told_in_full: bool = False


class Glossary:
    """The entries of ``content/begrippen.yml``."""

    def __init__(self, entries: Mapping[str, Mapping[str, Any]]) -> None:
        self.terms = {key: _term(key, entry) for key, entry in entries.items()}
        self._names: dict[str, str] = {}
        forms: dict[str, str] = {}
        for key, entry in entries.items():
            for name in [key.replace("_", " "), str(entry["term"]), *(entry.get("ook") or [])]:
                self._names.setdefault(fold(str(name)).replace(".", ""), key)
            for form in entry.get("in_tekst", [entry["term"]]) or []:
                forms[fold(str(form))] = key
        self._forms = forms
        longest_first = sorted(map(re.escape, forms), key=len, reverse=True)
        self._inside = re.compile(rf"(?<![\w-])({'|'.join(longest_first)})(?![\w-])") if forms else None

    def find(self, words: str) -> Term | None:
        """The term somebody names, also in the plural or with a letter wrong."""
        named = _AFTER.sub("", _BEFORE.sub("", fold(words).replace(".", "").strip(" ,!?\"'‘’“”;:()")))
        for candidate in _forms(named):
            if candidate in self._names:
                return self.terms[self._names[candidate]]
        close = get_close_matches(named, self._names, 1, _CLOSE_ENOUGH) if len(named) >= _LONG_ENOUGH else []
        return self.terms[self._names[close[0]]] if close else None

    def asked(self, text: str) -> Term | None:
        """The term whose meaning a message asks for; None when it asks something else."""
        plain = fold(text).strip(" .!\n")
        if plain.endswith("?"):
            bare = self.find(plain)
            if bare:
                return bare
        plain = " ".join(re.sub(r"[?\"“”‘’]", " ", plain).split()).strip(" ,.!")
        for pattern in _ASKS:
            match = pattern.match(plain)
            found = self.find(match.group("term")) if match else None
            if found:
                return found
        return None

    def inside(self, text: str, at_most: int) -> list[Term]:
        """Terms that stand in a text, in order, each once."""
        if self._inside is None:
            return []
        found = dict.fromkeys(self._forms[match.group(1)] for match in self._inside.finditer(fold(text)))
        return [self.terms[key] for key in found][:at_most]


def _term(key: str, entry: Mapping[str, Any]) -> Term:
    return Term(
        key,
        str(entry["term"]),
        str(entry["uitleg"]),
        entry.get("bron"),
        entry.get("uitleg_in") or entry.get("onderwerp"),
        bool(entry.get("uitleg_in")),
    )


def _forms(word: str) -> Iterator[str]:
    yield word
    for ending in _ENDINGS:
        if word.endswith(ending):
            yield word.removesuffix(ending)
    yield word.removesuffix("en") + "e"
