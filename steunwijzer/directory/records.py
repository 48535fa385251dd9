"""A record of local help: what it must hold, and the Dutch word for what is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

Record = dict[str, Any]
_SCHEMA = Path(__file__).parent / "schema.json"


@lru_cache(maxsize=1)
def validator() -> Draft202012Validator:
    """The checker of ``schema.json``."""
    return Draft202012Validator(json.loads(_SCHEMA.read_text(encoding="utf-8")))


def problems(record: Mapping[str, Any], themes: Iterable[str]) -> list[str]:
    """What is wrong with a record, one Dutch sentence each: field, problem, remedy. Empty: it is fine."""
    found = [_explain(error) for error in sorted(validator().iter_errors(record), key=str)]
    unknown = [thema for thema in record.get("thema") or [] if thema not in set(themes)]
    found += [f"thema: '{thema}' bestaat niet. Kies uit content/opties/themas.yml." for thema in unknown]
    for name in ("laatstGecontroleerd", "geldigVan", "geldigTot"):
        if isinstance(record.get(name), str) and not _is_date(record[name]):
            found.append(f"{name}: '{record[name]}' is geen bestaande datum. Schrijf jaar-maand-dag, zoals 2026-11-24.")
    return found


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _explain(error: Any) -> str:
    where = ".".join(str(part) for part in error.absolute_path) or "rij"
    if error.validator == "required":
        missing = error.message.split("'")[1]
        return f"{missing}: dit veld ontbreekt. Vul het in."
    if error.validator == "enum":
        return f"{where}: '{error.instance}' mag hier niet. Kies uit: {', '.join(map(str, error.validator_value))}."
    if error.validator == "additionalProperties":
        return f"{where}: hier staat een veld dat er niet hoort ({error.message.split(chr(39))[1]}). Haal het weg."
    if error.validator in {"maxLength", "minLength"}:
        return f"{where}: de tekst is te {'lang' if error.validator == 'maxLength' else 'kort'} (grens: {error.validator_value} tekens)."
    if error.validator == "pattern":
        return f"{where}: '{error.instance}' heeft niet de goede vorm. Kijk in docs/lokale-opties.md bij dit veld."
    if error.validator in {"minProperties", "maxProperties"}:
        return f"{where}: vul precies één soort gebied in: gemeenten, wijken, postcodes4 of landelijk."
    return f"{where}: {error.instance!r} klopt niet. Kijk in docs/lokale-opties.md bij dit veld."
