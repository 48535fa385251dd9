"""``steunwijzer collega``: the first administrator, and mending what nobody can mend in the desk any more."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from steunwijzer.cli.main import app

ANNE = ["--email", "anne@voorbeeldstad.example"]
MAKE = ["maak", "--naam", "Anne de Vries", *ANNE, "--gemeente", "gm9999", "--rol", "beheerder"]


@pytest.fixture(autouse=True)
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database and a secret of this test's own."""
    monkeypatch.setenv("STEUNWIJZER_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path / 'balie.sqlite'}")
    monkeypatch.setenv("STEUNWIJZER_SECRET_KEY", "een geheim van de tests, lang genoeg")
    monkeypatch.setenv("COLUMNS", "160")


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["collega", *words])


def test_a_colleague_is_made_with_a_link_for_the_desk() -> None:
    made = run(*MAKE, "--adres", "https://chat.gemeente.example/")
    assert made.exit_code == 0
    assert made.stdout.startswith("https://chat.gemeente.example/balie/instellen/")
    assert "72 uur" in made.stderr
    shown = run("lijst").stdout
    for word in ("Anne de Vries", "GM9999: beheerder", "wacht op instellen", "nooit"):
        assert word in shown


def test_what_cannot_be_is_said_in_dutch_and_nothing_is_made() -> None:
    for words, says in [
        ([*MAKE[:-1], "baas"], "Kies een rol"),
        ([*MAKE[:5], "--gemeente", "Voorbeeldstad", "--rol", "beheerder"], "GM en vier cijfers"),
        (["link", *ANNE], "geen collega"),
    ]:
        done = run(*words)
        assert done.exit_code == 1
        assert says in done.stderr
    assert "Anne" not in run("lijst").stdout


def test_another_link_roles_off_on_and_gone() -> None:
    first = run(*MAKE).stdout
    assert run("link", *ANNE).stdout not in ("", first)
    assert run("rollen", *ANNE, "--gemeente", "GM9999", "--rol", "redacteur", "--rol", "raadpleger").exit_code == 0
    assert "GM9999: raadpleger, redacteur" in run("lijst").stdout
    assert "uit" in run("uit", *ANNE).stdout
    refused = run("link", *ANNE)
    assert refused.exit_code == 1
    assert "staat uit" in refused.stderr
    assert "aan" in run("aan", *ANNE).stdout
    assert run("verwijder", *ANNE).exit_code == 0
    assert "Anne" not in run("lijst").stdout
