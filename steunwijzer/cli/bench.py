"""``steunwijzer bench``: speed and memory beside a stock Rasa; how fast the history finds something back, and the desk hears of a message."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer
from rich.console import Console
from rich.markdown import Markdown
from rich.table import Table

from steunwijzer.cli.files import fail
from steunwijzer.settings import ROOT, VAR

console = Console()


HISTORY, DESK, STOCK = "geschiedenis", "balie", "rasa"
_OPEN_TALKS = 200
_FEW = 5_000


def bench(
    wat: Annotated[
        str,
        typer.Argument(
            help=f"'{HISTORY}': zoeken in oude gesprekken; '{DESK}': hoe snel een bericht bij de balie is; '{STOCK}': naast een kale Rasa"
        ),
    ] = "",
    snel: Annotated[bool, typer.Option("--snel", help="korte meting, schrijft geen rapport")] = False,
    voorbeelden: Annotated[int, typer.Option("--voorbeelden", min=2, help=f"zoveel per onderwerp voor '{STOCK}'")] = 30,
    gesprekken: Annotated[int, typer.Option("--gesprekken", help=f"zoveel gesprekken voor '{HISTORY}'")] = 100_000,
) -> None:
    """Meet de balie, het zoeken in oude gesprekken, en snelheid en geheugen naast een kale Rasa (dat laatste in docs/benchmarks.md)."""
    if wat == HISTORY:
        _history(gesprekken)
    elif wat == DESK:
        _desk()
    elif wat == STOCK:
        _beside_stock(snel, voorbeelden)
    elif wat:
        raise fail(
            f"'{wat}' is niets om te meten. Kies '{HISTORY}', '{DESK}' of '{STOCK}', of laat het weg voor alles."
        )
    else:
        _desk()
        _history(_FEW if snel else gesprekken)
        _beside_stock(snel, voorbeelden)


def _beside_stock(snel: bool, per_topic: int) -> None:
    from steunwijzer.bench import run
    from steunwijzer.bench.programs import BenchError

    try:
        report = run(lambda text: console.print(f"[dim]{text}[/dim]"), quick=snel, per_intent=per_topic)
    except BenchError as error:
        raise fail(str(error)) from error
    console.print(Markdown(report))


def _history(size: int) -> None:
    from steunwijzer.bench import history

    def say(words: str) -> None:
        console.print(f"[dim]{words}[/dim]")

    figures = asyncio.run(history.run(VAR / "bench", ROOT / "data" / "nlu", size, say))
    for database, asked in figures.items():
        table = Table("zoeken", "gevonden", "p50 (ms)", "p95 (ms)", title=f"{database}, {size} gesprekken")
        for one in asked:
            table.add_row(one.name, str(one.found), f"{one.p50:.0f}", f"{one.p95:.0f}")
        console.print(table)


def _desk() -> None:
    from steunwijzer.bench import desk
    from steunwijzer.bench.programs import BenchError

    try:
        delay = asyncio.run(desk.run(_OPEN_TALKS, lambda words: console.print(f"[dim]{words}[/dim]")))
    except BenchError as error:
        raise fail(str(error)) from error
    table = Table(
        "berichten", "p50 (ms)", "p95 (ms)", "langste (ms)", title=f"bij de balie, {_OPEN_TALKS} gesprekken open"
    )
    table.add_row(str(delay.messages), f"{delay.p50:.0f}", f"{delay.p95:.0f}", f"{delay.most:.0f}")
    console.print(table)
