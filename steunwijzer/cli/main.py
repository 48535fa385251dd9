"""The command ``steunwijzer``."""

from __future__ import annotations

import typer
from typer import rich_utils

from steunwijzer.cli import bench, check, directory, nlu, privacy, talk, topic

rich_utils.ARGUMENTS_PANEL_TITLE = "Gegevens"
rich_utils.OPTIONS_PANEL_TITLE = "Opties"
rich_utils.COMMANDS_PANEL_TITLE = "Opdrachten"
rich_utils.ERRORS_PANEL_TITLE = "Dat gaat niet"
rich_utils.DEFAULT_STRING = "[standaard: {}]"
rich_utils.REQUIRED_LONG_STRING = "[verplicht]"
rich_utils.RICH_HELP = "Typ [blue]'{command_path} {help_option}'[/] voor hulp."

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
