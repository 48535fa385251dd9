"""The command ``steunwijzer``."""

from __future__ import annotations

import typer

from steunwijzer.cli import bench, check, directory, nlu, privacy, talk, topic

app = typer.Typer(
    help="Steunwijzer: wijst inwoners de weg naar ondersteuning van hun gemeente.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(talk.ask)
app.command()(talk.chat)
app.command()(check.check)
app.command()(bench.bench)
app.command()(topic.topic)
app.add_typer(nlu.app, name="nlu")
app.add_typer(directory.app, name="directory")
app.add_typer(privacy.app, name="privacy")


def main() -> None:
    """Entry point."""
    app()
