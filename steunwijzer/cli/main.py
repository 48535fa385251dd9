"""The command ``steunwijzer``."""

from __future__ import annotations

import typer

from steunwijzer.cli import (
    attack,
    bench,
    check,
    collega,
    directory,
    doors,
    gemeenten,
    koppelingen,
    logboek,
    nlu,
    privacy,
    talk,
    topic,
)
from steunwijzer.cli.dutch import DutchCommand, DutchGroup

app = typer.Typer(
    cls=DutchGroup,
    help="Steunwijzer: wijst inwoners de weg naar ondersteuning van hun gemeente.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command(cls=DutchCommand)(talk.ask)
app.command(cls=DutchCommand)(talk.chat)
app.command(cls=DutchCommand)(check.check)
app.command(cls=DutchCommand)(gemeenten.gemeenten)
app.command(cls=DutchCommand)(bench.bench)
app.command(cls=DutchCommand)(attack.aanval)
app.command(cls=DutchCommand)(topic.topic)
app.add_typer(nlu.app, name="nlu")
app.add_typer(directory.app, name="directory")
app.add_typer(privacy.app, name="privacy")
app.add_typer(doors.app, name="deur")
app.add_typer(koppelingen.app, name="koppelingen")
app.add_typer(collega.app, name="collega")
app.add_typer(logboek.app, name="logboek")


def main() -> None:
    """Entry point."""
    app()
