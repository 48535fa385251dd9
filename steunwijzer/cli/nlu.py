"""``steunwijzer nlu``: what is understood, and how well."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from steunwijzer.cli.dutch import DutchCommand, DutchGroup
from steunwijzer.cli.files import fail, read_lines, write_lines
from steunwijzer.cli.understanding import DANGER, learning_report, models, understand
from steunwijzer.evaluation import evaluate
from steunwijzer.evaluation.comparison import Change, compare
from steunwijzer.evaluation.diagram import reliability
from steunwijzer.evaluation.held_out import held_out

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


@app.command(cls=DutchCommand, name="report")
def report_command(
    model: Annotated[Path | None, typer.Argument(help="modelbestand (standaard: het nieuwste)")] = None,
    als_json: Annotated[bool, typer.Option("--json", help="uitkomst als JSON")] = False,
    tekening: Annotated[Path | None, typer.Option(help="maak een ijkdiagram (SVG) op deze plek")] = None,
) -> None:
    """Hoe goed leren de voorbeelden? Elke zin beoordeeld door een model dat hem niet zag (kruisvalidatie), met F1 per onderwerp."""
    model = model or _newest(1)[0]
    report, danger = learning_report(model), learning_report(model, DANGER)
    if tekening:
        tekening.write_text(reliability(report["calibration"], report["ece"]), encoding="utf-8")
    if als_json:
        typer.echo(json.dumps({**report, "danger": danger}, ensure_ascii=False, indent=1))
        return
    console.print(
        f"Gemaakt op {report['made_at']} van {report['sentences']} zinnen (data {report['data']}, zinscodering {report['encoder'] or 'geen'}).\n"
        f"In één keer goed: {report['at_once']:.1%}, bij de eerste drie: {report['top3']:.1%}, verwachte ijkfout (ECE): {report['ece']:.3f}"
    )
    console.print(_intents(report["intents"]))
    console.print(_calibration(report["calibration"]))
    console.print(_thresholds(report["thresholds"]))
    console.print(_danger(danger))
    console.print(
        _confusions([{"label": c["meant"], "predicted": c["understood"], "n": c["n"]} for c in report["confusions"]])
    )


@app.command(cls=DutchCommand, name="compare")
def compare_command(
    bestand: Annotated[Path | None, typer.Argument(help="JSONL met 'text' en 'label' (standaard: tests/nlu)")] = None,
    oud: Annotated[Path | None, typer.Option(help="oud model (standaard: het op één na nieuwste)")] = None,
    nieuw: Annotated[Path | None, typer.Option(help="nieuw model (standaard: het nieuwste)")] = None,
) -> None:
    """Vergelijkt twee modellen: wat begrijpt het nieuwe nu wel, wat niet meer, en welke verwarring kwam erbij."""
    newest = _newest(2) if oud is None else [nieuw or _newest(1)[0], oud]
    records = read_lines(bestand) if bestand else held_out()
    found = compare(understand(records, oud or newest[1]), understand(records, nieuw or newest[0]))
    console.print(f"Oud {found.old_right} en nieuw {found.new_right} van {found.total} zinnen goed.")
    for title, changes in (
        ("Niet meer begrepen", found.lost),
        ("Nieuw begrepen", found.won),
        ("Anders fout", found.moved),
    ):
        console.print(_changes(title, changes))
    table = Table(title="Verwarring, oud en nieuw")
    for heading in ("bedoeld", "begrepen", "oud", "nieuw"):
        table.add_column(heading)
    for label, guess, old, new in found.confusions():
        table.add_row(label, guess, str(old), str(new))
    console.print(table)


def _newest(count: int) -> list[Path]:
    found = models()
    if len(found) < count:
        raise fail("Er zijn te weinig modellen om dit te doen. Train eerst met 'make train'.")
    return found[:count]


def _intents(intents: dict[str, dict[str, Any]]) -> Table:
    table = Table(title="Per onderwerp, het zwakste eerst")
    for heading in ("onderwerp", "zinnen", "precisie", "terugvinden", "F1", ""):
        table.add_column(heading, justify="left" if heading == "onderwerp" else "right")
    for name, row in sorted(intents.items(), key=lambda item: item[1]["f1"]):
        shares = (f"{row[key]:.1%}" for key in ("precision", "recall", "f1"))
        table.add_row(name, str(row["examples"]), *shares, "voorbeelden erbij" if row["needs_examples"] else "")
    return table


def _calibration(bins: list[dict[str, Any]]) -> Table:
    table = Table(title="Klopt de zekerheid?")
    for heading in ("zinnen", "zekerheid", "goed"):
        table.add_column(heading, justify="right")
    for row in bins:
        table.add_row(str(row["n"]), f"{row['confidence']:.1%}", f"{row['right']:.1%}")
    return table


def _thresholds(rows: list[dict[str, float]]) -> Table:
    table = Table(title="Vanaf welke zekerheid meteen antwoorden?")
    for heading in ("drempel", "meteen beantwoord", "daarvan goed", "anders: goed onderwerp aangeboden"):
        table.add_column(heading, justify="right")
    for row in rows:
        table.add_row(f"{row['threshold']:.2f}", *(f"{row[key]:.1%}" for key in ("answered", "right", "offered")))
    return table


def _danger(report: dict[str, Any]) -> Table:
    table = Table(
        title=f"Gevaar: {report['danger']} gevaarlijke en {report['calm']} gewone zinnen, ongezien beoordeeld"
    )
    for heading in ("hoe", "gezien", "zachte vraag", "vals alarm", "zachte vraag zonder reden"):
        table.add_column(heading, justify="left" if heading == "hoe" else "right")
    rows = {"regels": report["rules"], "taalmodel": report["classifier"], "samen": report["both"]}
    rows |= {f"samen, zeker vanaf {row['sure']:.2f}": row for row in report["thresholds"]}
    for name, row in rows.items():
        shares = (f"{row[key]:.1%}" for key in ("recall", "asked", "false_alarms", "asked_needlessly"))
        table.add_row(name, *shares)
    for klasse, share in report["per_class"].items():
        table.add_row(f"samen, {klasse}", f"{share:.1%}", "", "", "")
    return table


def _changes(title: str, changes: Sequence[Change]) -> Table:
    table = Table(title=f"{title} ({len(changes)})")
    for heading in ("zin", "bedoeld", "oud", "nieuw"):
        table.add_column(heading)
    for change in changes:
        table.add_row(change.text, change.label, change.old, change.new)
    return table


def _print(report: dict[str, Any]) -> None:
    if report["n"]:
        console.print(_scores("Alle zinnen", _groups(report)))
        console.print(_scores("Per onderwerp", report["per_label"]))
        console.print(_confusions(report["confusions"]))
        console.print(_calibration(report["calibration"]["bins"]))
        console.print(f"Verwachte ijkfout (ECE): {report['calibration']['ece']:.3f}")
    if report["safety"]:
        _print_safety(report["safety"])
    console.print(f"Tijd per zin: p50 {report['parse_ms']['p50']} ms, p95 {report['parse_ms']['p95']} ms")


def _groups(report: dict[str, Any]) -> dict[str, Any]:
    groups = {"alles": report["overall"], "op zichzelf te begrijpen": report["without_context_light"]}
    groups["met weinig context"] = report["context_light"]
    groups |= {
        f"register {name}, op zichzelf te begrijpen": score
        for name, score in report["per_register_without_context_light"].items()
    }
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
