"""Somebody under 18 is spoken to with "je": no question of a questionnaire and no cell of the comparison says "u" to them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from bot.content import questionnaires
from bot.content.shaped import ShapeError
from bot.yamlsource import line_of
from steunwijzer.checks.finding import Finding
from steunwijzer.checks.project import Project
from steunwijzer.guidance.care_forms import LAWS, compare, read

FORMAL = re.compile(r"\b(?:u|uw|uzelf)\b", re.IGNORECASE)
_SAID = ("onderwerp", "vraag", "simpel", "steun")


def check(project: Project) -> Iterator[Finding]:
    """Every question and outcome, and the comparison for each law, in the words for the young."""
    yield from _comparison(project.root / "content" / "zorgvormen.yml")
    for path in questionnaires.questionnaire_files(project.root / "content"):
        data = questionnaires.read(path)
        young = questionnaires.said_to(data, young=True)
        for question, said in zip(data["vragen"], young["vragen"], strict=True):
            for name in _SAID:
                if FORMAL.search(said.get(name, "")):
                    message = f"'{question['slot']}' zegt bij '{name}' u tegen een jongere."
                    yield Finding(
                        f"content/{path.name}:{line_of(question)}", message, f"Zet onder 'jij' een '{name}' met je."
                    )
        for value, heading in young["uitkomst"].get("kop", {}).items():
            if FORMAL.search(heading):
                message = f"de kop '{heading}' zegt u tegen een jongere."
                yield Finding(
                    f"content/{path.name}:{line_of(data, 'uitkomst')}",
                    message,
                    f"Zet bij 'kop_jij' een '{value}' met je.",
                )


def _comparison(path: Path) -> Iterator[Finding]:
    try:
        data = read(path)
    except ShapeError:
        return  # the check on balance says what is wrong with the file
    for law in LAWS:
        table = compare(data, law, "", young=True)
        for said in (table.as_text(), table.conditions):
            found = FORMAL.search(said)
            if found:
                around = said[max(0, found.start() - 30) : found.end() + 20].replace("\n", " ")
                yield Finding(
                    f"content/{path.name}:{line_of(data, 'punten')}",
                    f"de vergelijking bij '{law}' zegt u tegen een jongere: '…{around}…'.",
                    "Schrijf de zin zonder u, of zet onder 'jij' een zin met je.",
                )
