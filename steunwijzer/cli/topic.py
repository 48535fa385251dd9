"""``steunwijzer topic``: the five files of a new topic, with one stem."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from steunwijzer.cli.files import fail
from steunwijzer.settings import ROOT

_FILES = {
    "data/nlu": """version: "3.1"
nlu:
  - intent: {naam}
    examples: |
      - schrijf hier minstens 25 verschillende zinnen over {naam}
""",
    "data/flows": """version: "3.1"
flows:
  {naam}:
    name: {titel}
    description: waar dit gesprek over gaat
    nlu_trigger:
      - intent: {naam}
    steps:
      - action: utter_{naam}
""",
    "content/antwoorden": """version: "3.1"
standaard: {{bron: ["vul de bron in"], gecontroleerd_op: "{vandaag}"}}
responses:
  utter_{naam}:
    - text: |
        Schrijf hier het korte antwoord.
      buttons:
        - {{title: Medewerker spreken, payload: /medewerker_spreken}}
""",
    "tests/nlu": """sentences:
  - {{text: "een zin over {titel} die niet in de voorbeelden staat", intent: {naam}}}
""",
    "tests/dialogue": """dialogues:
  - name: een inwoner vraagt naar {titel}
    turns:
      - says: een zin over {titel} die niet in de voorbeelden staat
        flow: {naam}
""",
}


def topic(
    naam: Annotated[str, typer.Argument(help="naam van het onderwerp: kleine letters en _")],
    map_: Annotated[Path, typer.Option("--map", hidden=True)] = ROOT,
) -> None:
    """Maakt de vijf bestanden van een nieuw onderwerp en zet de intent in domain.yml."""
    from datetime import UTC, datetime

    if not re.fullmatch(r"[a-z][a-z0-9_]{2,40}", naam):
        raise fail(
            "Kies een naam van kleine letters, cijfers en _, bijvoorbeeld: make topic NAAM=gehandicaptenparkeerkaart", 2
        )
    targets = {map_ / folder / f"{naam}.yml": text for folder, text in _FILES.items()}
    present = [path for path in targets if path.exists()]
    if present:
        raise fail(f"Dit onderwerp bestaat al: {present[0].relative_to(map_)}.")
    values = {
        "naam": naam,
        "titel": naam.replace("_", " ").capitalize(),
        "vandaag": datetime.now(UTC).date().isoformat(),
    }
    for path, text in targets.items():
        path.write_text(text.format(**values), encoding="utf-8")
        typer.echo(f"gemaakt: {path.relative_to(map_)}")
    _add_intent(map_ / "domain.yml", naam)
    typer.echo("Vul de bestanden in en draai 'make check'.")


def _add_intent(domain: Path, name: str) -> None:
    text = domain.read_text(encoding="utf-8")
    if f"\n  - {name}\n" not in text:
        domain.write_text(text.replace("  # Dialogue acts", f"  - {name}\n  # Dialogue acts", 1), encoding="utf-8")
