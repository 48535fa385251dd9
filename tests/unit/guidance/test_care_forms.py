"""Care in kind beside pgb: even-handed, whatever the law."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from steunwijzer.guidance.care_forms import LAWS, CareFormsError, compare, read
from tests.conftest import ROOT

DATA = read(ROOT / "content" / "zorgvormen.yml")


@pytest.mark.parametrize("law", LAWS)
def test_each_law_gets_equal_numbers_of_pros_and_cons(law: str) -> None:
    comparison = compare(DATA, law, "gesprek")
    assert len(comparison.pros[0]) == len(comparison.pros[1]) > 0
    assert len(comparison.cons[0]) == len(comparison.cons[1]) > 0
    assert comparison.conditions
    assert comparison.sources


@pytest.mark.parametrize("law", LAWS)
def test_each_point_says_something_about_both(law: str) -> None:
    comparison = compare(DATA, law, "gesprek")
    assert all(first and second for _, first, second in comparison.rows)
    assert len({point for point, _, _ in comparison.rows}) == len(comparison.rows)


def test_a_law_has_its_own_points_and_leaves_out_those_of_others() -> None:
    points = {law: {point for point, _, _ in compare(DATA, law, "a").rows} for law in LAWS}
    assert "Eigen bijdrage" in points["wmo"]
    assert not any("Eigen bijdrage" in points[law] for law in ("jeugdwet", "wlz", "zvw", "weet_niet"))
    assert "Waar en welke zorg?" in points["wlz"]
    assert points["weet_niet"] < points["wmo"]
    assert "Uitleggen waarom zorg in natura niet past" in sum(compare(DATA, "jeugdwet", "a").cons, ())


def test_either_form_comes_first_about_half_of_the_time() -> None:
    first = [compare(DATA, "wmo", f"gesprek-{number}").columns[0] for number in range(400)]
    assert 150 < first.count("Zorg in natura") < 250


def test_one_conversation_keeps_its_order() -> None:
    assert compare(DATA, "wmo", "a").columns == compare(DATA, "jeugdwet", "a").columns


def test_the_text_says_all_that_the_table_says() -> None:
    comparison = compare(DATA, "wmo", "gesprek")
    text = comparison.as_text()
    assert all(first in text and second in text for _, first, second in comparison.rows)
    assert len(comparison.as_block()["rijen"]) == len(comparison.rows) + 2


def test_an_uneven_file_is_refused(tmp_path: Path) -> None:
    uneven: dict[str, Any] = json.loads(json.dumps(DATA))
    uneven["voordelen"]["pgb"].append("Nog een voordeel")
    path = tmp_path / "zorgvormen.yml"
    shutil.copy(ROOT / "content" / "zorgvormen.schema.json", tmp_path)
    path.write_text(json.dumps(uneven), encoding="utf-8")
    with pytest.raises(CareFormsError, match="evenveel voordelen"):
        read(path)


def test_a_law_with_a_con_too_many_is_refused(tmp_path: Path) -> None:
    uneven: dict[str, Any] = json.loads(json.dumps(DATA))
    uneven["nadelen"]["per_wet"]["jeugdwet"]["zin"] = []
    shutil.copy(ROOT / "content" / "zorgvormen.schema.json", tmp_path)
    path = tmp_path / "zorgvormen.yml"
    path.write_text(json.dumps(uneven), encoding="utf-8")
    with pytest.raises(CareFormsError, match="bij jeugdwet: 3 en 4"):
        read(path)
