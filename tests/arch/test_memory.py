"""What a server does not need is not loaded."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.conftest import ROOT

NOT_WHILE_SERVING = ["rich", "pygments", "alembic", "textstat", "dateparser", "redis", "numpy", "typer"]


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    """The modules of a front office that has just been loaded."""
    code = "import sys, steunwijzer.server; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("name", NOT_WHILE_SERVING)
def test_a_front_office_starts_without(loaded: set[str], name: str) -> None:
    assert "httpx" in loaded
    assert name not in loaded


def test_of_all_holidays_only_ours_are_loaded() -> None:
    code = """
import sys, steunwijzer.server
from datetime import date
from steunwijzer.directory.opening import holiday_name
assert holiday_name(date(2026, 4, 27)) == "Koningsdag"
print(*(name for name in sys.modules if name.startswith("holidays.countries.")))
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["holidays.countries.netherlands"]
