"""``steunwijzer collega``: accounts for the desk, before anybody can sign in and when nobody can any more."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from steunwijzer.accounts import ROLES, AccountError, colleagues, sessions
from steunwijzer.cli.dutch import DutchCommand, DutchGroup
from steunwijzer.cli.files import fail
from steunwijzer.cli.records import change, now
from steunwijzer.clock import NETHERLANDS
from steunwijzer.settings import load_settings
from steunwijzer.store import Colleague

app = typer.Typer(
    cls=DutchGroup,
    help="Accounts van collega's aan de balie: maken, bekijken, een nieuwe link, rollen, uitzetten en verwijderen.",
    no_args_is_help=True,
)
console = Console(highlight=False)
_EMAIL = Annotated[str, typer.Option("--email", help="e-mailadres van de collega")]
_GEMEENTE = Annotated[str, typer.Option("--gemeente", help="code van de gemeente, zoals GM9999")]
_ROLES = Annotated[list[str], typer.Option("--rol", help=f"één van: {', '.join(ROLES)}; mag vaker")]
_SITE = Annotated[str, typer.Option("--adres", help="adres van de balie, als dat een ander is dan in de instellingen")]


@app.command(cls=DutchCommand, name="maak")
def make(
    naam: Annotated[str, typer.Option("--naam", help="hoe de collega heet")],
    email: _EMAIL,
    gemeente: _GEMEENTE,
    rol: _ROLES,
    adres: _SITE = "",
) -> None:
    """Maakt een account en geeft een link waarmee de collega zelf een wachtwoord kiest en een app koppelt."""
    roles = [(gemeente.strip().upper(), role) for role in rol]

    async def work(session: AsyncSession) -> str:
        return (await colleagues.add(session, naam, email, roles, by=colleagues.COMMAND_LINE, now=now()))[1]

    _show_link(_done(work), adres)


@app.command(cls=DutchCommand, name="link")
def link(email: _EMAIL, adres: _SITE = "") -> None:
    """Geeft een nieuwe link, als iemand wachtwoord of telefoon kwijt is. De vorige link werkt dan niet meer."""

    async def work(session: AsyncSession) -> str:
        return await colleagues.new_link(session, await _id(session, email), by=colleagues.COMMAND_LINE, now=now())

    _show_link(_done(work), adres)


@app.command(cls=DutchCommand, name="lijst")
def show() -> None:
    """Laat zien wie er een account heeft, en welke rollen."""

    async def work(session: AsyncSession) -> Table:
        table = Table("naam", "e-mailadres", "rollen", "stand", "laatst aangemeld")
        for one in await session.scalars(select(Colleague).order_by(Colleague.name)):
            roles = (await sessions.who_is(session, one)).roles
            words = "; ".join(f"{code}: {', '.join(sorted(own))}" for code, own in sorted(roles.items()))
            state = "uit" if not one.active else "wacht op instellen" if one.setup_hash else "aan"
            last = f"{one.last_login_at.astimezone(NETHERLANDS):%Y-%m-%d %H:%M}" if one.last_login_at else "nooit"
            table.add_row(one.name, one.email, words or "geen", state, last)
        return table

    console.print(_done(work))


@app.command(cls=DutchCommand, name="rollen")
def roles(email: _EMAIL, gemeente: _GEMEENTE, rol: _ROLES) -> None:
    """Zet de rollen van een collega in één gemeente; wat u niet noemt, vervalt."""

    async def work(session: AsyncSession) -> None:
        await colleagues.set_roles(
            session, await _id(session, email), gemeente.strip().upper(), set(rol), by=colleagues.COMMAND_LINE, now=now()
        )  # fmt: skip

    _done(work)
    typer.echo("De rollen zijn bewaard. Ze gelden vanaf de volgende klik.")


@app.command(cls=DutchCommand, name="uit")
def off(email: _EMAIL) -> None:
    """Zet een account uit. De collega is meteen overal afgemeld."""
    _switch(email, False)


@app.command(cls=DutchCommand, name="aan")
def on(email: _EMAIL) -> None:
    """Zet een account weer aan."""
    _switch(email, True)


@app.command(cls=DutchCommand, name="verwijder")
def remove(email: _EMAIL) -> None:
    """Verwijdert een account voorgoed. Gesprekken blijven, zonder de naam van deze collega."""

    async def work(session: AsyncSession) -> None:
        await colleagues.remove(session, await _id(session, email), by=colleagues.COMMAND_LINE, now=now())

    _done(work)
    typer.echo("Het account is verwijderd.")


def _switch(email: str, active: bool) -> None:
    async def work(session: AsyncSession) -> None:
        found = await _id(session, email)
        await colleagues.set_active(session, found, active, by=colleagues.COMMAND_LINE, now=now())

    _done(work)
    typer.echo(f"Het account staat {'aan' if active else 'uit'}.")


async def _id(session: AsyncSession, email: str) -> str:
    found = await colleagues.by_email(session, email)
    if found is None:
        raise AccountError(f"Er is geen collega met het e-mailadres {email}. Kijk in `steunwijzer collega lijst`.")
    return found.id


def _done[Result](work: Callable[[AsyncSession], Awaitable[Result]]) -> Result:
    try:
        return asyncio.run(change(work))
    except AccountError as wrong:
        raise fail(str(wrong)) from wrong


def _show_link(token: str, site: str) -> None:
    settings = load_settings()
    address = site.rstrip("/") or settings.public_url or f"http://127.0.0.1:{settings.port}"
    typer.echo(f"{address}/balie/instellen/{token}")
    hours = int(colleagues.LINK_VALID.total_seconds() // 3600)
    typer.echo(f"Geef deze link persoonlijk. Hij werkt één keer, {hours} uur lang.", err=True)
