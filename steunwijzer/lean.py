"""Imported before everything else by the server: ``httpx`` brings a command line along (rich, pygments, click: 12 MB) that a server never uses."""

from __future__ import annotations

import sys
from types import ModuleType


def _no_command_line() -> None:
    raise SystemExit("httpx heeft hier geen opdrachtregel")


if "httpx" not in sys.modules:
    instead = ModuleType("httpx._main")
    instead.main = _no_command_line  # type: ignore[attr-defined]
    sys.modules["httpx._main"] = instead
