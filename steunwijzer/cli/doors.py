"""``steunwijzer deur``: close a way in, with a reason, and open it again."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from steunwijzer.cli.dutch import DutchCommand, DutchGroup
from steunwijzer.cli.files import fail
from steunwijzer.cli.records import change, now
from steunwijzer.store import DOORS, closed_doors, decisions, set_door

app = typer.Typer(
    cls=DutchGroup,
    help="Een deur sluiten en openen: chat (de API), widget (het script) en pages (de pagina's).",
    no_args_is_help=True,
)
_DOOR = Annotated[str, typer.Argument(help=f"één van: {', '.join(DOORS)}")]
_WHO = Annotated[str, typer.Option("--wie", help="wie dit besluit; dit wordt genoteerd")]


@app.command(cls=DutchCommand, name="dicht")
def close(
    deur: _DOOR,
    reden: Annotated[str, typer.Option("--reden", help="waarom; inwoners lezen dit")],
    wie: _WHO,
) -> None:
    """Sluit een deur. Binnen enkele seconden is hij dicht, ook zonder opnieuw te starten."""
    _set(deur, False, reden, wie)


@app.command(cls=DutchCommand, name="open")
def open_door(
    deur: _DOOR, wie: _WHO, reden: Annotated[str, typer.Option("--reden", help="waarom; dit wordt genoteerd")] = ""
) -> None:
    """Opent een deur weer."""
    _set(deur, True, reden, wie)


@app.command(cls=DutchCommand, name="stand")
def state() -> None:
    """Laat zien welke deuren open en dicht zijn, en wat er is besloten."""
    closed = asyncio.run(change(closed_doors))
    for name in DOORS:
        typer.echo(f"{name:8} {'dicht: ' + closed[name] if name in closed else 'open'}")
    for made in asyncio.run(change(decisions)):
        typer.echo(f"{made.at:%Y-%m-%d %H:%M} {made.who}: {made.what} {made.subject} ({made.reason})")


def _set(name: str, is_open: bool, reason: str, who: str) -> None:
    if name not in DOORS:
        raise fail(f"'{name}' is geen deur. Kies uit {', '.join(DOORS)}.")
    asyncio.run(change(lambda session: set_door(session, name, is_open=is_open, reason=reason, who=who, now=now())))
    typer.echo(f"Deur {name} is {'open' if is_open else 'dicht'}.")
