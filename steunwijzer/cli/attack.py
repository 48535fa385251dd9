"""``steunwijzer aanval``: what a resident notices of an attack."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from steunwijzer.bench import attack
from steunwijzer.cli.files import fail
from steunwijzer.cli.local import fresh_assistant

# The resident and the attacker come from different addresses, through a proxy that is ours.
_ENVIRONMENT = {"TRUSTED_PROXY": "on", "RATE_LIMITS": "on"}


def aanval(
    hoogstens: Annotated[float, typer.Option("--hoogstens", help="zoveel maal langzamer mag het worden")] = 3.0,
) -> None:
    """Start een eigen Steunwijzer, valt hem aan, en meet hoe lang een gewone inwoner wacht."""
    with fresh_assistant(_ENVIRONMENT) as running:
        rows = attack.run(running.site, lambda name: typer.echo(f"meten: {name}", err=True))
    table = Table("aanval", "p95 van een inwoner", "maal alleen")
    for row in rows:
        table.add_row(row.attack, f"{row.p95:.0f} ms", f"{row.ratio:.2f}")
    Console().print(table)
    slow = [row.attack for row in rows if row.ratio > hoogstens]
    if slow:
        raise fail(f"Meer dan {hoogstens:g} maal langzamer bij: {', '.join(slow)}.")
