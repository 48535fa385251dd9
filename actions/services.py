"""What the actions work with. The front office fills this in at start; tests fill in their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from steunwijzer.clock import Clock


class Callbacks(Protocol):
    """Where call-back requests are kept."""

    async def begin(self, conversation_id: str, topic: str | None, gemeente: str | None) -> None:
        """Store a request that waits for name and number. Raises ``CallbacksUnavailable``."""


class CallbacksUnavailable(Exception):
    """The request could not be stored."""


@dataclass(frozen=True)
class Services:
    """``directory``: path of the store; ``content``: the editors' folder; ``terms`` and ``care_forms``: as read from it."""

    directory: Path
    content: Path
    terms: Mapping[str, Mapping[str, Any]]
    care_forms: Mapping[str, Any]
    callbacks: Callbacks
    clock: Clock


_services: list[Services] = []


def configure(services: Services) -> None:
    """Set the services of this process; the last call counts."""
    _services[:] = [services]


def services() -> Services:
    """The services. Raises RuntimeError when the front office has not set them."""
    if not _services:
        raise RuntimeError("de diensten van de acties zijn niet ingesteld")
    return _services[0]
