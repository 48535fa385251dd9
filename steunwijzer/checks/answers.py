"""Every text a resident may read."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from bot.content import Answer, questionnaires
from bot.content.facts import NATIONAL
from steunwijzer.checks.finding import Finding
from steunwijzer.checks.project import Project

MAX_WORDS = 130
_PLACEHOLDER = re.compile(r"\{([\w.]+)\}")
_SET = re.compile(r"^/SetSlots\((.+)\)$")
# Files with texts that stand in content/ itself.
_BESIDE_ANSWERS = ("crisis.yml", *questionnaires.FILES)
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
    }
)
# Said by code: the front office, the renderer, the engine or an action.
_USED_BY_CODE = re.compile(
    r"^utter_(?:opties_|begrip|termijnen|voorbereiding_lijst|terugbel|vergelijking|keuzehulp_|zelftest_|storing|afgeschermd|wacht_op|doorgegeven|niemand_aanwezig|tekst_verlopen|uitleg|terugweg|ask_)"
)


def check(project: Project) -> Iterator[Finding]:
    """Sources, placeholders, buttons, promises, lengths, unused and equal texts."""
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
    if len(text.split()) > MAX_WORDS:
        yield Finding(
            place, f"'{answer.key}' is lang ({len(text.split())} woorden).", "Maak er twee berichten van.", blocks=False
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
    used = {step.utter or str(step.value) for flow in project.flows.values() for step in flow.steps.values()}
    used |= {
        rejection.utter
        for flow in project.flows.values()
        for step in flow.steps.values()
        for rejection in step.rejections
    }
    for key, variations in project.answers.items():
        if key not in used and not _USED_BY_CODE.match(key):
            yield Finding(
                place_of(variations[0]),
                f"tekst '{key}' wordt nergens gebruikt.",
                "Gebruik hem of haal hem weg.",
                blocks=False,
            )


def _equal(project: Project) -> Iterator[Finding]:
    same: dict[str, list[Answer]] = defaultdict(list)
    for variations in project.answers.values():
        for answer in variations:
            same[" ".join(answer.text.lower().split())].append(answer)
    for answers in same.values():
        if len({answer.key for answer in answers}) > 1:
            first, second = answers[0], answers[1]
            yield Finding(
                place_of(second),
                f"'{second.key}' is gelijk aan '{first.key}'.",
                "Gebruik één van beide.",
                blocks=False,
            )


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
