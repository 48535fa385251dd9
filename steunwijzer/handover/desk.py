"""What every act at the desk needs: the database, the moment, the texts, and whom to tell afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from steunwijzer import audit
from steunwijzer.accounts.who import MEDEWERKER, Who
from steunwijzer.clock import NETHERLANDS, Clock
from steunwijzer.connectors import Plan
from steunwijzer.handover import errors
from steunwijzer.handover.errors import HandoverError
from steunwijzer.handover.live import DeskLive
from steunwijzer.handover.rules import Rules
from steunwijzer.store import Database


class Say(Protocol):
    """Renders an editor's text by its key, with the facts of a municipality and the values filled in."""

    def __call__(self, key: str, gemeente: str | None = None, **values: str) -> str: ...


@dataclass(frozen=True)
class Desk:
    """``tell``: wakes who listens to a conversation; ``live``: wakes the desks of a municipality; ``plan``: which other systems get what."""

    database: Database
    clock: Clock
    say: Say
    rules: Rules
    tell: Callable[[str], None]
    live: DeskLive = field(default_factory=DeskLive)
    plan: Plan = field(default_factory=Plan)

    def today(self) -> date:
        """The day in the Netherlands."""
        return self.clock().astimezone(NETHERLANDS).date()

    def changed(self, conversation_id: str | None, gemeente: str) -> None:
        """Call after the commit: resident and desks look again."""
        if conversation_id:
            self.tell(conversation_id)
        self.live.tell(gemeente, *([conversation_id] if conversation_id else []))

    async def log(self, session: AsyncSession, who: Who, gemeente: str, act: str, subject: str, **detail: Any) -> None:
        """Note what a colleague did, as part of the transaction; never what was said."""
        await audit.append(
            session, at=self.clock(), who=who.id, gemeente=gemeente, act=act, subject=subject, detail=detail
        )

    async def count(self, session: AsyncSession, gemeente: str, *counted: tuple[str, str]) -> None:
        """Add to the counters of today; as part of the transaction."""
        await self.database.count(session, self.today(), gemeente, counted)


def may_work(who: Who, gemeente: str | None) -> bool:
    """Whether this colleague takes talks of that municipality; without a municipality nobody does."""
    return bool(gemeente) and who.may(MEDEWERKER, str(gemeente))


def first_name(name: str) -> str:
    """What a resident sees of a colleague's name."""
    return name.split()[0] if name.split() else "een medewerker"


def written(text: str, most: int) -> str:
    """A text without spaces around it. Raises :class:`HandoverError` when it is empty or too long."""
    tidy = "".join(letter for letter in text if letter.isprintable() or letter in "\n\t").strip()
    if not tidy:
        raise HandoverError(errors.EMPTY)
    if len(tidy) > most:
        raise HandoverError(errors.TOO_LONG, grens=str(most))
    return tidy


Json = dict[str, Any]
