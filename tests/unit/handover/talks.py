"""Talks, colleagues and a desk for the tests of the hand-over, on a real database with the real texts."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from steunwijzer.accounts.who import Who
from steunwijzer.chat.texts import Texts
from steunwijzer.handover import Callbacks, Cases, Desk, Lists, Presences, Rules
from steunwijzer.handover.asking import ask
from steunwijzer.handover.summary import give, summarise
from steunwijzer.privacy.seal import Sealer
from steunwijzer.store import (
    Colleague,
    Conversation,
    Database,
    Drafted,
    HandoverCase,
    Membership,
    Message,
    add_messages,
)
from tests.conftest import ROOT

# A Tuesday morning, within the hours of Voorbeeldstad.
SEALER = Sealer("een geheim van de tests, lang genoeg 0123456789")
NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)


@cache
def texts() -> Texts:
    return Texts(ROOT / "content")


@cache
def rules() -> Rules:
    return Rules.read(ROOT / "content", ROOT / "data" / "flows")


class Talks:
    """A desk whose clock the test turns; ``told``: conversations whose listeners were woken."""

    def __init__(self, database: Database) -> None:
        self.database, self.moment = database, NOW
        self.told: list[str] = []
        self.desk = Desk(database, lambda: self.moment, texts().say, rules(), self.told.append)
        self.cases, self.lists, self.callbacks = Cases(self.desk), Lists(self.desk), Callbacks(self.desk)
        self.presences = Presences(self.desk, ROOT / "content")

    def later(self, **span: int) -> None:
        self.moment += timedelta(**span)

    async def colleague(self, name: str = "Sanne de Wit", gemeente: str = "GM9999", role: str = "medewerker") -> Who:
        who = Who(str(uuid.uuid4()), name, f"{uuid.uuid4()}@voorbeeldstad.example", {gemeente: frozenset({role})})
        async with self.database.transaction() as session:
            session.add(Colleague(id=who.id, email=who.email, name=name, created_at=self.moment))
            await session.flush()
            session.add(Membership(colleague_id=who.id, gemeente=gemeente, role=role))
        return who

    async def talk(self, gemeente: str = "GM9999", said: Sequence[str] = ("Mijn moeder valt steeds.",)) -> Conversation:
        """A conversation in which a resident typed something and the assistant answered."""
        conversation = Conversation(
            id=str(uuid.uuid4()), token_hash="x" * 64, gemeente=gemeente, taal="nl", status="bot", summary={}, last_seq=0,
            state={"slots": {"onderwerp": "wmo_melding", "wet": "wmo", "voor_wie": "ouder", "gemeente": gemeente}},
            created_at=self.moment, updated_at=self.moment,
        )  # fmt: skip
        async with self.database.transaction() as session:
            session.add(conversation)
            await session.flush()
            drafted = [
                d for text in said for d in (Drafted("inwoner", text), Drafted("assistent", "Daar kan ik mee helpen."))
            ]
            add_messages(session, conversation, drafted, self.moment)
        return conversation

    async def waiting(
        self, gemeente: str = "GM9999", reason: str = "verzoek", include: Sequence[str] = ("gesprek", "onderwerp", "gemeente"),
        leave_out: Sequence[str | int] = (), said: Sequence[str] = ("Mijn moeder valt steeds.",),
    ) -> HandoverCase:  # fmt: skip
        """A talk in the queue."""
        conversation = await self.talk(gemeente, said)
        async with self.database.transaction() as session:
            stored = await session.get_one(Conversation, conversation.id)
            stored.summary = {"reden": reason, "onderwerp": "wmo_melding"}
            messages = await self.messages(stored.id)
            summary = summarise(stored, messages, rules(), "Voorbeeldstad")
            return await ask(
                session, stored, give(summary, messages, include, leave_out), rules(), gemeente, self.moment
            )

    async def messages(self, conversation_id: str) -> list[Message]:
        from sqlalchemy import select

        async with self.database.transaction() as session:
            wanted = select(Message).where(Message.conversation_id == conversation_id).order_by(Message.seq)
            return list(await session.scalars(wanted))

    async def case(self, case_id: str) -> HandoverCase:
        async with self.database.transaction() as session:
            return await session.get_one(HandoverCase, case_id)

    async def conversation(self, conversation_id: str) -> Conversation:
        async with self.database.transaction() as session:
            return await session.get_one(Conversation, conversation_id)

    async def count(self, table: type[Any]) -> int:
        from sqlalchemy import func, select

        async with self.database.transaction() as session:
            return int(await session.scalar(select(func.count()).select_from(table)) or 0)
