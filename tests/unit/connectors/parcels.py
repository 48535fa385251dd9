"""Something to deliver, a clock that a test moves, and what the outbox then holds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from steunwijzer.connectors import CallbackAsked, Plan, Worker, enqueue_callback
from steunwijzer.connectors.http import Caller
from steunwijzer.connectors.webhook import Webhook, WebhookSettings
from steunwijzer.store import CallbackRequest, Conversation, Database, Delivery
from tests.unit.connectors.receiver import SECRET

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
PHONE, NAME = "+31612345678", "Anna de Boer"


class Time:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **how_long: float) -> None:
        """Move on."""
        self.now += timedelta(**how_long)


def webhook_plan(url: str, clock: Callable[[], datetime]) -> Plan:
    """A plan in which every municipality has this webhook."""
    return Plan(
        {"webhook": Webhook(WebhookSettings(url, SECRET), Caller(private=False), clock, "https://chat.example.nl")}
    )


def asked(number: int = 1, **other: object) -> CallbackAsked:
    """A request to be called back, of the conversation with that number."""
    facts = {
        "id": f"bel-{number}", "conversation_id": f"gesprek-{number}", "gemeente": "GM9999", "topic": "pgb", "name": NAME,
        "phone": PHONE, "best_time": "ochtend", "at": NOW, "summary": {"Voor wie": "mijn moeder"},
    }  # fmt: skip
    return CallbackAsked(**{**facts, **other})  # type: ignore[arg-type]


async def ask(database: Database, plan: Plan, number: int = 1, **other: object) -> None:
    """Store a conversation (once), its call-back request and the delivery of it."""
    async with database.transaction() as session:
        if await session.get(Conversation, f"gesprek-{number}") is None:
            session.add(
                Conversation(
                    id=f"gesprek-{number}", token_hash="x" * 64, gemeente="GM9999", taal="nl", status="terugbelverzoek",
                    state={}, summary={}, last_seq=0, created_at=NOW, updated_at=NOW,
                )
            )  # fmt: skip
            session.add(
                CallbackRequest(id=f"bel-{number}", conversation_id=f"gesprek-{number}", status="open", created_at=NOW)
            )
            await session.flush()
        await enqueue_callback(session, plan, asked(number, **other))


async def rows(database: Database) -> list[Delivery]:
    """All deliveries, the oldest first."""
    async with database.transaction() as session:
        return list(await session.scalars(select(Delivery).order_by(Delivery.created_at, Delivery.id)))


async def deliver_all(database: Database, plan: Plan, time: Time) -> int:
    """Attempts until nothing is due; returns how many."""
    worker, count = Worker(database, plan, time), 0
    while await worker.deliver_next():
        count += 1
    return count
