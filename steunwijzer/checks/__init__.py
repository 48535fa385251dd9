"""All checks of content, examples and flows: the same for ``steunwijzer check``, CI and, later, the studio."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from steunwijzer.checks import (
    answers,
    balance,
    crisis,
    desk,
    examples,
    facts,
    flows,
    language,
    options,
    shapes,
    strings,
    support,
    terms,
    unused,
    young,
)
from steunwijzer.checks.finding import Finding
from steunwijzer.checks.project import Project, ProjectUnreadable

__all__ = ["Finding", "check_project"]

CHECKS = (
    flows.check, support.check, answers.check, balance.check, crisis.check, strings.check, terms.check, facts.check, examples.check, options.check, language.check, young.check, unused.check, desk.check,
)  # fmt: skip


def check_project(root: Path, today: date) -> list[Finding]:
    """Everything there is to mend on this day, what blocks first."""
    misshapen = list(shapes.check(root))
    if misshapen:
        return sorted(misshapen, key=lambda finding: finding.place)
    try:
        project = Project.read(root, today)
    except ProjectUnreadable as error:
        return [Finding(error.place, error.message, "Herstel dit eerst; daarna volgen de andere controles.")]
    findings = [finding for check in CHECKS for finding in check(project)]
    return sorted(findings, key=lambda finding: (not finding.blocks, finding.place))
