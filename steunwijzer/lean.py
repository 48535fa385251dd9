"""Imported before everything else by the server: keeps out what libraries bring along and a server never uses.

``httpx`` has a command line (rich, pygments, click: 12 MB), and ``holidays`` loads 250 countries to answer for one (19 MB).
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from types import ModuleType


def _no_command_line() -> None:
    raise SystemExit("httpx heeft hier geen opdrachtregel")


def _leave_out_command_line() -> None:
    instead = ModuleType("httpx._main")
    instead.main = _no_command_line  # type: ignore[attr-defined]
    sys.modules["httpx._main"] = instead


def _load_countries_one_by_one() -> None:
    """A package without the list of all countries: each is still found by its own name."""
    library = find_spec("holidays")
    if library is not None:
        countries = ModuleType("holidays.countries")
        countries.__path__ = [f"{folder}/countries" for folder in library.submodule_search_locations or ()]
        sys.modules["holidays.countries"] = countries


if "httpx" not in sys.modules:
    _leave_out_command_line()
if "holidays" not in sys.modules:
    _load_countries_one_by_one()
