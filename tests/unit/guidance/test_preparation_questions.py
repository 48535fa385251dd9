"""The list to prepare the talk: complete as text, in the words for whom it is about."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.yamlsource import load
from steunwijzer.guidance.preparation import PreparationError, prepare, read
from tests.conftest import ROOT

DATA = read(ROOT / "content" / "voorbereiding.yml")
SUBJECTS = {"situatie", "goed", "moeilijk", "helpers", "hoe_vaak", "stopt", "wensen", "wie_mee", "vragen"}


def test_all_that_the_talk_is_about_is_asked() -> None:
    assert {question["id"] for question in prepare(DATA, None).questions} == SUBJECTS


@pytest.mark.parametrize("who", [None, "mijzelf", "ouder", "partner", "kind", "client", "ander", "onbekend"])
def test_text_and_form_ask_the_same(who: str | None) -> None:
    preparation = prepare(DATA, who)
    block = preparation.as_block()
    assert [f"- {question['vraag']}" for question in block["vragen"]] == preparation.as_text().split("\n")
    assert "wie}" not in str(block)


def test_about_somebody_else_the_questions_name_that_person() -> None:
    assert "uw vader of moeder" in prepare(DATA, "ouder").as_text()
    assert "uw naaste" in prepare(DATA, "onbekend").as_text()
    assert "Wat doet u zelf?" in prepare(DATA, None).as_text()


@pytest.mark.parametrize("harm", ["dubbel", "leeg", "personen"])
def test_a_file_that_does_not_fit_is_refused(tmp_path: Path, harm: str) -> None:
    text = (ROOT / "content" / "voorbereiding.yml").read_text(encoding="utf-8")
    changed = {
        "dubbel": text.replace("id: goed", "id: situatie"),
        "leeg": text.replace("kort: Wat goed gaat", "kort: ''"),
        "personen": text.replace("  ander: uw naaste\n", ""),
    }[harm]
    path = tmp_path / "voorbereiding.yml"
    path.write_text(changed, encoding="utf-8")
    assert load(path) != DATA
    with pytest.raises(PreparationError):
        read(path)
