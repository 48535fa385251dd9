"""Free client support comes before the melding on every path of every flow (Wmo 2015, articles 2.2.4 and 2.3.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.flows import Flow
from bot.flows.model import END, Step
from steunwijzer.checks.finding import Finding
from steunwijzer.checks.project import Project

_SUPPORT = re.compile(r"cliëntonderst|clientonderst|/clientondersteuning", re.IGNORECASE)
# Texts that say how to do the melding, beyond a button that leads to the topic.
_MELDING = re.compile(r"\{gemeente\.melding_url\}")
_MELDING_ANSWERS = frozenset({"utter_wmo_melding_hoe"})


def check(project: Project) -> Iterator[Finding]:
    """Each flow in which some path says how to do a melding before it names client support."""
    for flow in project.flows.values():
        step = first_melding_without_support(flow, project)
        if step:
            yield Finding(
                f"data/flows/{flow.file}:{step.line}",
                f"stroom '{flow.id}' komt bij de melding (stap '{step.id}') zonder eerst cliëntondersteuning te noemen.",
                "Zet 'call: clientondersteuning_kort' ervoor, of noem het in een eerdere tekst.",
            )


def first_melding_without_support(flow: Flow, project: Project) -> Step | None:
    """Walks every road from the beginning and stops where client support is named; the melding step it still reaches."""
    waiting, seen = [flow.first], set[str]()
    while waiting:
        name = waiting.pop()
        if name == END or name in seen or name not in flow.steps:
            continue
        seen.add(name)
        step = flow.steps[name]
        if _names_support(step, project):
            continue
        if _is_melding(step, project):
            return step
        waiting += [branch.target for branch in step.next]
    return None


def _texts(step: Step, project: Project) -> str:
    key = str(step.value) if step.kind == "action" else step.utter
    return " ".join(
        f"{answer.text} {' '.join(button['payload'] for button in answer.buttons)}"
        for answer in project.answers.get(key, [])
    )


def _names_support(step: Step, project: Project) -> bool:
    if step.kind in {"call", "link"}:
        return str(step.value).startswith("clientondersteuning")
    return bool(_SUPPORT.search(_texts(step, project)))


def _is_melding(step: Step, project: Project) -> bool:
    return step.kind == "action" and (
        str(step.value) in _MELDING_ANSWERS or bool(_MELDING.search(_texts(step, project)))
    )
