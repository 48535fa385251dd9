"""Calls to the other processes that something changed. A call is a kind and some words; what changed, is read from the database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

Heard = Callable[..., None]


class Calls(Protocol):
    """Never fails and never waits: a call that is lost costs seconds, not messages."""

    def send(self, kind: str, *words: str) -> None:
        """Tell the other processes."""

    def on(self, kind: str, heard: Heard) -> None:
        """What to do when another process calls; it gets the words."""

    def on_doubt(self, look: Callable[[], None]) -> None:
        """What to do when calls may have been missed: look at everything again."""


class _Alone:
    """One process: there is nobody to tell."""

    def send(self, kind: str, *words: str) -> None:
        """Nobody hears it."""

    def on(self, kind: str, heard: Heard) -> None:
        """Nobody calls."""

    def on_doubt(self, look: Callable[[], None]) -> None:
        """Nothing is missed."""


ALONE: Calls = _Alone()
