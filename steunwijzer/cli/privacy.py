"""``steunwijzer privacy``: what is recognised as personal data?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from steunwijzer.cli.dutch import DutchCommand, DutchGroup
from steunwijzer.cli.files import read_lines, write_lines
from steunwijzer.privacy import mask

app = typer.Typer(cls=DutchGroup, help="Persoonsgegevens afschermen.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """Keeps ``mask`` a command of its own."""


@app.command(cls=DutchCommand, name="mask")
def mask_command(
    bron: Annotated[Path, typer.Argument(help="JSONL-bestand; elke regel heeft 'text'")],
    doel: Annotated[Path, typer.Argument(help="JSONL-bestand dat wordt gemaakt")],
) -> None:
    """Voegt aan elke regel 'masked_text' en 'found' toe: de afgeschermde tekst en wat er gevonden is."""
    records = read_lines(bron)
    done = []
    for record in records:
        masked = mask(record["text"])
        found = [{"kind": kind, "start": start, "end": end} for kind, start, end in masked.found]
        done.append({**record, "masked_text": masked.text, "found": found})
    write_lines(doel, done)
    typer.echo(f"{len(done)} teksten bekeken, resultaat in {doel}")
