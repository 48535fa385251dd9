"""``steunwijzer bench``: speed and memory beside a stock Rasa."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.markdown import Markdown

from steunwijzer.cli.files import fail

console = Console()


def bench(snel: Annotated[bool, typer.Option("--snel", help="korte meting, schrijft geen rapport")] = False) -> None:
    """Meet snelheid en geheugen naast een kale Rasa en schrijft docs/benchmarks.md."""
    from steunwijzer.bench import run
    from steunwijzer.bench.programs import BenchError

    try:
        report = run(lambda text: console.print(f"[dim]{text}[/dim]"), quick=snel)
    except BenchError as error:
        raise fail(str(error)) from error
    console.print(Markdown(report))
