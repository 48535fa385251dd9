"""``steunwijzer gemeenten``: which municipalities have a profile, and what each still lacks."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from steunwijzer.cli.files import fail
from steunwijzer.clock import NETHERLANDS
from steunwijzer.directory.profiles import Profile, fields, problems, profiles
from steunwijzer.settings import ROOT

console = Console(highlight=False)
CONTENT = ROOT / "content"


def gemeenten(
    code: Annotated[str | None, typer.Argument(help="code van één gemeente, bijvoorbeeld GM9999: alle velden")] = None,
) -> None:
    """Laat zien welke gemeenten een profiel hebben en welke velden nog ontbreken. Uitgang 1 bij een fout in een profiel."""
    found = profiles(CONTENT)
    if code is None:
        _print_all(found)
    else:
        one = next((profile for profile in found if profile.code == code.upper()), None)
        if one is None:
            raise fail(
                f"Van {code} is er geen profiel. Maak content/gemeenten/{code.upper()}.yml; zie docs/redactie.md."
            )
        _print_one(one)
    wrong = list(problems(CONTENT))
    for problem in wrong:
        console.print(
            f"[red]FOUT[/] content/gemeenten/{problem.file}:{problem.line}: {problem.message} {problem.remedy}",
            soft_wrap=True,
        )
    raise typer.Exit(1 if wrong else 0)


def _print_all(found: list[Profile]) -> None:
    today = datetime.now(NETHERLANDS).date()
    total = len(fields(CONTENT))
    table = Table("code", "gemeente", "ingevuld", "ontbreekt", "gecontroleerd op")
    for profile in found:
        checked = (
            f"[yellow]{profile.checked_on} (ouder dan een jaar)[/]" if profile.is_stale(today) else profile.checked_on
        )
        missing = ", ".join(field.name for field in profile.missing) or "niets"
        name = f"{profile.name} (verzonnen)" if profile.invented else profile.name
        table.add_row(profile.code, name, f"{len(profile.filled)} van {total}", missing, checked)
    console.print(table)


def _print_one(profile: Profile) -> None:
    table = Table("veld", "waarde", title=f"{profile.name} ({profile.code})")
    for field in fields(CONTENT):
        value = profile.filled.get(field.name)
        table.add_row(field.name, value or f"[yellow]ontbreekt[/]; een inwoner leest nu: {field.national}")
    console.print(table)
