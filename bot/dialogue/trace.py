"""Writes down which branches conversations take, for the coverage of the dialogue tests. Off unless the tests ask for it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

VARIABLE = "FLOW_BRANCH_LOG"


def branch_log() -> Callable[[str, str, int], None] | None:
    """A function that adds a line ``flow step branch`` to the file named in the environment, each branch once."""
    name = os.environ.get(VARIABLE)
    if not name:
        return None
    path, seen = Path(name), set[str]()

    def note(flow: str, step: str, branch: int) -> None:
        line = f"{flow} {step} {branch}\n"
        if line not in seen:
            seen.add(line)
            with path.open("a", encoding="utf-8") as log:
                log.write(line)

    return note
