"""Short follow-ups that lean on what was just talked about: "en voor mijn zoon?", "nee, voor mijn vader", "en wat kost dat?"."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.dialogue.understanding import Understanding
from bot.nlu.normalise import fold
from bot.paths import DATA
from bot.yamlsource import load

_MOST_WORDS = 8
# A question on the topic may be longer than the name of another person for it.
_MOST_WORDS_ASKED = 12
_NO_TOPIC = "begin"
# What may stand around the new person, age or place without asking anything else.
_FILLERS = re.compile(
    r"\b(?:en|maar|nee|neen|ja|oh|o|nou|dan|eigenlijk|sorry|ik bedoel(?:de)?|als|hoe zit dat|hoe is dat|geldt dat ook|kan dat ook|ook|"
    r"het|dit|dat|is|gaat|was|om|over|voor|niet|bij|met|mij(?:zelf)?|mezelf|mijn|m'n|mn|onze|ons|een|de|zelf|van|wat|die|hij|ze|zij|"
    r"jaar|oud|in|uit|wonen?|woont?|we|wij|ik|vraag|hulp|bedoel|dus|wel|nog|hem|haar|hun|laat|maar|toch|alleen|samen|nu|momenteel|ben|"
    r"postcode)\b"
)
# The letters of a postcode say nothing that its numbers do not.
_POSTCODE = re.compile(r"\b\d{4} ?[a-z]{2}\b")
# What may stand beside a side question that is the whole message.
_BESIDE = re.compile(
    r"\b(?:en|maar|ok|oke|ja|nee|nou|dan|nu|eigenlijk|precies|ongeveer|ook|wel|nog|toch|er|daar|daarvoor|ervoor|me|mij|ons|ik|we|wij|u|hij|ze|zij|"
    r"voor|mijn|mij|per|maand|keer|jaar|rit|uur|dag|week|allemaal|in|totaal|bij|jullie|gemeente|de|het|dat|dit|zo|iets|wat|meestal|normaal|gaat|duurt|hoe|lang|"
    r"dus|gewoon|graag|sorry|hoor|weten|wil|weet|krijg|antwoord|aan|mee|naar|toe|doen|kan|moet|zijn|terecht|voordat|klaar|is|geld|heb|heeft|hebben|je|u)\b"
)
_ABOUT_A_PLACE = ("gemeente", "plaats", "wijk", "postcode4")
_ABOUT_SOMEBODY = ("voor_wie", "leeftijd", *_ABOUT_A_PLACE)


def same_topic_for_somebody_else(said: Understanding, topic: str | None) -> bool:
    """Whether the message only names another person, age or place for the topic at hand."""
    return topic is not None and _names_only(said, _ABOUT_SOMEBODY)


def names_only_a_place(said: Understanding) -> bool:
    """Whether the message says where somebody lives and nothing else: "voorbeeldstad", "ze woont in Enschede"."""
    return not {"voor_wie", "leeftijd"}.intersection(said.entities) and _names_only(said, _ABOUT_A_PLACE)


def _names_only(said: Understanding, names: Collection[str]) -> bool:
    words = fold(said.text).split()
    if not set(names).intersection(said.entities) or len(words) > _MOST_WORDS:
        return False
    rest = _FILLERS.sub(" ", _POSTCODE.sub(" ", fold(said.text)))
    for start, end in sorted(said.spans, reverse=True):
        rest = rest if end > len(said.text) else _without(said.text, start, end, rest)
    return not re.search(r"[a-z]{2,}", rest)


def _without(text: str, start: int, end: int, rest: str) -> str:
    return re.sub(rf"\b{re.escape(fold(text[start:end]))}\b", " ", rest)


def about_the_topic(said: Understanding, topic: str | None, flows: Collection[str]) -> str | None:
    """The flow for a follow-up on the topic at hand ("en wat kost dat?"), or None when this is no such follow-up.

    Some words say enough without a topic ("keuzehulp").
    """
    plain = fold(said.text)
    if len(plain.split()) > _MOST_WORDS_ASKED:
        return None
    for kind in _kinds().values():
        if kind.asked_in(plain):
            flow = kind.answers.get(topic or _NO_TOPIC, kind.answers.get("anders") if topic else None)
            if flow in flows:
                return flow
    return None


def side_question(said: Understanding, topic: str | None, flows: Collection[str]) -> str | None:
    """As :func:`about_the_topic`, for a message that holds nothing else: it goes before a question that stands open."""
    plain = fold(said.text)
    whole = any(kind.whole and kind.asked_in(plain) for kind in _kinds().values())
    return about_the_topic(said, topic, flows) if whole else None


@dataclass(frozen=True)
class _Kind:
    """One side question. ``whole``: it counts only when the message holds nothing else; ``answers``: topic to flow."""

    pattern: re.Pattern[str]
    whole: bool
    answers: Mapping[str, str]

    def asked_in(self, plain: str) -> bool:
        match = self.pattern.search(plain)
        if match is None:
            return False
        rest = f"{plain[: match.start()]} {plain[match.end() :]}"
        return not self.whole or re.search(r"[a-z]{2,}", _BESIDE.sub(" ", rest)) is None


@lru_cache(maxsize=1)
def _kinds() -> Mapping[str, _Kind]:
    """``data/vervolgvragen.yml``: per kind the words it is asked with, and which flow answers it per topic."""
    raw = load(DATA / "vervolgvragen.yml")
    return {
        name: _Kind(re.compile("|".join(kind["woorden"])), bool(kind.get("heel")), dict(kind["bij"]))
        for name, kind in raw.items()
    }
