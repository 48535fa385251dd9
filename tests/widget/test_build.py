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
MADE = ("dist/steunwijzer.js", "dist/integrity.json", "pages/demo/thema-voorbeeld.css")


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


def test_the_fingerprint_is_of_the_committed_build() -> None:
    told = json.loads((WIDGET / "dist" / "integrity.json").read_text(encoding="utf-8"))
    digest = hashlib.sha384((WIDGET / "dist" / "steunwijzer.js").read_bytes()).digest()
    assert told["steunwijzer.js"] == "sha384-" + base64.b64encode(digest).decode()
    assert told["versie"] == json.loads((WIDGET / "package.json").read_text(encoding="utf-8"))["version"]


def test_no_tokens_of_a_real_municipality_are_shipped() -> None:
    made = (WIDGET / "dist" / "steunwijzer.js").read_text(encoding="utf-8")
    assert not [line for line in made.split("\n") if "--utrecht-" in line and "var(" not in line]
    themes = sorted(path.name for path in (WIDGET / "pages" / "demo").glob("thema-*.css"))
    assert themes == ["thema-voorbeeld.css", "thema-voorbeeldstad.css"]
