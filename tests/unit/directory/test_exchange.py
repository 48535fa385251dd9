"""Import and export: bad rows are reported and kept, good rows go in, nothing is lost on the way."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steunwijzer.directory import store
from steunwijzer.directory.exchange import ExchangeError, export_text, from_row, import_file, read_file, to_row
from steunwijzer.directory.hsds import from_hsds, to_hsds
from steunwijzer.directory.records import problems

THEMES = ["huishouden", "vervoer"]
HEADING = "naam;organisatie;omschrijving;thema;kostenSoort;aanmelden;gemeenten;laatstGecontroleerd;status\n"
GOOD = "Poetshulp;Welzijn;Iemand helpt u met schoonmaken.;huishouden;gratis;Bel;GM0363;2026-10-01;gepubliceerd\n"
WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z"), exclude_characters=';|,#"'), min_size=10, max_size=40
)
NAMES = WORDS.map(lambda text: text[:30])
AREAS = st.one_of(
    st.just({"landelijk": True}),
    st.lists(st.sampled_from(["GM0363", "GM0518"]), min_size=1, unique=True).map(lambda codes: {"gemeenten": codes}),
    st.just({"wijken": ["WK036301"]}),
    st.just({"postcodes4": ["1011", "1012"]}),
)
HOURS = st.lists(
    st.fixed_dictionaries({"dagen": st.just(["MA", "WO"])}, optional={"opmerking": NAMES}).map(
        lambda h: {**h, "van": "09:00", "tot": "12:30"}
    ),
    min_size=1,
    max_size=2,
)
RECORDS = st.fixed_dictionaries(
    {
        "id": st.uuids().map(str),
        "naam": NAMES,
        "organisatie": st.fixed_dictionaries(
            {"naam": NAMES}, optional={"id": NAMES, "website": st.just("https://a.example"), "kvk": st.just("12345678")}
        ),
        "omschrijving": WORDS,
        "thema": st.lists(st.sampled_from(THEMES), min_size=1, unique=True),
        "kosten": st.fixed_dictionaries(
            {"soort": st.sampled_from(["gratis", "onbekend"])}, optional={"bedrag": st.just(2.5), "toelichting": NAMES}
        ),
        "aanmelden": NAMES,
        "gebied": AREAS,
        "laatstGecontroleerd": st.dates(date(1000, 1, 1)).map(date.isoformat),
        "status": st.sampled_from(["gepubliceerd", "concept", "ter_beoordeling", "gearchiveerd"]),
    },
    optional={
        "doelgroep": st.just(["oudere", "iedereen"]),
        "leeftijdVan": st.integers(0, 60),
        "leeftijdTot": st.integers(61, 120),
        "voorwaarden": NAMES,
        "verwijzingNodig": st.sampled_from(["ja", "nee", "soms"]),
        "verwijzingDoor": NAMES,
        "openingstijden": HOURS,
        "telefoon": st.just([{"nummer": "0800-2000", "opmerking": "gratis"}, {"nummer": "14 0999"}]),
        "email": st.just("a@b.example"),
        "url": st.just("https://voorbeeldstad.example/x"),
        "adres": st.just(
            {"straat": "Dorpsstraat", "huisnummer": "1a", "postcode": "1281 AA", "plaats": "Voorbeeldstad"}
        ),
        "uplUri": st.just(["http://standaarden.overheid.nl/owms/terms/huishHulp"]),
        "talen": st.just(["nl", "ar"]),
        "toegankelijkheid": NAMES,
        "gecontroleerdDoor": NAMES,
        "geldigVan": st.just("2026-01-01"),
        "geldigTot": st.just("2027-01-01"),
        "bron": NAMES,
        "gewijzigdOp": st.just("2026-10-01T10:00:00Z"),
        "versie": st.integers(1, 9),
    },
)


@settings(max_examples=150, deadline=None)
@given(RECORDS)
def test_hsds_and_back_is_the_same(record: dict[str, Any]) -> None:
    assert from_hsds(json.loads(json.dumps(to_hsds(record)))) == record


@settings(max_examples=150, deadline=None)
@given(RECORDS)
def test_csv_and_back_is_the_same(record: dict[str, Any]) -> None:
    row = {name: str(value) for name, value in to_row(record).items()}
    assert from_row(row) == record


@settings(max_examples=50, deadline=None)
@given(RECORDS)
def test_every_generated_record_is_a_record(record: dict[str, Any]) -> None:
    assert problems(record, THEMES) == []


def test_good_rows_go_in_and_bad_rows_are_kept_with_the_reason(tmp_path: Path) -> None:
    bad = "Taxi;Vervoer;Een rit in de regio voor u.;vliegen;duur;Bel;GM0363;2026-13-01;gepubliceerd\n"
    source, target = tmp_path / "hulp.csv", tmp_path / "directory.sqlite"
    source.write_text("\ufeff" + HEADING + GOOD + bad, encoding="utf-8")
    report = import_file(source, THEMES, target)
    assert [record["naam"] for record in report.accepted] == ["Poetshulp"]
    assert report.rejected[0].row == 2
    reasons = " ".join(report.rejected[0].reasons)
    assert "thema" in reasons
    assert "kosten" in reasons
    assert "2026-13-01" in reasons
    assert report.kept_aside is not None
    kept = report.kept_aside.read_text(encoding="utf-8")
    assert "vliegen" in kept
    assert "_waarom" in kept
    assert [record["naam"] for record in store.all_records(target)] == ["Poetshulp"]


def test_a_comma_works_as_well_as_a_semicolon(tmp_path: Path) -> None:
    source = tmp_path / "hulp.csv"
    source.write_text((HEADING + GOOD).replace(";", ","), encoding="utf-8")
    assert len(read_file(source, THEMES).accepted) == 1


def test_an_older_version_does_not_go_over_a_newer_one(tmp_path: Path) -> None:
    target = tmp_path / "directory.sqlite"
    for version, name in ((2, "Nieuwe naam"), (1, "Oude naam")):
        source = tmp_path / f"{version}.csv"
        row = GOOD.replace("Poetshulp", name).rstrip("\n") + f";{version};7b0e6d1e-5d2c-4b93-9a0e-111111111111\n"
        source.write_text(HEADING.rstrip("\n") + ";versie;id\n" + row, encoding="utf-8")
        report = import_file(source, THEMES, target)
    assert report.unchanged == 1
    assert [record["naam"] for record in store.all_records(target)] == ["Nieuwe naam"]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.csv", b"kolom;anders\n1;2\n", "naam"),
        ("a.csv", (HEADING.replace("thema", "tema") + GOOD).encode(), "tema"),
        ("a.csv", b"\xff\xfe\x00", "UTF-8"),
        ("a.json", b"{", "JSON"),
        ("a.json", b"{}", "lijst"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ExchangeError, match=says):
        read_file(tmp_path / name, THEMES)


def test_export_can_be_imported(tmp_path: Path) -> None:
    source = tmp_path / "a.csv"
    source.write_text(HEADING + GOOD, encoding="utf-8")
    records = read_file(source, THEMES).accepted
    for kind in ("csv", "json"):
        again = tmp_path / f"b.{kind}"
        again.write_text(export_text(records, kind), encoding="utf-8")
        assert read_file(again, THEMES).accepted == records
