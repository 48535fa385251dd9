"""Care in kind and pgb get the same: the same number of pros and cons, the same place, and no verdict (Wmo 2015, 2.3.2 lid 6)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.content import questionnaires
from bot.content.shaped import ShapeError
from bot.flows import Flow
from bot.yamlsource import line_of
from steunwijzer.checks.answers import place_of
from steunwijzer.checks.finding import Finding
from steunwijzer.checks.project import Project
from steunwijzer.guidance.care_forms import FORMS, LAWS, compare, read

# Which flow asks the questions of which file.
_ASKED_IN = {questionnaires.CHOICE_AID: "keuzehulp", questionnaires.SELF_CHECK: "pgb_zelftest"}
# One form may take this many times the words of the other before an editor is asked to look.
_FAR_MORE_WORDS = 1.75
_VERDICT = re.compile(
    r"\b(?:wij raden|ik raad|ons advies|mijn advies|u kunt (?:het )?beste?r?|beter voor u|past het best(?:e)? bij u|(?:niet )?geschikt"
    r"|(?:een pgb|zorg in natura) is (?:beter|de beste))\b",
    re.IGNORECASE,
)
_ABOUT_CHOOSING = ("utter_keuzehulp", "utter_zelftest", "utter_vergelijking", "utter_pgb_", "utter_zin_", "utter_ask_k")


def check(project: Project) -> Iterator[Finding]:
    """The comparison per law, the choice aid and the self-check with their flows, and texts that judge."""
    content = project.root / "content"
    yield from _comparison(content / "zorgvormen.yml")
    for file, flow in _ASKED_IN.items():
        data = questionnaires.read(content / file)
        yield from _asked(data, file, project.flows.get(flow), flow)
        yield from _answers_exist(data, file, project)
    yield from _order_of_buttons(questionnaires.read(content / questionnaires.CHOICE_AID))
    yield from _verdicts(project)


def _comparison(path: Path) -> Iterator[Finding]:
    try:
        data = read(path)
    except ShapeError as error:
        remedy = "Houd zorg in natura en pgb in balans: bij elke wet evenveel, en van beide elk punt."
        yield Finding(f"content/{path.name}:{error.line}", str(error), remedy)
        return
    for law in LAWS:
        table = compare(data, law, "")
        words = [sum(len(row[side].split()) for row in table.rows) for side in (1, 2)]
        if max(words) > _FAR_MORE_WORDS * min(words):
            yield Finding(
                f"content/{path.name}:{line_of(data, 'punten')}",
                f"bij '{law}' krijgt de ene vorm {max(words)} woorden en de andere {min(words)}.",
                "Vertel over beide ongeveer evenveel.",
                blocks=False,
            )


def _asked(data: Mapping[str, Any], file: str, flow: Flow | None, name: str) -> Iterator[Finding]:
    """Every question of the file is asked in its flow, in the same order: the resident sees "vraag 3 van 10"."""
    asked = [step.value for step in flow.steps.values() if step.kind == "collect"] if flow else []
    slots = [question["slot"] for question in data["vragen"]]
    if [slot for slot in asked if slot in slots] != slots:
        yield Finding(
            f"content/{file}:{line_of(data, 'vragen')}",
            f"stroom '{name}' stelt niet precies deze vragen in deze volgorde.",
            f"Zet ze in dezelfde volgorde in data/flows ('{name}'), of herstel de volgorde hier.",
        )


def _answers_exist(data: Mapping[str, Any], file: str, project: Project) -> Iterator[Finding]:
    for question in data["vragen"]:
        allowed = set(project.slots.get(question["slot"], ()))
        if allowed != set(questionnaires.labels(data, question)):
            yield Finding(
                f"content/{file}:{line_of(question)}",
                f"de antwoorden van '{question['slot']}' staan niet zo in domain.yml.",
                "Geef het slot daar precies deze waarden.",
            )


def _order_of_buttons(data: Mapping[str, Any]) -> Iterator[Finding]:
    """Either form stands first on the buttons of half of the questions (one more when their number is odd)."""
    first = [next(iter(question["antwoorden"])) for question in data["vragen"]]
    counts = [first.count(form) for form in FORMS]
    if max(counts) - min(counts) > 1:
        yield Finding(
            f"content/{questionnaires.CHOICE_AID}:{line_of(data, 'vragen')}",
            f"zorg in natura staat {counts[0]} keer vooraan en het pgb {counts[1]} keer.",
            "Wissel bij een paar vragen de volgorde van de antwoorden.",
        )


def _verdicts(project: Project) -> Iterator[Finding]:
    for key, variations in project.answers.items():
        for answer in variations if key.startswith(_ABOUT_CHOOSING) else ():
            found = _VERDICT.search(f"{answer.text}\n{answer.simple or ''}")
            if found:
                yield Finding(
                    place_of(answer),
                    f"'{key}' geeft een oordeel ('{found.group()}').",
                    "Geef beide kanten; de inwoner kiest en de gemeente beslist.",
                )
