"""Questionnaires that editors keep in one file: ``content/keuzehulp.yml`` and ``content/pgb_vaardigheid.yml``.

Each question becomes the text ``utter_ask_<slot>``: how far the resident is, the question, and a button per answer. A
question states nothing, so it shows no source; the outcome does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.content.shaped import ShapeError, load_shaped
from bot.yamlsource import line_of

CHOICE_AID, SELF_CHECK = "keuzehulp.yml", "pgb_vaardigheid.yml"
FILES = (CHOICE_AID, SELF_CHECK)


def read(path: Path) -> Mapping[str, Any]:
    """The file, checked. Raises :class:`~bot.content.shaped.ShapeError`."""
    data = load_shaped(path)
    seen: set[str] = set()
    for question in data["vragen"]:
        if question["slot"] in seen:
            raise ShapeError(path.name, line_of(question), f"'{question['slot']}' staat bij twee vragen.")
        seen.add(question["slot"])
    return data


def questionnaire_files(content: Path) -> list[Path]:
    """The files that are there."""
    return [content / name for name in FILES if (content / name).exists()]


def said_to(data: Mapping[str, Any], *, young: bool) -> Mapping[str, Any]:
    """The file in the words for an adult, or for somebody under 18 (``jij`` of a question, ``kop_jij`` of the outcome)."""
    if not young:
        return data
    outcome = data["uitkomst"]
    headings = {"kop": {**outcome.get("kop", {}), **outcome.get("kop_jij", {})}}
    questions = [{**question, **question.get("jij", {})} for question in data["vragen"]]
    return {**data, "vragen": questions, "uitkomst": {**outcome, **headings}}


def responses(path: Path) -> Iterator[tuple[str, list[Mapping[str, Any]], int]]:
    """Key, variations (as in ``content/antwoorden``; the first for somebody under 18, where that differs) and line of each question's text."""
    data = read(path)
    for number, question in enumerate(data["vragen"], start=1):
        progress = data["voortgang"].replace("{nummer}", str(number)).replace("{totaal}", str(len(data["vragen"])))
        plain = {
            "buttons": [
                {"title": label, "payload": f"/SetSlots({question['slot']}={value})"}
                for value, label in labels(data, question).items()
            ],
            "gecontroleerd_op": data["gecontroleerd_op"],
        }
        young = {"condition": [{"type": "slot", "name": "jongere", "value": "ja"}]} if "jij" in question else None
        variations = [(young, {**question, **question["jij"]})] if young else []
        yield (
            f"utter_ask_{question['slot']}",
            [
                {
                    "text": f"{progress}\n{words['vraag']}",
                    "simpel": f"{progress}\n{words['simpel']}",
                    **plain,
                    **(condition or {}),
                }
                for condition, words in [*variations, (None, question)]
            ],
            line_of(question),
        )


def labels(data: Mapping[str, Any], question: Mapping[str, Any]) -> dict[str, str]:
    """The answers of a question, value to label, in the order of the buttons: its own, then those of every question."""
    return {**question.get("antwoorden", {}), **data["antwoorden"]}
