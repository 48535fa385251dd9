"""What an editor can get wrong is found before it goes live, with the place and the remedy."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from steunwijzer.checks import check_project
from steunwijzer.checks.finding import Finding
from tests.conftest import ROOT


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the content that an editor can break."""
    for folder in ("content", "data"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copytree(ROOT / "tests" / "nlu", tmp_path / "tests" / "nlu")
    for name in ("domain.yml", "config.yml"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def blocking(project: Path) -> list[Finding]:
    return [finding for finding in check_project(project) if finding.blocks]


def test_what_we_ship_has_nothing_to_mend() -> None:
    assert blocking(ROOT) == []


def _unknown_number(project: Path) -> None:
    change(project / "content/antwoorden/besluit.yml", "{telefoon.nationale_ombudsman}", "{telefoon.ombudsmannetje}")


def _unknown_button(project: Path) -> None:
    change(project / "content/antwoorden/acties.yml", "payload: /wmo_melding", "payload: /bestaat_niet")


def _stray_amount(project: Path) -> None:
    change(
        project / "content/antwoorden/acties.yml",
        "De gemeente mag dat verlengen",
        "Dat kost € 12,34. De gemeente mag dat verlengen",
    )


def _broken_yaml(project: Path) -> None:
    change(project / "content/antwoorden/acties.yml", "  utter_termijnen_melding:", "  utter_termijnen_melding: [")


@pytest.mark.parametrize(
    ("mistake", "file"),
    [
        (_unknown_number, "besluit.yml"),
        (_unknown_button, "acties.yml"),
        (_stray_amount, "acties.yml"),
        (_broken_yaml, "acties.yml"),
    ],
)
def test_a_mistake_is_found_with_its_place_and_a_remedy(
    project: Path, mistake: Callable[[Path], None], file: str
) -> None:
    mistake(project)
    found = blocking(project)
    assert any(file in f"{finding.place} {finding.message}" for finding in found), found
    assert all(finding.message and finding.remedy for finding in found)
