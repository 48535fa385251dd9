"""Somebody under 18 is spoken to with "je": no question of a questionnaire says "u" to them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.content import questionnaires
from bot.yamlsource import line_of
from steunwijzer.checks.finding import Finding
from steunwijzer.checks.project import Project

FORMAL = re.compile(r"\b(?:u|uw|uzelf)\b", re.IGNORECASE)
_SAID = ("onderwerp", "vraag", "simpel", "steun")


def check(project: Project) -> Iterator[Finding]:
    """Every question and outcome in the words for the young."""
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
