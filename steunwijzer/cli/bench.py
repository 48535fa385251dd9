"""``steunwijzer bench``: speed and memory beside a stock Rasa; and how fast the history finds something back."""

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


HISTORY = "geschiedenis"


def bench(
    wat: Annotated[str, typer.Argument(help=f"'{HISTORY}' meet alleen het zoeken in oude gesprekken")] = "",
    snel: Annotated[bool, typer.Option("--snel", help="korte meting, schrijft geen rapport")] = False,
    gesprekken: Annotated[int, typer.Option("--gesprekken", help=f"zoveel gesprekken voor '{HISTORY}'")] = 100_000,
) -> None:
    """Meet snelheid en geheugen naast een kale Rasa en schrijft docs/benchmarks.md."""
    if wat == HISTORY:
        _history(gesprekken)
    elif wat:
        raise fail(f"'{wat}' is niets om te meten. Kies '{HISTORY}', of laat het weg voor alles.")
    else:
        _everything(snel)


def _everything(snel: bool) -> None:
    from steunwijzer.bench import run
    from steunwijzer.bench.programs import BenchError

    try:
        report = run(lambda text: console.print(f"[dim]{text}[/dim]"), quick=snel)
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
