"""Deliveries for the tests of the desk."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from steunwijzer.store import Conversation, Database, Delivery


async def delivery(database: Database, gemeente: str, now: datetime, **other: Any) -> str:
    """A delivery of a conversation in this municipality; waiting, unless ``other`` says so. Returns its id."""
    conversation = Conversation(
        id=str(uuid.uuid4()), token_hash="x" * 64, gemeente=gemeente, taal="nl", status="terugbelverzoek", state={}, summary={}, last_seq=0,
        created_at=now, updated_at=now,
    )  # fmt: skip
    facts = {
        "id": str(uuid.uuid4()), "connector": "openklant", "gemeente": gemeente, "subject": f"terugbelverzoek:{uuid.uuid4()}",
        "conversation_id": conversation.id, "payload": {"name": "Anna de Boer", "phone": "+31612345678"}, "progress": {}, "state": "wacht",
        "attempts": 0, "last_error": "", "created_at": now, "next_at": now, **other,
    }  # fmt: skip
    async with database.transaction() as session:
        session.add(conversation)
        await session.flush()
        session.add(Delivery(**facts))
    return str(facts["id"])


async def failed_delivery(database: Database, gemeente: str, now: datetime) -> str:
    """One that somebody must look at."""
    reason = "De ontvanger kent ons geheim niet (401). Kijk het token of geheim na."
    return await delivery(database, gemeente, now, state="mislukt", attempts=1, last_error=reason)
