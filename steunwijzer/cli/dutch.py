"""Typer's help in Dutch."""

from __future__ import annotations

from typing import Any

from typer import rich_utils
from typer.core import TyperCommand, TyperGroup

rich_utils.ARGUMENTS_PANEL_TITLE = "Gegevens"
rich_utils.OPTIONS_PANEL_TITLE = "Opties"
rich_utils.COMMANDS_PANEL_TITLE = "Opdrachten"
rich_utils.ERRORS_PANEL_TITLE = "Dat gaat niet"
rich_utils.DEFAULT_STRING = "[standaard: {}]"
rich_utils.REQUIRED_LONG_STRING = "[verplicht]"
rich_utils.RICH_HELP = "Typ [blue]'{command_path} {help_option}'[/] voor hulp."

_USAGE = {"Usage: ": "Gebruik: ", "[OPTIONS]": "[OPTIES]", "COMMAND [ARGS]...": "OPDRACHT …"}


def _in_dutch(usage: str) -> str:
    for english, dutch in _USAGE.items():
        usage = usage.replace(english, dutch)
    return usage


class DutchCommand(TyperCommand):
    """A command whose help is Dutch throughout."""

    def get_help_option(self, ctx: Any) -> Any:
        """``--help`` with a Dutch explanation."""
        option = super().get_help_option(ctx)
        if option:
            option.help = "Toont deze uitleg."
        return option

    def get_usage(self, ctx: Any) -> str:
        """The line that shows how the command is written."""
        return _in_dutch(super().get_usage(ctx))


class DutchGroup(TyperGroup):
    """A group of commands whose help is Dutch throughout."""

    def get_help_option(self, ctx: Any) -> Any:
        """``--help`` with a Dutch explanation."""
        option = super().get_help_option(ctx)
        if option:
            option.help = "Toont deze uitleg."
        return option

    def get_usage(self, ctx: Any) -> str:
        """The line that shows how the group is written."""
        return _in_dutch(super().get_usage(ctx))
