"""``steunwijzer nlu``: what is understood, and how well."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from steunwijzer.cli.dutch import DutchCommand, DutchGroup
from steunwijzer.cli.files import read_lines, write_lines
from steunwijzer.cli.understanding import understand
from steunwijzer.evaluation import evaluate

app = typer.Typer(cls=DutchGroup, help="Wat begrijpt het taalmodel, en hoe goed?", no_args_is_help=True)
console = Console()


@app.command(cls=DutchCommand)
def predict(
    bron: Annotated[Path, typer.Argument(help="JSONL-bestand; elke regel heeft 'text'")],
    doel: Annotated[Path, typer.Argument(help="JSONL-bestand dat wordt gemaakt")],
) -> None:
    """Voegt aan elke regel toe wat er begrepen is: onderwerpen met score, gegevens, veiligheid en tijd."""
    records = read_lines(bron)
    write_lines(doel, understand(records))
    console.print(f"{len(records)} zinnen begrepen, resultaat in {doel}")


@app.command(cls=DutchCommand, name="evaluate")
def evaluate_command(
    bestand: Annotated[Path, typer.Argument(help="JSONL met 'text' en 'label' (of 'expect' voor veiligheid)")],
    als_json: Annotated[bool, typer.Option("--json", help="uitkomst als JSON")] = False,
) -> None:
    """Meet hoeveel zinnen goed begrepen worden: in één keer, bij de eerste drie, per onderwerp en per register."""
    report = evaluate(understand(read_lines(bestand))).as_dict()
    if als_json:
        typer.echo(json.dumps(report, ensure_ascii=False, indent=1))
        return
    _print(report)


def _print(report: dict[str, Any]) -> None:
    if report["n"]:
        console.print(_scores("Alle zinnen", _groups(report)))
        console.print(_scores("Per onderwerp", report["per_label"]))
        console.print(_confusions(report["confusions"]))
    if report["safety"]:
        _print_safety(report["safety"])
    console.print(f"Tijd per zin: p50 {report['parse_ms']['p50']} ms, p95 {report['parse_ms']['p95']} ms")


def _groups(report: dict[str, Any]) -> dict[str, Any]:
    groups = {"alles": report["overall"], "op zichzelf te begrijpen": report["without_context_light"]}
    groups["met weinig context"] = report["context_light"]
    return groups | {f"register {name}": score for name, score in report["per_register"].items()}


def _scores(title: str, rows: dict[str, dict[str, Any]]) -> Table:
    table = Table(title=title)
    for heading in ("groep", "zinnen", "in één keer", "met tweede onderwerp", "bij eerste drie"):
        table.add_column(heading, justify="left" if heading == "groep" else "right")
    for name, score in rows.items():
        table.add_row(name, str(score["n"]), *(f"{score[key]:.1%}" for key in ("strict", "lenient", "top3")))
    return table


def _confusions(pairs: list[dict[str, Any]]) -> Table:
    table = Table(title="Vaakst verward")
    for heading in ("bedoeld", "begrepen", "keer"):
        table.add_column(heading)
    for pair in pairs:
        table.add_row(pair["label"], pair["predicted"], str(pair["n"]))
    return table


def _print_safety(safety: dict[str, Any]) -> None:
    console.print(
        f"Veiligheid: {safety['recall']:.1%} van {safety['n_danger']} gevaarlijke zinnen gezien "
        f"({safety['recall_exact']:.1%} met de juiste soort), {safety['false_alarms']:.1%} vals alarm op {safety['n_everyday']} gewone zinnen"
    )
    for title, sentences in (("Gemist", safety["missed"]), ("Vals alarm", safety["false"])):
        for sentence in sentences:
            console.print(f"  {title}: {sentence}", highlight=False)
