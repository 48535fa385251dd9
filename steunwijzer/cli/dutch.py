"""Typer's help and errors in Dutch."""

from __future__ import annotations

import re
from typing import Any

from typer import rich_utils
from typer.core import TyperCommand, TyperGroup

rich_utils.ARGUMENTS_PANEL_TITLE = "Gegevens"
rich_utils.OPTIONS_PANEL_TITLE = "Opties"
rich_utils.COMMANDS_PANEL_TITLE = "Opdrachten"
rich_utils.ERRORS_PANEL_TITLE = "Dat gaat niet"
rich_utils.ABORTED_TEXT = "Gestopt."
rich_utils.DEFAULT_STRING = "[standaard: {}]"
rich_utils.REQUIRED_LONG_STRING = "[verplicht]"
rich_utils.RICH_HELP = "Typ [blue]'{command_path} {help_option}'[/] voor hulp."

_USAGE = {"Usage: ": "Gebruik: ", "[OPTIONS]": "[OPTIES]", "COMMAND [ARGS]...": "OPDRACHT …"}
_ERRORS = {
    r"Missing argument '(.+?)'\.": r"U vergat '\1'.",
    r"Missing option '(.+?)'\.": r"De optie '\1' ontbreekt.",
    r"Missing command\.": "U vergat de opdracht.",
    r"No such command ('.+?')\.": r"De opdracht \1 bestaat niet.",
    r"No such option: (\S+)": r"De optie \1 bestaat niet.",
    r"Did you mean (.+)\?": r"Bedoelt u \1?",
    r"\(Possible options: (.+)\)": r"Bedoelt u \1?",
    r"Got unexpected extra argument\(s\) \((.+)\)": r"Dit is te veel: \1. Zet een zin tussen aanhalingstekens.",
    r"Option '(.+?)' requires an argument\.": r"Zet achter '\1' een waarde.",
    r"Option '(.+?)' does not take a value\.": r"Achter '\1' hoort geen waarde.",
    r"Invalid value for (.+?): ": r"Dit kan niet bij \1: ",
    r"Input should be a valid number.*": "vul een getal in.",
    r"Input should be a valid integer.*": "vul een heel getal in.",
    r"Value error, (.+) is not one of (.+)\.": r"\1 is geen keuze. Kies uit \2.",
}


def _in_dutch(usage: str) -> str:
    for english, dutch in _USAGE.items():
        usage = usage.replace(english, dutch)
    return usage


def error_in_dutch(message: str) -> str:
    """What Typer complains about. A sentence that is not in the table stays as it is."""
    for english, dutch in _ERRORS.items():
        message = re.sub(english, dutch, message, flags=re.DOTALL)
    return message


_format_error = rich_utils.rich_format_error


def _show_error(self: Any) -> None:
    message = error_in_dutch(self.format_message())
    self.format_message = lambda: message
    _format_error(self)


# Typer has no setting for these sentences; this is the one place where all of them are shown.
rich_utils.rich_format_error = _show_error


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
