"""Import and export as JSON and CSV. A bad row is reported and kept aside; the good rows go in; nothing is lost."""

from __future__ import annotations

import csv
import io
import json
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from steunwijzer.directory import store
from steunwijzer.directory.records import Record, problems

_NAMESPACE = uuid.UUID("6f0c9f7e-0b7b-4f0e-9a53-0d6f7c1a9b11")
_LIST = "|"
COLUMNS = (
    "id", "naam", "organisatie", "organisatieId", "organisatieWebsite", "organisatieKvk", "omschrijving", "doelgroep", "leeftijdVan", "leeftijdTot",
    "thema", "voorwaarden", "kostenSoort", "kostenBedrag", "kostenToelichting", "verwijzingNodig", "verwijzingDoor", "aanmelden", "openingstijden",
    "telefoon", "email", "url", "straat", "huisnummer", "postcode", "plaats", "gemeenten", "wijken", "postcodes4", "landelijk", "uplUri", "talen",
    "toegankelijkheid", "laatstGecontroleerd", "gecontroleerdDoor", "geldigVan", "geldigTot", "status", "bron", "gewijzigdOp", "versie",
)  # fmt: skip
_PLAIN = ("naam", "omschrijving", "voorwaarden", "verwijzingNodig", "verwijzingDoor", "aanmelden", "email", "url", "toegankelijkheid",
          "laatstGecontroleerd", "gecontroleerdDoor", "geldigVan", "geldigTot", "status", "bron", "gewijzigdOp")  # fmt: skip
_LISTS = ("doelgroep", "thema", "uplUri", "talen")
_NUMBERS = ("leeftijdVan", "leeftijdTot", "versie")
_AREAS = ("gemeenten", "wijken", "postcodes4")


class ExchangeError(ValueError):
    """The file as a whole cannot be read. The message is Dutch."""


@dataclass(frozen=True)
class Rejected:
    """A row that did not go in: its number (from 1, the heading not counted), the row as it was, and why."""

    row: int
    given: Mapping[str, Any]
    reasons: Sequence[str]


@dataclass
class Report:
    """What an import did."""

    accepted: list[Record] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    unchanged: int = 0
    kept_aside: Path | None = None


def read_file(path: Path, themes: Iterable[str]) -> Report:
    """Read ``.json`` (a list of records) or ``.csv``. Raises :class:`ExchangeError` when it is neither."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ExchangeError(f"{path.name}: dit bestand is geen UTF-8. Bewaar het opnieuw als 'CSV UTF-8'.") from error
    except OSError as error:
        raise ExchangeError(f"{path.name}: niet te lezen ({error.strerror}).") from error
    reader: Callable[[str, str], list[tuple[Mapping[str, Any], Record | str]]] = (
        _from_json if path.suffix == ".json" else _from_csv
    )
    report, known = Report(), list(themes)
    for number, (given, made) in enumerate(reader(text, path.name), start=1):
        reasons = [made] if isinstance(made, str) else problems(made, known)
        if reasons or isinstance(made, str):
            report.rejected.append(Rejected(number, given, reasons))
        else:
            report.accepted.append(made)
    return report


def import_file(path: Path, themes: Iterable[str], target: Path, origin: str = "import") -> Report:
    """Read a file into the store. A record goes over an older one only when its version or change date is newer."""
    report = read_file(path, themes)
    present = {record["id"]: record for record in (store.all_records(target) if target.exists() else [])}
    fresh = [record for record in report.accepted if _is_newer(record, present.get(record["id"]))]
    report.unchanged, report.accepted = len(report.accepted) - len(fresh), fresh
    store.put(target, fresh, origin)
    if report.rejected:
        report.kept_aside = _keep_aside(path, report.rejected)
    return report


def export_text(records: Sequence[Record], kind: str) -> str:
    """Records as ``json`` or ``csv`` text."""
    if kind == "json":
        return json.dumps(records, ensure_ascii=False, indent=1) + "\n"
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, delimiter=";", lineterminator="\n")
    writer.writeheader()
    writer.writerows(to_row(record) for record in records)
    return out.getvalue()


def _is_newer(record: Record, known: Record | None) -> bool:
    if known is None:
        return True

    def age(item: Record) -> tuple[int, str]:
        return int(item.get("versie", 0)), str(item.get("gewijzigdOp", ""))

    return age(record) > age(known) or (age(record) == (0, "") and record != known)


def _keep_aside(path: Path, rejected: Sequence[Rejected]) -> Path:
    """Write the bad rows beside the file, each with its reasons, ready to be mended and imported again."""
    target = path.with_name(f"{path.stem}.afgekeurd{path.suffix}")
    if path.suffix == ".json":
        rows = [{**dict(item.given), "_rij": item.row, "_waarom": list(item.reasons)} for item in rejected]
        target.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
        return target
    columns = [*dict.fromkeys(name for item in rejected for name in item.given), "_rij", "_waarom"]
    with target.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, columns, delimiter=";")
        writer.writeheader()
        for item in rejected:
            writer.writerow({**item.given, "_rij": item.row, "_waarom": " ".join(item.reasons)})
    return target


def _from_json(text: str, name: str) -> list[tuple[Mapping[str, Any], Record | str]]:
    try:
        given = json.loads(text)
    except json.JSONDecodeError as error:
        raise ExchangeError(f"{name}, regel {error.lineno}: geen geldige JSON ({error.msg}).") from error
    if not isinstance(given, list):
        raise ExchangeError(f"{name}: verwacht een lijst van records, tussen [ en ].")
    made: list[tuple[Mapping[str, Any], Record | str]] = []
    for item in given:
        if not isinstance(item, dict):
            made.append(({"waarde": item}, "rij: dit is geen record. Zet elk record tussen { en }."))
            continue
        record = {key: value for key, value in item.items() if not key.startswith("_")}
        made.append((item, {**record, "id": record.get("id") or _made_id(record)}))
    return made


def _from_csv(text: str, name: str) -> list[tuple[Mapping[str, Any], Record | str]]:
    first = text.split("\n", 1)[0]
    delimiter = ";" if first.count(";") >= first.count(",") else ","
    rows = list(csv.DictReader(io.StringIO(text), delimiter=delimiter))
    heading = [column.strip() for column in next(csv.reader(io.StringIO(first), delimiter=delimiter), [])]
    if "naam" not in heading:
        raise ExchangeError(
            f"{name}: de kolom 'naam' ontbreekt in de eerste regel. Kijk in docs/lokale-opties.md welke kolommen er zijn."
        )
    unknown = [column for column in heading if column not in COLUMNS and not column.startswith("_")]
    if unknown:
        raise ExchangeError(f"{name}: onbekende kolom '{unknown[0]}'. Bedoelt u een van: {', '.join(COLUMNS)}?")
    made: list[tuple[Mapping[str, Any], Record | str]] = []
    for row in rows:
        cells = {
            str(key).strip(): (value or "").strip()
            for key, value in row.items()
            if key is not None and not isinstance(value, list)
        }
        if None in row:
            made.append(
                (
                    cells,
                    "rij: er staan meer cellen dan kolommen. Zet tekst met een scheidingsteken tussen aanhalingstekens.",
                )
            )
        else:
            made.append((cells, from_row(cells)))
    return made


def from_row(cells: Mapping[str, str]) -> Record | str:
    """A record from CSV cells; a Dutch sentence when a cell cannot be read."""
    record: Record = {name: cells[name] for name in _PLAIN if cells.get(name)}
    record |= {name: _split(cells[name]) for name in _LISTS if cells.get(name)}
    for name in _NUMBERS:
        if cells.get(name):
            if not cells[name].isdigit():
                return f"{name}: '{cells[name]}' is geen heel getal. Vul alleen cijfers in."
            record[name] = int(cells[name])
    kosten: Record = {"soort": cells.get("kostenSoort", "")}
    if cells.get("kostenBedrag"):
        try:
            kosten["bedrag"] = float(cells["kostenBedrag"].replace(",", "."))
        except ValueError:
            return f"kostenBedrag: '{cells['kostenBedrag']}' is geen bedrag. Schrijf bijvoorbeeld 2,50."
    if cells.get("kostenToelichting"):
        kosten["toelichting"] = cells["kostenToelichting"]
    record["kosten"] = kosten
    record["organisatie"] = _only(
        {
            "naam": cells.get("organisatie"),
            "id": cells.get("organisatieId"),
            "website": cells.get("organisatieWebsite"),
            "kvk": cells.get("organisatieKvk"),
        }
    )
    address = _only({name: cells.get(name) for name in ("straat", "huisnummer", "postcode", "plaats")})
    if address:
        record["adres"] = address
    if cells.get("telefoon"):
        record["telefoon"] = [_phone(item) for item in _split(cells["telefoon"])]
    if cells.get("openingstijden"):
        record["openingstijden"] = [_hours(item) for item in _split(cells["openingstijden"])]
    record["gebied"] = {name: _split(cells[name]) for name in _AREAS if cells.get(name)} | (
        {"landelijk": True} if cells.get("landelijk") == "ja" else {}
    )
    return {"id": cells.get("id") or _made_id(record), **record}


def to_row(record: Record) -> dict[str, Any]:
    """The CSV cells of a record; :func:`from_row` makes the same record of them."""
    row: dict[str, Any] = {name: record[name] for name in ("id", *_PLAIN, *_NUMBERS) if name in record}
    row |= {name: _LIST.join(record[name]) for name in _LISTS if name in record}
    organisation, costs, address = record["organisatie"], record["kosten"], record.get("adres", {})
    row |= {
        "organisatie": organisation["naam"],
        "organisatieId": organisation.get("id", ""),
        "organisatieWebsite": organisation.get("website", ""),
        "organisatieKvk": organisation.get("kvk", ""),
    }
    row |= {
        "kostenSoort": costs["soort"],
        "kostenBedrag": costs.get("bedrag", ""),
        "kostenToelichting": costs.get("toelichting", ""),
    }
    row |= address
    row["telefoon"] = _LIST.join(
        " # ".join(filter(None, [item["nummer"], item.get("opmerking")])) for item in record.get("telefoon", [])
    )
    row["openingstijden"] = _LIST.join(_hours_text(item) for item in record.get("openingstijden", []))
    row |= {name: _LIST.join(record["gebied"].get(name, [])) for name in _AREAS}
    row["landelijk"] = "ja" if record["gebied"].get("landelijk") else ""
    return row


def _split(text: str) -> list[str]:
    return [item.strip() for item in text.split(_LIST) if item.strip()]


def _only(values: Mapping[str, str | None]) -> Record:
    return {name: value for name, value in values.items() if value}


def _phone(text: str) -> Record:
    number, _, remark = (part.strip() for part in text.partition("#"))
    return _only({"nummer": number, "opmerking": remark})


def _hours(text: str) -> Record:
    """``MA,DI 09:00-12:00 # inloop``."""
    head, _, remark = (part.strip() for part in text.partition("#"))
    days, _, times = head.partition(" ")
    start, _, end = times.partition("-")
    return {
        "dagen": [day.strip() for day in days.split(",")],
        **_only({"van": start.strip(), "tot": end.strip(), "opmerking": remark}),
    }


def _hours_text(item: Record) -> str:
    times = f" {item['van']}-{item.get('tot', '')}" if item.get("van") else ""
    return ",".join(item["dagen"]) + times + (f" # {item['opmerking']}" if item.get("opmerking") else "")


def _made_id(record: Mapping[str, Any]) -> str:
    """The same name of the same organisation is the same offer."""
    organisation = record.get("organisatie") or {}
    owner = organisation.get("naam", "") if isinstance(organisation, Mapping) else ""
    return str(uuid.uuid5(_NAMESPACE, f"{owner}|{record.get('naam', '')}"))
