"""Reading and writing lines of JSON, with errors an editor understands."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import typer


def fail(message: str, code: int = 1) -> typer.Exit:
    """Print a Dutch message on standard error; ``raise`` what this returns."""
    typer.secho(message, err=True, fg=typer.colors.RED)
    return typer.Exit(code)


def read_lines(path: Path, needed: str = "text") -> list[dict[str, Any]]:
    """All objects of a ``.jsonl`` file; exits with file, line and remedy when one is not right."""
    try:
        raw = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise fail(f"{path}: niet te lezen{_because(error)}.", 2) from error
    lines = []
    for number, text in enumerate(raw, start=1):
        if not text.strip():
            continue
        try:
            record = json.loads(text)
        except json.JSONDecodeError as error:
            raise fail(
                f"{path}, regel {number}: geen geldige JSON ({error.msg}). Zet op elke regel één object.", 2
            ) from error
        if not isinstance(record, dict) or not isinstance(record.get(needed), str):
            raise fail(f"{path}, regel {number}: het veld '{needed}' ontbreekt of is geen tekst.", 2)
        lines.append(record)
    if not lines:
        raise fail(f"{path}: geen enkele zin. Zet op elke regel één object met '{needed}'.", 2)
    return lines


def _because(error: Exception) -> str:
    reasons = {
        FileNotFoundError: "het is er niet",
        PermissionError: "het mag niet",
        IsADirectoryError: "het is een map",
        UnicodeDecodeError: "het is geen UTF-8",
    }
    return f": {reasons[type(error)]}" if type(error) in reasons else ""


def write_lines(path: Path, records: Iterable[dict[str, Any]]) -> None:
    """Write one object a line."""
    try:
        path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")
    except OSError as error:
        raise fail(f"{path}: niet te schrijven{_because(error)}.", 2) from error
