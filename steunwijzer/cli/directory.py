"""``steunwijzer directory``: import, export and search local help."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.table import Table

from steunwijzer.cli.dutch import DutchCommand, DutchGroup
from steunwijzer.cli.files import fail
from steunwijzer.clock import NETHERLANDS
from steunwijzer.directory import store
from steunwijzer.directory.exchange import ExchangeError, Report, export_text, import_file
from steunwijzer.directory.hsds import to_hsds
from steunwijzer.directory.presentation import as_card
from steunwijzer.directory.service import DirectoryUnavailable, SearchQuery, search, themes
from steunwijzer.settings import ROOT, load_settings

app = typer.Typer(cls=DutchGroup, help="Lokale hulp: inlezen, uitvoeren en zoeken.", no_args_is_help=True)
console = Console()


@app.command(cls=DutchCommand, name="import")
def import_command(
    bestand: Annotated[Path, typer.Argument(help="JSON- of CSV-bestand (zie docs/lokale-opties.md)")],
) -> None:
    """Leest lokale hulp in. Goede rijen gaan erin; foute rijen komen in een bestand ernaast, met de reden. Uitgang 1 bij foute rijen."""
    try:
        report = import_file(bestand, themes(ROOT / "content"), load_settings().directory_path)
    except ExchangeError as error:
        raise fail(str(error), 2) from error
    except DirectoryUnavailable as error:
        raise fail(str(error)) from error
    _print(report)
    raise typer.Exit(1 if report.rejected else 0)


def _print(report: Report) -> None:
    console.print(
        f"{len(report.accepted)} ingelezen, {report.unchanged} al bekend en niet nieuwer, {len(report.rejected)} afgekeurd"
    )
    for item in report.rejected:
        for reason in item.reasons:
            console.print(f"  rij {item.row}: {reason}", highlight=False, markup=False)
    if report.kept_aside:
        console.print(
            f"De afgekeurde rijen staan in {report.kept_aside}. Herstel ze daar en lees dat bestand opnieuw in."
        )


@app.command(cls=DutchCommand)
def export(
    doel: Annotated[Path, typer.Argument(help="bestand dat wordt gemaakt")],
    vorm: Annotated[Literal["json", "csv", "hsds"], typer.Option(help="json, csv of hsds (Open Referral)")] = "json",
) -> None:
    """Schrijft alle lokale hulp naar een bestand."""
    try:
        records = store.all_records(load_settings().directory_path)
    except DirectoryUnavailable as error:
        raise fail(str(error)) from error
    text = (
        json.dumps([to_hsds(record) for record in records], ensure_ascii=False, indent=1)
        if vorm == "hsds"
        else export_text(records, vorm)
    )
    doel.write_text(text, encoding="utf-8")
    console.print(f"{len(records)} vermeldingen geschreven naar {doel}")


@app.command(cls=DutchCommand, name="search")
def search_command(
    woorden: Annotated[str | None, typer.Argument(help="wat zoekt de inwoner?")] = None,
    thema: Annotated[str | None, typer.Option(help="een van de thema's van content/opties/themas.yml")] = None,
    gemeente: Annotated[str | None, typer.Option(help="gemeentecode")] = None,
    postcode4: Annotated[str | None, typer.Option(help="vier cijfers van de postcode")] = None,
    gratis: Annotated[bool, typer.Option("--gratis", help="alleen gratis hulp")] = False,
    als_json: Annotated[bool, typer.Option("--json", help="uitkomst als JSON")] = False,
) -> None:
    """Zoekt lokale hulp, het dichtstbij eerst, altijd met iets landelijks erbij."""
    today = datetime.now(UTC).astimezone(NETHERLANDS).date()
    query = SearchQuery(
        today=today, theme=thema, words=woorden, municipality=gemeente, postcode4=postcode4, free_only=gratis, limit=10
    )
    try:
        result = search(load_settings().directory_path, query)
    except DirectoryUnavailable as error:
        raise fail(str(error)) from error
    cards = [as_card(option) for option in result.options]
    if als_json:
        typer.echo(json.dumps({"status": result.status, "opties": cards}, ensure_ascii=False, indent=1))
        return
    table = Table(title=f"{len(cards)} gevonden ({result.status})")
    for heading in ("naam", "waar", "kosten", "contact"):
        table.add_column(heading)
    for card in cards:
        table.add_row(card["naam"], card["gebied"], card["kosten"], card.get("telefoon") or card.get("url", ""))
    console.print(table)
