"""``steunwijzer koppelingen``: look whether the connectors work, deliver now, and send again what failed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Annotated

import typer

from steunwijzer import audit
from steunwijzer.cli.dutch import DutchCommand, DutchGroup
from steunwijzer.cli.files import fail
from steunwijzer.cli.records import now, records
from steunwijzer.connectors import Plan, Worker, overview, read_plan
from steunwijzer.settings import SettingsError, load_settings
from steunwijzer.store import Database

app = typer.Typer(
    cls=DutchGroup, help="Koppelingen nakijken, en bezorgen wat wacht of mislukte.", no_args_is_help=True
)  # fmt: skip
_WHO = Annotated[str, typer.Option("--wie", help="wie dit doet; dit wordt genoteerd")]


@app.command(cls=DutchCommand)
def check() -> None:
    """Kijkt elke koppeling na. De webhook krijgt een proefbericht; verder wordt niets bezorgd."""

    async def look(plan: Plan) -> bool:
        fine = True
        for gemeente, name, connector in plan.all():
            typer.secho(f"{name} ({gemeente or 'alle gemeenten'})", bold=True)
            for finding in await connector.check():
                fine = fine and finding.ok
                typer.echo(f"  {'in orde' if finding.ok else 'FOUT   '}  {finding.text}")
        return fine

    plan = _plan()
    if not list(plan.all()):
        typer.echo("Er zijn geen koppelingen ingesteld.")
        return
    if not asyncio.run(_with(plan, look)):
        raise typer.Exit(1)


@app.command(cls=DutchCommand, name="bezorg")
def deliver() -> None:
    """Bezorgt nu wat aan de beurt is, zonder op de front office te wachten."""

    async def work(plan: Plan) -> int:
        async def all_due(database: Database) -> int:
            worker, tried = Worker(database, plan, now), 0
            while await worker.deliver_next():
                tried += 1
            return tried

        return await records(all_due)

    typer.echo(f"Geprobeerd: {asyncio.run(_with(_plan(), work))}.")
    state()


@app.command(cls=DutchCommand, name="opnieuw")
def again(
    wie: _WHO,
    nummer: Annotated[
        str, typer.Argument(help="nummer van de bezorging, zie 'stand'; leeg: alles wat mislukt is")
    ] = "",
) -> None:
    """Zet wat mislukt is weer klaar om te bezorgen."""

    async def put_back(database: Database) -> int:
        async with database.transaction() as session:
            rows = await overview.resend(session, await overview.all_gemeenten(session), now(), nummer or None)
            for row in rows:
                await audit.append(
                    session, at=now(), who="opdrachtregel", gemeente=row.gemeente, act="bezorging_opnieuw",
                    subject=f"bezorging:{row.id}", detail={"wie": wie, "koppeling": row.connector},
                )  # fmt: skip
        return len(rows)

    count = asyncio.run(records(put_back))
    if nummer and not count:
        raise fail(f"'{nummer}' is geen mislukte bezorging.")
    typer.echo(f"Weer klaargezet: {count}.")


@app.command(cls=DutchCommand, name="stand")
def state() -> None:
    """Laat zien hoeveel er wacht, is afgeleverd en is mislukt, en waarom."""

    async def look(database: Database) -> None:
        async with database.transaction() as session:
            everywhere = await overview.all_gemeenten(session)
            counted = await overview.counts(session, everywhere)
            typer.echo(
                ", ".join(f"{name}: {number}" for name, number in sorted(counted.items())) or "Niets in de outbox."
            )
            for row in await overview.failed(session, everywhere):
                typer.echo(f"{row.id}  {row.connector}  {row.gemeente or '-'}  {row.last_error}")

    asyncio.run(records(look))


def _plan() -> Plan:
    try:
        return read_plan(load_settings(), now)
    except SettingsError as error:
        raise fail(str(error)) from error


async def _with[Result](plan: Plan, work: Callable[[Plan], Awaitable[Result]]) -> Result:
    try:
        return await work(plan)
    finally:
        await plan.close()
