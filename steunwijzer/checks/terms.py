"""Difficult words and profiles of municipalities."""

from __future__ import annotations

from collections.abc import Iterator

from bot.nlu.normalise import fold
from bot.yamlsource import line_of
from steunwijzer.checks.finding import Finding
from steunwijzer.checks.project import Project
from steunwijzer.directory import profiles

_FIELDS = frozenset({"term", "ook", "uitleg", "bron", "onderwerp", "uitleg_in", "in_tekst", "staat_in"})


def check(project: Project) -> Iterator[Finding]:
    """Each term is explained once, with a source; each profile fits the schema."""
    seen: dict[str, str] = {}
    for key, entry in project.facts.glossary.items():
        place = f"content/begrippen.yml:{line_of(entry)}"
        for name in ("term", "uitleg", "bron"):
            if not entry.get(name):
                yield Finding(place, f"bij '{key}' ontbreekt '{name}'.", "Vul het in.")
        for name in sorted(set(entry) - _FIELDS):
            yield Finding(place, f"'{name}' is geen veld van een begrip.", f"Kies uit: {', '.join(sorted(_FIELDS))}.")
        topic = entry.get("uitleg_in") or entry.get("onderwerp")
        if topic and topic not in project.flows:
            yield Finding(place, f"gesprek '{topic}' bestaat niet.", "Verbeter de naam of haal het veld weg.")
        for word in {fold(str(word)) for word in [entry.get("term", ""), *(entry.get("ook") or [])]}:
            if word in seen and seen[word] != key:
                yield Finding(place, f"'{word}' staat ook bij '{seen[word]}'.", "Laat elk woord bij één begrip staan.")
            seen[word] = key
    for problem in profiles.problems(project.root / "content"):
        yield Finding(f"content/gemeenten/{problem.file}:{problem.line}", problem.message, problem.remedy)
