"""Recognises names of persons: by what introduces them (mijn naam is, mevrouw, groeten), by the lists in ``namen.yml`` and by capitals.

Residents often type without capitals, so a listed first name counts in lower case too; a name that is also an ordinary
word (roos, wil) counts only when something introduces it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

Span = tuple[str, int, int]

_WORD = re.compile(r"[^\W\d_](?:[\w'’\-]*\w)?")
_JOINED = re.compile(r"\.?[ \-]\s{0,2}")
_RELATION = (
    r"(?:zoon(?:tje)?|dochter(?:tje)?|kind|kleinkind|kleinzoon|kleindochter|man|vrouw|partner|vriend(?:in)?|moeder|vader|mama|papa|"
    r"oma|opa|tante|oom|zus(?:je)?|broer(?:tje)?|neef|nicht|schoonmoeder|schoonvader|schoonzus|schoonzoon|schoondochter|"
    r"pleegzoon|pleegdochter|pleegkind|buurman|buurvrouw|ex|ex-man|ex-vrouw|stiefzoon|stiefdochter)"
)
_ROLE = (
    r"(?:begeleider|begeleidster|consulent|contactpersoon|hulp|huisarts|dokter|bewindvoerder|mentor|coach|wijkverpleegkundige|"
    r"verpleegkundige|ambulant begeleider|gezinsvoogd|maatschappelijk werker|cliënt|mantelzorger|juf|meester|collega)"
)
# Whatever follows these is a name, also in lower case and unknown, unless it is a word that cannot be one.
_SURELY = re.compile(
    rf"(?:\b(?:mijn|haar|zijn|de|onze?|volledige|hele|eigen) (?:volledige |hele )?(?:naam|voornaam|achternaam) (?:is|luidt)|\b(?:naam|voornaam|achternaam|roepnaam) ?:|"
    rf"\b(?:ik|hij|zij|ze|die|{_RELATION}|{_ROLE}|meisje|jongen) heet|\bwij heten|\bspreekt met|\bgenaamd)[ :,]*$",
    re.IGNORECASE,
)
_GREETING = re.compile(r"(?:\bgr|\bgroet|\bgroeten|\bgroetjes|\bmvg|\bgroetend)[ .,:!\n]*$", re.IGNORECASE)
_TITLE = re.compile(
    r"\b(?:mevrouw|mevr|mw|meneer|mijnheer|dhr|heer|juffrouw|familie|fam|dr|drs|dokter|huisarts|weduwe)\.? +$",
    re.IGNORECASE,
)
# After these a capital is enough.
_MAYBE = re.compile(
    rf"\b(?:{_RELATION}|(?:{_ROLE}|contactpersoon)(?: is)?|voornaam|achternaam|namens(?: mijn cliënt)?|mantelzorger van|gesproken met|gebeld met|contact met|afspraak met|samen met)[ :,(]*$",
    re.IGNORECASE,
)
_LISTS = ("voornamen", "ook_woord", "achternamen", "voorvoegsels", "nooit")
_BACK, _LONGEST = 48, 9
# "van der", "van den", "de la", "von und zu": no surname has more words before it than these.
_MOST_PARTICLES = 4


@dataclass(frozen=True)
class _Names:
    """Lower-case first names, first names that are words too, surnames, particles (van, de), and words that are no name."""

    first: frozenset[str]
    words: frozenset[str]
    last: frozenset[str]
    particles: frozenset[str]
    never: frozenset[str]


@cache
def _names() -> _Names:
    given = yaml.safe_load((Path(__file__).parent / "namen.yml").read_text(encoding="utf-8"))
    return _Names(*(frozenset(given[key].split()) for key in _LISTS))


def find(text: str) -> Iterator[Span]:
    """Names of persons as (``naam``, start, end)."""
    shouted = text.isupper()
    words = list(_WORD.finditer(text))
    position = 0
    while position < len(words):
        length = _name_at(text, words, position, shouted)
        if length:
            yield "naam", words[position].start(), words[position + length - 1].end()
        position += max(length, 1)


def _name_at(text: str, words: list[re.Match[str]], at: int, shouted: bool) -> int:
    """How many words the name that starts here has; 0 when none starts here."""
    before = text[max(0, words[at].start() - _BACK) : words[at].start()]
    particles = _particles(text, words, at)
    head = at + particles
    if head >= len(words):
        return 0
    word = words[head].group()
    capital = _capital(word, shouted)
    surely = bool(_SURELY.search(before)) or (bool(_GREETING.search(before)) and _near_the_end(text, words[head]))
    if not _starts(text, words, head, before, particles=particles, capital=capital, surely=surely):
        return 0
    return particles + _length(text, words, head, capital, shouted)


def _starts(
    text: str, words: list[re.Match[str]], head: int, before: str, *, particles: int, capital: bool, surely: bool
) -> bool:
    """Whether the word at ``head`` (after ``particles``) begins a name."""
    word, names = words[head].group().lower(), _names()
    if _is_initial(text, words, head):
        return capital or surely or (particles == 0 and _initial_then_surname(words, head))
    if word in _names().never and not (surely and word in names.words):
        return False
    if _TITLE.search(before):
        return capital or word in names.last or (not particles and word in names.first)
    if particles:
        return surely and (capital or word in names.last)
    if surely or word in names.first:
        return True
    if not capital:
        return _followed_by_surname(text, words, head)
    begins_sentence = not before.strip() or before.rstrip().endswith((".", "!", "?", "\n"))
    called = not begins_sentence or _followed_by_surname(text, words, head, capital=True)
    return bool(_MAYBE.search(before)) or (word in names.words and called)


def _followed_by_surname(text: str, words: list[re.Match[str]], head: int, *, capital: bool = False) -> bool:
    """Whether a first name that is a word too stands before "van dijk" or another surname of more words: "roos de wit".

    ``capital``: only when the surname has one, as at the start of a sentence ("Wil de bakker dat ook?").
    """
    if words[head].group().lower() not in _names().words or head + 1 >= len(words):
        return False
    particles = _particles(text, words, head + 1)
    after = head + 1 + particles
    if not particles or after >= len(words) or words[after].group().lower() not in _names().last:
        return False
    return not capital or words[after].group()[0].isupper()


def _is_initial(text: str, words: list[re.Match[str]], at: int) -> bool:
    word = words[at]
    return len(word.group()) == 1 and text[word.end() : word.end() + 1] == "." and at + 1 < len(words)


def _initial_then_surname(words: list[re.Match[str]], at: int) -> bool:
    following = [
        word.group().lower() for word in words[at + 1 : at + 4] if word.group().lower() not in _names().particles
    ]
    return bool(following) and following[0] in _names().last


def _length(text: str, words: list[re.Match[str]], head: int, capital: bool, shouted: bool) -> int:
    """How many words from ``head`` belong to the name: initials, more names, particles with a surname."""
    end, initials = head, _is_initial(text, words, head)
    while end + 1 < len(words) and end - head < _LONGEST and _joined(text, words, end):
        particles = _particles(text, words, end + 1)
        following = end + 1 + particles
        if following >= len(words) or not all(_joined(text, words, place) for place in range(end, following)):
            break
        if not _continues(text, words, following, capital, shouted=shouted, after_initial=initials):
            break
        initials = _is_initial(text, words, following)
        end = following
    return end - head + 1


def _continues(
    text: str, words: list[re.Match[str]], at: int, capital: bool, *, shouted: bool, after_initial: bool
) -> bool:
    word, names = words[at].group(), _names()
    if _is_initial(text, words, at):
        return after_initial or _capital(word, shouted)
    if after_initial and word.lower() not in _names().never:
        return True
    known = word.lower() in names.last or word.lower() in names.first
    return known or (capital and _capital(word, shouted) and word.lower() not in _names().never)


def _particles(text: str, words: list[re.Match[str]], at: int) -> int:
    """How many particles (van, de, el) start here; 0 when they run on without a name."""
    count = 0
    while at + count < len(words) and words[at + count].group().lower() in _names().particles:
        count += 1
        if count > _MOST_PARTICLES or at + count >= len(words) or not _joined(text, words, at + count - 1):
            return 0
    return count


def _joined(text: str, words: list[re.Match[str]], at: int) -> bool:
    """Whether only a space, a hyphen or the dot of an initial stands between this word and the next."""
    between = text[words[at].end() : words[at + 1].start()]
    if between.startswith("."):
        return len(words[at].group()) == 1 and between.strip(". ") == ""
    return bool(_JOINED.fullmatch(between))


def _capital(word: str, shouted: bool) -> bool:
    return not shouted and word[0].isupper() and (len(word) == 1 or not word.isupper())


def _near_the_end(text: str, word: re.Match[str]) -> bool:
    return len(text[word.end() :].split()) <= 3
