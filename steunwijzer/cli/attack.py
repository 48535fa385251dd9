"""``steunwijzer aanval``: what a resident notices of an attack."""

from __future__ import annotations

from typing import Annotated

import typer
from rich import box
from rich.console import Console
from rich.table import Column, Table

from steunwijzer.bench import attack
from steunwijzer.bench.attack import Row
from steunwijzer.cli.files import fail
from steunwijzer.cli.local import fresh_assistant

# The resident and the attacker come from different addresses, through a proxy that is ours.
_ENVIRONMENT = {"TRUSTED_PROXY": "on", "RATE_LIMITS": "on"}
# Exit codes: a resident was hurt; the machine was too busy to tell.
HURT, UNCLEAR = 1, 2
_LATER = "Draai dit nog eens als het rustig is."


def aanval(
    hoogstens: Annotated[float, typer.Option("--hoogstens", help="zoveel maal langzamer mag het worden")] = 3.0,
) -> None:
    """Start een eigen Steunwijzer, valt hem aan, en meet hoe lang een gewone inwoner wacht."""
    with fresh_assistant(_ENVIRONMENT) as running:
        rows = attack.run(running.site, hoogstens, lambda name: typer.echo(f"meten: {name}", err=True))
    table = Table(
        Column("aanval", no_wrap=True),
        *(Column(title, justify="right") for title in ("vooraf", "erbij", "erna", "maal", "gemist", "gestuurd", "geweigerd")),
        title="Zo lang wacht een inwoner (p95, in milliseconden)",
        box=box.SIMPLE_HEAD,
        padding=0,
    )  # fmt: skip
    for row in rows:
        waited = [f"{milliseconds:.0f}" for milliseconds in (row.before, row.p95, row.after)]
        counted = [str(number) for number in (row.failed, row.tally.sent, row.tally.refused)]
        table.add_row(row.attack, *waited, f"{row.ratio:.2f}", *counted)
    Console().print(table)
    words, code = verdict(rows, hoogstens)
    if code:
        raise fail(words, code)
    typer.echo(words)


def verdict(rows: list[Row], most: float) -> tuple[str, int]:
    """What a measurement shows, and the exit code."""
    if complaint := complaint_about(rows, most):
        return f"Gezakt. {complaint}", HURT
    if unclear := [row.attack for row in rows if row.slowed(most) is None]:
        return f"Geen oordeel: de machine deed te veel ander werk bij: {', '.join(unclear)}. {_LATER}", UNCLEAR
    return f"Geslaagd: bij geen aanval wacht een inwoner meer dan {most:g} maal zo lang.", 0


def complaint_about(rows: list[Row], most: float) -> str:
    """What is wrong with a measurement; empty when nothing shows that residents are hurt."""
    told = {
        "De aanval kwam niet aan bij": [row for row in rows if not row.tally.sent],
        "Een inwoner kreeg geen antwoord bij": [row for row in rows if row.failed],
        f"Meer dan {most:g} maal langzamer bij": [row for row in rows if row.slowed(most) and not row.failed],
    }
    return " ".join(f"{what}: {', '.join(row.attack for row in wrong)}." for what, wrong in told.items() if wrong)
