"""From what the gate learns, and what is kept apart to judge it with."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.nlu.encoder_package import kept_from_tuning
from bot.nlu.normalise import sentences
from bot.nlu.safety.examples import CALM, read, taught

LEARNED = next(f"Ik zoek hulp {n}. Wie kan ik bellen?" for n in range(99) if not kept_from_tuning(f"Ik zoek hulp {n}. Wie kan ik bellen?"))  # fmt: skip
KEPT = next(f"Ik zoek steun {n}. Waar kan dat?" for n in range(99) if kept_from_tuning(f"Ik zoek steun {n}. Waar kan dat?"))  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "zinnen.yml").write_text(
        "gevaar:\n  spoed:\n    iedereen:\n      - 'Ik val. Help mij nu.'\n"
        f"alledaags:\n  gewoon:\n    - '{LEARNED}'\n    - '{KEPT}'\n",
        encoding="utf-8",
    )
    return tmp_path


def test_a_calm_story_also_teaches_by_its_sentences(folder: Path) -> None:
    parts = [one for one in taught(folder) if one not in read(folder)]
    assert {one.text for one in parts} == {part for part in sentences(LEARNED) if not kept_from_tuning(part)}
    assert {one.klasse for one in parts} == {CALM}


def test_nobody_knows_which_sentence_of_a_dangerous_story_is_the_dangerous_one(folder: Path) -> None:
    assert "Help mij nu." not in {one.text for one in taught(folder)}


def test_no_part_of_a_story_judges_what_was_learned_from_it() -> None:
    parts = {one.text for one in taught()} - {one.text for one in read()}
    assert len(parts) > 500
    assert not [part for part in parts if kept_from_tuning(part)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Hallo. Wie helpt mij?", ["Hallo.", "Wie helpt mij?"]),
        ("een regel\nnog een", ["een regel\nnog een"]),
        ("eerst;\n dan", ["eerst;", "dan"]),
        ("", [""]),
    ],
)
def test_a_text_falls_apart_into_sentences(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts
