"""Every text a resident may read."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path

from bot.content import Answer, questionnaires
from bot.content.facts import NATIONAL
from steunwijzer.checks.finding import Finding
from steunwijzer.checks.project import Project

_PLACEHOLDER = re.compile(r"\{([\w.]+)\}")
_SET = re.compile(r"^/SetSlots\((.+)\)$")
# Files with texts that stand in content/ itself.
_BESIDE_ANSWERS = ("crisis.yml", "balie/", *questionnaires.FILES)
_ACTS = frozenset({"stop", "terug", "herhaal", "leg_uit", "opnieuw", "bedoel_anders"})
_PROMISE = re.compile(
    r"\bu (?:heeft|hebt) recht op\b|\bheeft u recht op\b|\bu bent (?:niet )?geschikt\b|\bu krijgt zeker\b",
    re.IGNORECASE,
)
_PHONE = re.compile(r"\b0(?:800|900)[- ]?\d{3,4}\b|\b\d{3}[- ]\d{3} \d{2} \d{2}\b")
# A text that names an amount, a term, a law or a number says something that must have a source.
_AMOUNT = re.compile(r"€\s*\d")
_STATES_FACTS = re.compile(r"\{(?:bedrag|termijn)\.|\b(?:Wmo|Jeugdwet|Wlz|artikel)\b|€")
# Filled in by an action or by the front office, not by a slot of the domain.
_PASSED = frozenset(
    {
        "begrip_term",
        "begrip_uitleg",
        "opties_tekst",
        "vergelijking_tekst",
        "voorwaarden_tekst",
        "soorten",
        "vragen_tekst",
        "keuzes_tekst",
        "keuze_eerste",
        "keuze_tweede",
        "keuze_rest",
        "keuze_loket",
        "zelftest_telling",
        "zelftest_open",
        "punten_tekst",
        "aantal",
        "chat_tijden",
        "feestdag",
        "gegevens",
        "minuten",
        "naam",
        "open_op",
        "stand",
        "uiterlijk",
    }
)
# Keys that stand in the code of the front office, the renderer, the engine or an action; with a brace behind it: how they begin.
_IN_CODE = re.compile(r"\butter_[a-z0-9_]+\{?")
# Beginnings that say too little: every question has a key like this, and a question belongs to a step.
_ANY = frozenset({"utter_{", "utter_ask_{"})
_CODE = Path(__file__).parents[2]
_PROGRAMS = ("steunwijzer", "actions", "bot/answers", "bot/channel", "bot/content", "bot/dialogue", "bot/flows")


def check(project: Project) -> Iterator[Finding]:
    """Sources, placeholders, buttons, promises, unused and equal texts."""
    for variations in project.answers.values():
        for answer in variations:
            yield from _one(answer, project)
    yield from _unused(project)
    yield from _equal(project)


def place_of(answer: Answer) -> str:
    """File and line of a text, from the project's root."""
    folder = "content" if answer.source.startswith(_BESIDE_ANSWERS) else "content/antwoorden"
    return f"{folder}/{answer.source}"


def _one(answer: Answer, project: Project) -> Iterator[Finding]:
    place = place_of(answer)
    if not answer.text:
        yield Finding(place, f"'{answer.key}' heeft geen tekst.", "Schrijf de tekst.")
    if not answer.checked_on or (not answer.sources and _STATES_FACTS.search(answer.text)):
        yield Finding(
            place,
            f"'{answer.key}' heeft geen bron of datum.",
            "Vul 'bron' en 'gecontroleerd_op' in (bij de tekst of onder 'standaard').",
        )
    elif not _is_date(answer.checked_on):
        yield Finding(place, f"'{answer.checked_on}' is geen datum.", "Schrijf jaar-maand-dag.")
    for text in filter(None, (answer.text, answer.simple)):
        yield from _text(answer, text, place, project)
    for name in answer.conditions:
        if name not in project.slots:
            yield Finding(
                place, f"voorwaarde op onbekend slot '{name}'.", "Verbeter de naam of zet het slot in domain.yml."
            )
    for button in answer.buttons:
        yield from _button(button["payload"], place, project)
    for block in answer.blocks:
        for key in block.get("items", []) if block["type"] in {"contact", "noodnummers"} else []:
            if str(key) not in project.facts.phones:
                yield Finding(place, f"nummer '{key}' bestaat niet.", "Zet het in content/telefoonnummers.yml.")


def _text(answer: Answer, text: str, place: str, project: Project) -> Iterator[Finding]:
    for path in _PLACEHOLDER.findall(text):
        if not _known(path, project):
            yield Finding(place, f"'{{{path}}}' bestaat niet.", "Verbeter de naam; anders valt deze zin stil weg.")
    if _PROMISE.search(text):
        yield Finding(place, f"'{answer.key}' belooft een recht.", "Schrijf wat de gemeente bekijkt of besluit.")
    if _PHONE.search(text):
        yield Finding(
            place,
            f"'{answer.key}' heeft een los telefoonnummer.",
            "Gebruik {telefoon.…}, dan staat elk nummer op één plek.",
        )
    if _AMOUNT.search(text):
        yield Finding(
            place,
            f"'{answer.key}' heeft een los bedrag.",
            "Zet het met zijn jaar in content/bedragen en gebruik {bedrag.…}: dan verdwijnt het als het verlopen is.",
        )


def _known(path: str, project: Project) -> bool:
    kind, _, rest = path.partition(".")
    key = rest.removesuffix(".jaar").removesuffix(".onbekend_jaar")
    tables = {"bedrag": project.facts.amounts, "termijn": project.facts.terms, "telefoon": project.facts.phones}
    if kind in tables:
        return key in tables[kind]
    if kind == "gemeente" and rest:
        return rest in project.facts.municipalities[NATIONAL]
    return path in project.slots or path in _PASSED or path.startswith("dag_")


def _button(payload: str, place: str, project: Project) -> Iterator[Finding]:
    match = _SET.match(payload)
    if not match:
        name = payload.lstrip("/")
        triggered = {intent for flow in project.flows.values() for intent in flow.triggers}
        if name not in project.flows and name not in triggered | _ACTS:
            yield Finding(place, f"knop wijst naar '{payload}', en dat bestaat niet.", "Kies een bestaand onderwerp.")
        return
    for pair in match.group(1).split(","):
        name, _, value = (part.strip() for part in pair.partition("="))
        allowed = project.slots.get(name)
        if allowed is None or (allowed and value not in map(str, allowed)):
            yield Finding(
                place,
                f"knop zet '{name}' op '{value}', en dat kan niet.",
                f"Kies uit: {', '.join(map(str, allowed or ['een bestaand slot']))}.",
            )


def _unused(project: Project) -> Iterator[Finding]:
    steps = [step for flow in project.flows.values() for step in flow.steps.values()]
    used = {step.utter or str(step.value) for step in steps}
    used |= {rejection.utter for step in steps for rejection in step.rejections}
    whole, beginnings = _keys_in_code()
    for key, variations in project.answers.items():
        if key not in used | whole and not key.startswith(beginnings):
            message = f"tekst '{key}' wordt nergens gebruikt."
            yield Finding(place_of(variations[0]), message, "Gebruik hem in een gesprek of haal hem weg.")


@lru_cache(maxsize=1)
def _keys_in_code() -> tuple[frozenset[str], tuple[str, ...]]:
    """Keys the programs say themselves, and the beginnings of keys they put together."""
    files = (path for name in _PROGRAMS for path in (_CODE / name).rglob("*.py"))
    found = {key for path in files for key in _IN_CODE.findall(path.read_text(encoding="utf-8"))}
    return frozenset(key for key in found if not key.endswith("{")), tuple(
        k[:-1] for k in found - _ANY if k.endswith("{")
    )


def _equal(project: Project) -> Iterator[Finding]:
    """The same words under two keys, or twice under one key with nothing that differs."""
    same: dict[tuple[str, ...], list[Answer]] = defaultdict(list)
    for variations in project.answers.values():
        for answer in variations:
            same[_words(answer)].append(answer)
    for first, *others in same.values():
        for other in others:
            yield Finding(
                place_of(other),
                f"'{other.key}' is gelijk aan '{first.key}' ({place_of(first)}).",
                "Gebruik één van beide, of zet bij één variant een lijst van voorwaarden.",
            )


def _words(answer: Answer) -> tuple[str, ...]:
    rest = (answer.simple or "", repr(answer.buttons), repr(answer.blocks), answer.valid_until or "")
    return (" ".join(answer.text.lower().split()), *rest)


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
