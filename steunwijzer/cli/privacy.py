"""``steunwijzer privacy``: what is recognised as personal data, and how well?"""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from steunwijzer.cli.dutch import DutchCommand, DutchGroup
from steunwijzer.cli.files import fail, read_lines, write_lines
from steunwijzer.cli.readable import as_page
from steunwijzer.cli.records import change, now, records
from steunwijzer.privacy import mask
from steunwijzer.privacy import measure as measuring
from steunwijzer.privacy.seal import Sealer
from steunwijzer.settings import ROOT, load_settings
from steunwijzer.store import delete_conversation, deletions, everything_of, set_hold

app = typer.Typer(cls=DutchGroup, help="Persoonsgegevens afschermen.", no_args_is_help=True)
MESSAGES = ROOT / "tests" / "privacy" / "berichten.jsonl"


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


@app.command(cls=DutchCommand)
def measure(
    bestand: Annotated[Path, typer.Argument(help="JSONL-bestand met 'text', 'part' en 'spans'")] = MESSAGES,
    fouten: Annotated[bool, typer.Option("--fouten", help="ook laten zien wat er misgaat")] = False,
) -> None:
    """Meet het afschermen: hoeveel wordt gevonden, en hoeveel daarvan terecht."""
    read_lines(bestand)  # exits with a Dutch message when a line is not right
    messages = measuring.read(bestand)
    began = time.perf_counter()
    parts = {part: [m for m in messages if m.part == part] for part in sorted({m.part for m in messages})}
    figures = {part: measuring.measure(chosen, lambda text: mask(text).found) for part, chosen in parts.items()}
    each = (time.perf_counter() - began) * 1000 / len(messages)
    table = Table("deel", "soort", "gevonden", "van", "vindt", "terecht")
    for part, of_part in figures.items():
        table.add_row(part, "alles", str(of_part.found.total()), str(of_part.wanted.total()), f"{of_part.recall:.1%}", f"{of_part.precision:.1%}")  # fmt: skip
        for kind, wanted in sorted(of_part.wanted.items()):
            table.add_row("", kind, str(of_part.found[kind]), str(wanted), f"{of_part.found[kind] / wanted:.1%}", "")
    Console().print(table)
    without = sum(not message.spans for message in messages)
    typer.echo(f"{len(messages)} berichten, {without} zonder persoonsgegevens; {each:.2f} ms per bericht")
    for of_part in figures.values() if fouten else ():
        for line in of_part.missed:
            typer.echo(f"gemist     {line}")
        for line in of_part.too_much:
            typer.echo(f"te veel    {line}")


_ID = Annotated[str, typer.Argument(help="nummer (id) van het gesprek")]
_REASON = Annotated[str, typer.Option("--reden", help="waarom; dit wordt genoteerd")]
_WHO = Annotated[str, typer.Option("--wie", help="wie dit besluit; dit wordt genoteerd")]


@app.command(cls=DutchCommand)
def export(
    gesprek: _ID,
    leesbaar: Annotated[
        bool, typer.Option("--leesbaar", help="als bladzijde (HTML) om te lezen of af te drukken")
    ] = False,
) -> None:
    """Laat alles zien wat van één gesprek is bewaard (JSON), voor een inwoner die daarom vraagt."""
    sealer = Sealer(load_settings().secret_key)
    found = asyncio.run(change(lambda session: everything_of(session, gesprek, sealer.open)))
    if found is None:
        raise fail(f"Er is geen gesprek {gesprek} (meer).")
    typer.echo(as_page(found) if leesbaar else json.dumps(found, ensure_ascii=False, indent=2))


@app.command(cls=DutchCommand)
def hold(gesprek: _ID, reden: _REASON, wie: _WHO) -> None:
    """Houdt een gesprek vast, ook na de bewaartermijn, bijvoorbeeld voor een klacht."""
    _hold(gesprek, True, reden, wie)


@app.command(cls=DutchCommand)
def release(gesprek: _ID, reden: _REASON, wie: _WHO) -> None:
    """Laat een vastgehouden gesprek weer los; daarna geldt de bewaartermijn."""
    _hold(gesprek, False, reden, wie)


def _hold(conversation: str, on_hold: bool, reason: str, who: str) -> None:
    done = asyncio.run(
        change(lambda session: set_hold(session, conversation, on_hold=on_hold, reason=reason, who=who, now=now()))
    )
    if not done:
        raise fail(f"Er is geen gesprek {conversation} (meer).")
    typer.echo(f"Gesprek {conversation} wordt {'vastgehouden' if on_hold else 'losgelaten'}.")


@app.command(cls=DutchCommand)
def delete(gesprek: _ID) -> None:
    """Wist één gesprek met alles wat eraan hangt, ook als het wordt vastgehouden."""
    asyncio.run(change(lambda session: delete_conversation(session, gesprek, "beheer", now())))
    typer.echo(f"Gesprek {gesprek} is gewist.")


@app.command(cls=DutchCommand)
def purge() -> None:
    """Wist wat ouder is dan de bewaartermijn. De front office doet dit zelf ook, elke zes uur."""
    settings = load_settings()
    gone = asyncio.run(
        records(lambda database: database.purge(now(), settings.retention_days, settings.callback_retention_days))
    )
    typer.echo(f"{gone[0]} gesprekken en {gone[1]} terugbelverzoeken gewist.")


@app.command(cls=DutchCommand, name="log")
def log_command() -> None:
    """Laat zien wanneer er is gewist en hoeveel; nooit wat."""
    for gone in asyncio.run(change(deletions)):
        typer.echo(
            f"{gone.at:%Y-%m-%d %H:%M} {gone.why:14} {gone.conversations} gesprekken, {gone.messages} berichten, "
            f"{gone.callbacks} terugbelverzoeken"
        )
