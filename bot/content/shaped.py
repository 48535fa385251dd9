"""Reads an editors' file that has a schema beside it (``zorgvormen.yml`` and ``zorgvormen.schema.json``)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from bot.yamlsource import line_of, load


class ShapeError(ValueError):
    """The file has the wrong shape. ``line``: where; the message is Dutch and names file and line."""

    def __init__(self, file: str, line: int, message: str) -> None:
        super().__init__(f"{file}:{line}: {message}")
        self.line = line


def load_shaped(path: Path) -> Mapping[str, Any]:
    """The file, right by its schema. Raises :class:`ShapeError`, or ``YamlSourceError`` for unreadable YAML."""
    data: Mapping[str, Any] = load(path)
    error = next(iter(_schema(path.with_suffix(".schema.json")).iter_errors(data)), None)
    if error is not None:
        where = ".".join(map(str, error.absolute_path)) or "het bestand"
        raise ShapeError(path.name, line_at(data, error.absolute_path), f"{where} klopt niet ({error.message}).")
    return data


@cache
def _schema(path: Path) -> Draft202012Validator:
    return Draft202012Validator(json.loads(path.read_text(encoding="utf-8")))


def line_at(data: Any, where: Sequence[str | int]) -> int:
    """Line (from 1) of a place in loaded data: keys and positions, from the outside in."""
    line, here = line_of(data) or 1, data
    for part in where:
        line = (line_of(here, part) if isinstance(part, str) else 0) or line
        here = here[part]
        line = line_of(here) or line
    return line
