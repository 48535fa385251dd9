"""What a connector is: it delivers in steps that can be taken again, and it says whether it could."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from typing import Protocol

from steunwijzer.connectors.parcel import Parcel


class TryLater(Exception):
    """It did not work this time. The reason is Dutch and holds nothing of a resident. ``after_seconds``: what the receiver asked."""

    def __init__(self, reason: str, after_seconds: float = 0) -> None:
        super().__init__(reason)
        self.reason, self.after_seconds = reason, after_seconds


class Refused(Exception):
    """It will not work until somebody changes something. The reason is Dutch and holds nothing of a resident."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Finding:
    """One line of a check. ``text``: Dutch, with what to do when it is not in order."""

    ok: bool
    text: str


class Connector(Protocol):
    """A way to another system."""

    def deliver(self, parcel: Parcel) -> AsyncGenerator[tuple[str, str]]:
        """Deliver, and yield each step that is done with what the receiver gave back for it; steps in ``parcel.progress`` are not taken again.

        Raises :class:`TryLater` or :class:`Refused`.
        """
        ...

    async def check(self) -> list[Finding]:
        """Whether a delivery would work now, without delivering anything."""
        ...

    async def status(self, progress: Mapping[str, str]) -> str:
        """What the receiver says has become of it, in Dutch; empty when it cannot be asked. Raises :class:`TryLater`."""
        ...

    async def close(self) -> None:
        """Close the connections."""
        ...
