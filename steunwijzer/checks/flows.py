"""Flows: names that exist, ways out, and what every path must hold."""

from __future__ import annotations

from collections.abc import Iterator

from bot.flows import Flow, Known, validate
from steunwijzer.checks.finding import Finding
from steunwijzer.checks.project import Project

# In each of these a resident hears about free client support (Wmo 2.2.4 and 2.3.2; Jeugdwet; Wlz 4.2.1).
NEEDS_CLIENT_SUPPORT = frozenset(
    {
        "wmo_melding", "wmo_procedure_termijn", "huishoudelijke_hulp", "begeleiding_dagbesteding", "vervoer", "woningaanpassing", "hulpmiddelen",
        "beschermd_wonen_opvang", "pgb_uitleg", "zin_uitleg", "pgb_vs_zin", "pgb_voorwaarden", "jeugdhulp", "wlz", "mantelzorg", "respijtzorg",
        "bezwaar_klacht", "herindicatie_verlenging", "status_aanvraag", "keuzehulp", "pgb_zelftest", "pgb_stappen", "pgb_wisselen", "pgb_combineren",
    }
)  # fmt: skip


def check(project: Project) -> Iterator[Finding]:
    """Problems of the flow validator, topics without a flow, and paths without client support."""
    known = Known(
        slots=project.slots,
        intents=frozenset(project.domain["intents"]),
        actions=frozenset(project.domain["actions"]),
        answers=frozenset(project.answers),
    )
    for problem in validate(project.flows, known):
        yield Finding(f"data/flows/{problem.file}:{problem.line}", problem.message, problem.remedy)
    triggered = {intent for flow in project.flows.values() for intent in flow.triggers}
    acts = {"stop", "terug", "herhaal", "leg_uit"}
    for intent in project.topics:
        if intent not in triggered | acts:
            yield Finding(
                "domain.yml", f"op '{intent}' volgt geen gesprek.", "Maak een stroom met nlu_trigger voor deze intent."
            )
    for name in sorted(NEEDS_CLIENT_SUPPORT & set(project.flows)):
        if not _mentions_client_support(project.flows[name], project):
            message = f"stroom '{name}' noemt nergens gratis cliëntondersteuning."
            yield Finding(
                f"data/flows/{project.flows[name].file}",
                message,
                "Voeg 'call: clientondersteuning_kort' toe of noem het in een tekst.",
            )


def _mentions_client_support(flow: Flow, project: Project) -> bool:
    for step in flow.steps.values():
        if step.kind in {"call", "link"} and step.value.startswith("clientondersteuning"):
            return True
        for answer in project.answers.get(str(step.value) if step.kind == "action" else step.utter, []):
            text = f"{answer.text} {' '.join(button['payload'] for button in answer.buttons)}".lower()
            if "cliëntonderst" in text or "/clientondersteuning" in text:
                return True
    return False
