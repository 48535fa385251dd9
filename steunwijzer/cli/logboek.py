"""``steunwijzer logboek``: is the log of the desk still whole, and what is in it?"""

from __future__ import annotations

import asyncio
import sys
from typing import Annotated

import typer
from sqlalchemy import select

from steunwijzer import audit
from steunwijzer.cli.dutch import DutchCommand, DutchGroup
from steunwijzer.cli.files import fail
from steunwijzer.cli.records import now, records
from steunwijzer.store import AuditEntry, Database

app = typer.Typer(cls=DutchGroup, help="Wie las of deed wat aan de balie.", no_args_is_help=True)


@app.command(cls=DutchCommand, name="controleer")
def check(
    bekend: Annotated[str, typer.Option("--bekend", help="NUMMER:HASH die u eerder heeft opgeschreven")] = "",
) -> None:
    """Rekent de keten na en noemt de eerste regel die niet klopt; bewaar de laatste hash ergens anders."""
    known = _known(bekend) if bekend else None
    verdict = asyncio.run(records(lambda database: audit.verify(database, known=known)))
    if not verdict.sound:
        raise fail(f"Regel {verdict.broken} {verdict.why}. Nagekeken: {verdict.checked} regels.")
    typer.echo(f"{verdict.checked} regels nagekeken, de keten is heel.")
    typer.echo(f"Laatste regel: {verdict.last}:{verdict.hash}")


@app.command(cls=DutchCommand)
def export(
    wie: Annotated[str, typer.Option("--wie", help="wie dit vraagt; dit komt zelf ook in het logboek")],
) -> None:
    """Schrijft het hele logboek als CSV naar de uitvoer."""
    asyncio.run(records(lambda database: _export(database, wie)))


async def _export(database: Database, who: str) -> None:
    async with database.transaction() as session:
        await audit.append(
            session, at=now(), who="opdracht", gemeente="", act="logboek_uitgevoerd", subject="logboek", detail={"wie": who}
        )  # fmt: skip
        known = list(await session.scalars(select(AuditEntry.gemeente).distinct()))
    async for line in audit.as_csv(audit.stream(database, audit.Filter({*known, ""}))):
        sys.stdout.write(line)


def _known(given: str) -> tuple[int, str]:
    number, _, digest = given.partition(":")
    if not number.isdigit() or len(digest) != len(audit.GENESIS):
        raise fail("Geef --bekend als NUMMER:HASH, zoals 'logboek controleer' het toont.")
    return int(number), digest
