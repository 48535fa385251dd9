"""The command line, for the parts that work without a running assistant."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from steunwijzer.cli.main import app
from steunwijzer.directory.service import build
from tests.conftest import ROOT

runner = CliRunner()


@pytest.fixture(autouse=True)
def own_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "directory.sqlite"
    build(ROOT / "content", path)
    monkeypatch.setenv("STEUNWIJZER_DIRECTORY_PATH", str(path))
    return path


def test_searching_finds_the_singular_of_a_plural() -> None:
    result = runner.invoke(app, ["directory", "search", "rolstoelen", "--gemeente", "GM9999", "--json"])
    assert result.exit_code == 0, result.output
    assert "rolstoel" in result.output.lower()


def test_a_bad_row_is_named_and_the_good_ones_go_in(tmp_path: Path) -> None:
    exported = tmp_path / "alles.json"
    assert runner.invoke(app, ["directory", "export", str(exported)]).exit_code == 0
    records = json.loads(exported.read_text(encoding="utf-8"))[:2]
    records[1]["thema"] = ["bestaat niet"]
    records[0]["laatstGecontroleerd"] = "2026-11-23"
    broken = tmp_path / "nieuw.json"
    broken.write_text(json.dumps(records), encoding="utf-8")
    result = runner.invoke(app, ["directory", "import", str(broken)])
    assert result.exit_code == 1
    assert "1 ingelezen" in result.output
    assert "rij 2" in result.output


@pytest.mark.parametrize("kind", ["json", "csv", "hsds"])
def test_everything_can_be_taken_out(tmp_path: Path, kind: str) -> None:
    target = tmp_path / f"uit.{kind}"
    assert runner.invoke(app, ["directory", "export", str(target), "--vorm", kind]).exit_code == 0
    assert target.stat().st_size > 10_000


@pytest.mark.parametrize(
    ("content", "reason"),
    [("geen json\n", "regel 1"), ('{"label": "x"}\n', "text"), ("\n", "geen enkele zin")],
)
def test_a_malformed_file_is_refused_with_the_line(tmp_path: Path, content: str, reason: str) -> None:
    path = tmp_path / "vragen.jsonl"
    path.write_text(content, encoding="utf-8")
    result = runner.invoke(app, ["nlu", "evaluate", str(path)])
    assert result.exit_code not in {0, None}
    assert reason in result.output + result.stderr
    assert "Traceback" not in result.output


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    result = runner.invoke(app, ["directory", "import", str(tmp_path / "weg.csv")])
    assert result.exit_code != 0
    assert "weg.csv" in (result.output + result.stderr).replace("\n", "")


def test_a_file_that_cannot_be_read_says_why_in_dutch(tmp_path: Path) -> None:
    latin = tmp_path / "oud.jsonl"
    latin.write_bytes('{"text": "é"}'.encode("latin-1"))
    for path, why in (
        (tmp_path / "weg.jsonl", "het is er niet"),
        (tmp_path, "het is een map"),
        (latin, "het is geen UTF-8"),
    ):
        result = runner.invoke(app, ["nlu", "evaluate", str(path)])
        assert f"niet te lezen: {why}." in " ".join(result.output.split())


@pytest.mark.parametrize(
    "command", [[], ["chat"], ["ask"], ["nlu"], ["nlu", "evaluate"], ["directory"], ["check"], ["bench"]]
)
def test_help_is_dutch(command: list[str]) -> None:
    output = runner.invoke(app, [*command, "--help"]).output
    assert "Show this message" not in output
    assert "Usage" not in output


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (["ask"], "U vergat 'vraag'."),
        (["deur", "dicht", "chat"], "De optie '--reden' ontbreekt."),
        (["deur"], "Gebruik: "),
        (["privcy"], "De opdracht 'privcy' bestaat niet. Bedoelt u 'privacy'?"),
        (["ask", "x", "--jso"], "De optie --jso bestaat niet. Bedoelt u --json?"),
        (["ask", "--json=ja", "x"], "Achter '--json' hoort geen waarde."),
        (["ask", "wat", "is dat"], "Dit is te veel: is dat. Zet een zin tussen aanhalingstekens."),
        (["aanval", "--hoogstens"], "Zet achter '--hoogstens' een waarde."),
        (["aanval", "--hoogstens", "veel"], "Dit kan niet bij '--hoogstens': vul een getal in."),
        (["directory", "export", "x", "--vorm", "zip"], "'zip' is geen keuze. Kies uit 'json', 'csv', 'hsds'."),
    ],
)
def test_errors_are_dutch(command: list[str], words: str) -> None:
    result = runner.invoke(app, command)
    assert result.exit_code == 2
    # The frame around it breaks the line.
    assert words in " ".join(result.output.replace("│", " ").split())
