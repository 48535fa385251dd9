"""Short follow-ups that lean on what was just talked about: "en voor mijn zoon?", "nee, voor mijn vader", "en wat kost dat?"."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import lru_cache

from bot.dialogue.understanding import Understanding
from bot.nlu.normalise import fold
from bot.paths import DATA
from bot.yamlsource import load

_MOST_WORDS = 8
_NO_TOPIC = "begin"
# What may stand around the new person, age or place without asking anything else.
_FILLERS = re.compile(
    r"\b(?:en|maar|nee|neen|ja|oh|o|nou|dan|eigenlijk|sorry|ik bedoel(?:de)?|als|hoe zit dat|hoe is dat|geldt dat ook|kan dat ook|ook|"
    r"het|dit|dat|is|gaat|was|om|over|voor|niet|bij|met|mij(?:zelf)?|mezelf|mijn|m'n|mn|onze|ons|een|de|zelf|van|wat|die|hij|ze|zij|"
    r"jaar|oud|in|uit|wonen?|woont|we|wij|ik|vraag|hulp|bedoel|dus|wel|nog|hem|haar|hun|laat|maar)\b"
)
_ABOUT_SOMEBODY = ("voor_wie", "leeftijd", "gemeente", "plaats", "wijk", "postcode4")


def same_topic_for_somebody_else(said: Understanding, topic: str | None) -> bool:
    """Whether the message only names another person, age or place for the topic at hand."""
    words = fold(said.text).split()
    named = [name for name in _ABOUT_SOMEBODY if name in said.entities]
    if not topic or not named or len(words) > _MOST_WORDS:
        return False
    rest = _FILLERS.sub(" ", fold(said.text))
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
    if len(plain.split()) > _MOST_WORDS:
        return None
    for kind in _kinds().values():
        if kind["pattern"].search(plain):
            flow = kind["bij"].get(topic or _NO_TOPIC, kind["bij"].get("anders") if topic else None)
            return flow if flow in flows else None
    return None


@lru_cache(maxsize=1)
def _kinds() -> Mapping[str, Mapping[str, object]]:
    """``data/vervolgvragen.yml``: per kind the words it is asked with, and which flow answers it per topic."""
    raw = load(DATA / "vervolgvragen.yml")
    return {
        name: {"pattern": re.compile("|".join(kind["woorden"])), "bij": dict(kind["bij"])} for name, kind in raw.items()
    }
