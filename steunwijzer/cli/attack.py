"""``steunwijzer aanval``: what a resident notices of an attack."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Column, Table

from steunwijzer.bench import attack
from steunwijzer.bench.attack import Row
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
    table = Table(
        Column("aanval", overflow="fold"),
        "p95 vooraf",
        "p95 erbij",
        "p95 erna",
        "maal",
        "gemist",
        "gestuurd",
        "geweigerd",
    )
    for row in rows:
        waited = [f"{milliseconds:.0f} ms" for milliseconds in (row.before, row.p95, row.after)]
        counted = [str(number) for number in (row.failed, row.tally.sent, row.tally.refused)]
        table.add_row(row.attack, *waited, f"{row.ratio:.2f}", *counted)
    Console().print(table)
    if complaint := complaint_about(rows, hoogstens):
        raise fail(complaint)


def complaint_about(rows: list[Row], most: float) -> str:
    """What is wrong with a measurement; empty when it shows that residents notice little."""
    told = {
        "De aanval kwam niet aan bij": [row for row in rows if not row.tally.sent],
        "Een inwoner kreeg geen antwoord bij": [row for row in rows if row.failed],
        f"Meer dan {most:g} maal langzamer bij": [row for row in rows if row.ratio > most and not row.restless],
        "De machine deed te veel ander werk om te meten bij": [row for row in rows if row.restless],
    }
    return " ".join(f"{what}: {', '.join(row.attack for row in wrong)}." for what, wrong in told.items() if wrong)
