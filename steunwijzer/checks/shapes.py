"""The files with answers have the shape of ``content/antwoorden/antwoorden.schema.json``. Looked at before anything else is read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, ValidationError

from bot.content.answers import answer_files
from bot.content.shaped import line_at
from bot.yamlsource import YamlSourceError, line_of, load
from steunwijzer.checks.finding import Finding

SCHEMA = Path("antwoorden") / "antwoorden.schema.json"
_KINDS = {"string": "tekst tussen aanhalingstekens", "object": "velden met een naam", "array": "een lijst", "number": "een getal"}  # fmt: skip


def check(root: Path) -> Iterator[Finding]:
    """Every field that is unknown, missing or of the wrong kind, with file and line. Unreadable YAML is left to others."""
    content = root / "content"
    validator = Draft202012Validator(json.loads((content / SCHEMA).read_text(encoding="utf-8")))
    for path in answer_files(content):
        try:
            data = load(path)
        except YamlSourceError:
            continue
        yield from findings_of(data, validator, str(path.relative_to(root)), str(SCHEMA))


def findings_of(data: Any, validator: Draft202012Validator, file: str, schema: str) -> Iterator[Finding]:
    """What is misshapen in one file. ``schema``: its name, for who wants to see what must stand there."""
    for error in sorted(validator.iter_errors(data), key=lambda e: list(map(str, e.absolute_path))):
        yield from _findings(_deepest(error), data, file, schema)


def _deepest(error: ValidationError) -> ValidationError:
    """Of "none of these shapes fit" the reason that says most: the one furthest inside."""
    if not error.context:
        return error
    return _deepest(max(error.context, key=lambda inner: len(inner.absolute_path)))


def _findings(error: ValidationError, data: Any, file: str, schema_name: str) -> Iterator[Finding]:
    place = f"{file}:{line_at(data, error.absolute_path)}"
    where = _name(error)
    schema: Mapping[str, Any] = error.schema if isinstance(error.schema, Mapping) else {}
    if error.validator == "additionalProperties" and isinstance(error.instance, Mapping):
        known = sorted(schema.get("properties", {}))
        for name in sorted(error.instance.keys() - set(known)):
            yield Finding(
                f"{file}:{line_of(error.instance, name)}",
                f"'{name}' is geen veld van {where}.",
                f"Verbeter de naam of haal het weg. Kies uit: {', '.join(known)}.",
            )
    elif error.validator == "required":
        missing = [name for name in schema["required"] if name not in error.instance]  # type: ignore[operator]
        yield Finding(place, f"bij {where} ontbreekt {', '.join(map(repr, missing))}.", "Vul het in.")
    elif error.validator == "type":
        kind = _KINDS.get(str(error.validator_value), str(error.validator_value))
        yield Finding(place, f"{where} heeft de verkeerde vorm.", f"Schrijf hier {kind}.")
    else:
        meaning = schema.get("description", f"Zie {schema_name}.")
        yield Finding(place, f"{where} klopt niet: {str(error.instance)[:60]!r}.", f"Kijk wat er moet staan. {meaning}")


def _name(error: ValidationError) -> str:
    """The key and the field, in an editor's words."""
    named = [str(part) for part in error.absolute_path if isinstance(part, str) and part != "responses"]
    return f"'{' → '.join(named)}'" if named else "dit bestand"
