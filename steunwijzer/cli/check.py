"""``steunwijzer check``: everything that can be wrong with content, examples and flows, before it goes live."""

from __future__ import annotations

from datetime import datetime

import typer
from rich.console import Console

from steunwijzer.checks import check_project
from steunwijzer.clock import NETHERLANDS
from steunwijzer.settings import ROOT

console = Console(highlight=False)


def check() -> None:
    """Controleert teksten, bedragen, voorbeeldzinnen, gesprekken en lokale hulp. Uitgang 1 als er iets te herstellen is."""
    findings = check_project(ROOT, datetime.now(NETHERLANDS).date())
    for finding in findings:
        style = "red" if finding.blocks else "yellow"
        console.print(
            f"[{style}]{'FOUT' if finding.blocks else 'let op'}[/] {finding.place}: {finding.message} {finding.remedy}",
            soft_wrap=True,
        )
    blocking = sum(finding.blocks for finding in findings)
    console.print(f"{blocking} fouten, {len(findings) - blocking} aandachtspunten")
    raise typer.Exit(1 if blocking else 0)
