"""Tests that need Rasa: `bot/.venv/bin/python -m pytest tests/engine`. In the front office's environment they do not exist."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

collect_ignore_glob = [] if find_spec("rasa") else ["*"]

if find_spec("rasa"):
    from bot.runtime import environment

    environment.prepare(training=True)


@pytest.fixture(scope="session")
def original() -> Path:
    """The sentence encoder's file as it came."""
    from bot.nlu.encoder_package import original_file

    path = original_file()
    if path is None:
        pytest.skip("de zinscodering is hier niet geïnstalleerd")
    return path
