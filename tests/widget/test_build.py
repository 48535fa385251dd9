"""The build that is committed is the build of these sources, small enough, and its fingerprint is its own."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT

WIDGET = ROOT / "widget"
MADE = ("dist/steunwijzer.js", "pages/demo/thema-voorbeeld.css")
KEPT = 5


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the widget with its own packages, so that nothing here changes."""
    if shutil.which("npm") is None:
        reason = "geen npm gevonden (op Debian: apt-get install npm)"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    copy = tmp_path_factory.mktemp("bouw") / "widget"
    shutil.copytree(WIDGET, copy, ignore=shutil.ignore_patterns("node_modules"))
    run(copy, "npm", "ci")
    return copy


def run(folder: Path, *command: str) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
def test_building_again_gives_what_is_committed(sources: Path) -> None:
    run(sources, "npm", "run", "build")
    changed = [name for name in MADE if (sources / name).read_bytes() != (WIDGET / name).read_bytes()]
    assert changed == [], "draai 'npm ci && npm run build' in widget/ en leg het resultaat vast"


@pytest.mark.slow
def test_the_types_hold(sources: Path) -> None:
    run(sources, "npm", "run", "check")


def fingerprint(script: Path) -> str:
    return "sha384-" + base64.b64encode(hashlib.sha384(script.read_bytes()).digest()).decode()


def test_every_released_version_is_still_what_it_was() -> None:
    told = json.loads((WIDGET / "released" / "integrity.json").read_text(encoding="utf-8"))
    there = {path.parent.name: fingerprint(path) for path in (WIDGET / "released").glob("*/steunwijzer.js")}
    assert told["versies"] == there
    assert 2 <= len(there) <= KEPT
    assert (told["versie"], told["steunwijzer.js"]) == next(iter(told["versies"].items()))


def test_releasing_keeps_the_newest_and_changes_none(tmp_path: Path) -> None:
    if shutil.which("node") is None:
        pytest.skip("geen node gevonden")
    shutil.copy(WIDGET / "release.mjs", tmp_path)
    for name in ("dist", "released"):
        (tmp_path / name).mkdir()
    (tmp_path / "released" / "integrity.json").write_text('{"versies": {}}')
    for number in range(9, 16):
        release(tmp_path, f"1.{number}.0", f"versie {number}")
    told = json.loads((tmp_path / "released" / "integrity.json").read_text(encoding="utf-8"))
    assert list(told["versies"]) == ["1.15.0", "1.14.0", "1.13.0", "1.12.0", "1.11.0"]
    assert {path.name for path in (tmp_path / "released").iterdir()} == {*told["versies"], "integrity.json"}
    with pytest.raises(AssertionError, match="verandert niet meer"):
        release(tmp_path, "1.15.0", "iets anders")
    assert (tmp_path / "released" / "1.15.0" / "steunwijzer.js").read_text() == "versie 15"


def release(folder: Path, version: str, script: str) -> None:
    (folder / "package.json").write_text(json.dumps({"version": version}))
    (folder / "dist" / "steunwijzer.js").write_text(script)
    run(folder, "node", "release.mjs")


def test_no_tokens_of_a_real_municipality_are_shipped() -> None:
    made = (WIDGET / "dist" / "steunwijzer.js").read_text(encoding="utf-8")
    assert not [line for line in made.split("\n") if "--utrecht-" in line and "var(" not in line]
    themes = sorted(path.name for path in (WIDGET / "pages" / "demo").glob("thema-*.css"))
    assert themes == ["thema-voorbeeld.css", "thema-voorbeeldstad.css"]
