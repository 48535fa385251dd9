"""Which municipality uses which connectors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncSession

from steunwijzer.connectors import outbox
from steunwijzer.connectors.connector import Connector
from steunwijzer.connectors.parcel import CALLBACK, CallbackAsked, TalkClosed


@dataclass(frozen=True)
class Plan:
    """``standard``: the connectors of the installation, by name; ``own``: those of municipalities that differ; ``closed``: whether closed talks are delivered too."""

    standard: Mapping[str, Connector] = field(default_factory=dict)
    own: Mapping[str, Mapping[str, Connector]] = field(default_factory=dict)
    closed: bool = False

    def of(self, gemeente: str) -> Mapping[str, Connector]:
        """The connectors of a municipality, by name."""
        return self.own.get(gemeente, self.standard)

    def connector(self, name: str, gemeente: str) -> Connector | None:
        """One of them, or none when it is not in use."""
        return self.of(gemeente).get(name)

    def all(self) -> Iterator[tuple[str, str, Connector]]:
        """Municipality (empty: the installation), name and connector."""
        for gemeente, connectors in {"": self.standard, **self.own}.items():
            for name, connector in connectors.items():
                yield gemeente, name, connector

    async def close(self) -> None:
        """Close all connections."""
        for _, _, connector in self.all():
            await connector.close()


async def enqueue_callback(session: AsyncSession, plan: Plan, asked: CallbackAsked) -> None:
    """Put a call-back request in the outbox for every connector of its municipality, in the caller's transaction."""
    for name in plan.of(asked.gemeente):
        await outbox.put(session, name, asked, asked.at)


async def withdraw_callbacks(session: AsyncSession, conversation_id: str) -> None:
    """The resident no longer wants to be called: what has not arrived yet is not delivered any more."""
    await outbox.withdraw(session, conversation_id, CALLBACK)


async def enqueue_closed(session: AsyncSession, plan: Plan, closed: TalkClosed) -> None:
    """The same for a closed talk, where the installation delivers those."""
    if plan.closed:
        for name in plan.of(closed.gemeente):
            await outbox.put(session, name, closed, closed.at)
