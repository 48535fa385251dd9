"""The files of the desk (``content/balie``): their shape, and standard replies that are as easy to read as answers, with "u"."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator

from jsonschema import Draft202012Validator

from bot.content import Answer
from bot.content.desk import REPLIES, TEAMS, StandardReply, load_replies
from bot.yamlsource import load
from steunwijzer.checks import language, shapes
from steunwijzer.checks.finding import Finding
from steunwijzer.checks.project import Project

_INFORMAL = re.compile(r"\b(?:je|jij|jou|jouw|jullie)\b", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\{([^}]*)\}")
# Filled in for who speaks.
_OWN = frozenset({"naam"})


def check(project: Project) -> Iterator[Finding]:
    """Shape first: what is misshapen is not read any further."""
    misshapen = [finding for file in (REPLIES, TEAMS) for finding in _shape(project, str(file))]
    yield from misshapen
    if misshapen:
        return
    replies = load_replies(project.root / "content")
    twice = [one for one, count in Counter(reply.id for reply in replies).items() if count > 1]
    for reply in replies:
        yield from _one(reply, project, reply.id in twice)
    yield from language.check_answers([_as_answer(reply) for reply in replies], project.root / "content")


def _shape(project: Project, file: str) -> Iterator[Finding]:
    path = project.root / "content" / file
    schema = path.with_suffix("").with_suffix(".schema.json")
    validator = Draft202012Validator(json.loads(schema.read_text(encoding="utf-8")))
    yield from shapes.findings_of(load(path), validator, f"content/{file}", schema.name)


def _one(reply: StandardReply, project: Project, twice: bool) -> Iterator[Finding]:
    place = f"content/{REPLIES}:{reply.line}"
    if twice:
        yield Finding(place, f"het antwoord '{reply.id}' staat er twee keer.", "Geef één van beide een andere naam.")
    for word in sorted({found.lower() for found in _INFORMAL.findall(reply.text)}):
        yield Finding(place, f"'{reply.id}' zegt '{word}'.", "Schrijf 'u' of 'uw'.")
    for topic in sorted(reply.topics - set(project.flows)):
        yield Finding(place, f"'{reply.id}': het onderwerp '{topic}' bestaat niet.", "Kies een naam uit data/flows.")
    for code in sorted(reply.gemeenten - set(project.facts.municipalities)):
        yield Finding(place, f"'{reply.id}': gemeente '{code}' heeft geen profiel.", "Kijk de code na.")
    for name in sorted(set(_PLACEHOLDER.findall(reply.text)) - _OWN):
        kind, _, field = name.partition(".")
        known = project.facts.municipalities.get("_landelijk", {}) if kind == "gemeente" else {}
        if field not in known and not (kind != "gemeente" and project.facts.lookup(name, project.today, None)):
            yield Finding(
                place, f"'{reply.id}': '{{{name}}}' is niet bekend.", "Kijk in content/gemeenten hoe het veld heet."
            )


def _as_answer(reply: StandardReply) -> Answer:
    return Answer(key=reply.id, text=reply.text, source=f"{REPLIES}:{reply.line}")
