"""Tests that need Rasa: `bot/.venv/bin/python -m pytest tests/engine`. In the front office's environment they do not exist."""

from __future__ import annotations

from importlib.util import find_spec

collect_ignore_glob = [] if find_spec("rasa") else ["*"]

if find_spec("rasa"):
    from bot.runtime import environment

    environment.prepare(training=True)
