"""Messages on their way: from the engine into the database, and from there to the resident."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from steunwijzer.store import Choice, Conversation, Message

Json = dict[str, Any]


@dataclass(frozen=True)
class Drafted:
    """A message that is about to be stored, by ``sender`` assistent, inwoner or systeem."""

    sender: str
    text: str
    choices: Sequence[Mapping[str, str]] = ()
    blocks: Sequence[Mapping[str, Any]] = ()
    key: str | None = None


def from_engine(message: Mapping[str, Any]) -> Drafted:
    """The engine's message; its sources, and its language when it is not Dutch, become blocks of their own."""
    blocks = list(message.get("blocks") or [])
    sources, checked_on = message.get("bron"), message.get("gecontroleerd_op")
    if sources and checked_on:
        blocks.append({"type": "bron", "items": sources, "gecontroleerd_op": checked_on})
    if message.get("taal"):
        blocks.append({"type": "taal", "taal": message["taal"]})
    return Drafted("assistent", message["text"], message.get("choices") or (), blocks, message.get("key"))


def store(session: AsyncSession, conversation: Conversation, drafted: Sequence[Drafted], now: datetime) -> list[Json]:
    """Add messages to the conversation; returns them as the API shows them."""
    added = []
    for draft in drafted:
        conversation.last_seq += 1
        conversation.updated_at = now
        choices = [_offer(session, conversation.id, choice) for choice in draft.choices]
        message = Message(
            id=str(uuid.uuid4()), conversation_id=conversation.id, seq=conversation.last_seq, sender=draft.sender,
            at=now, text=draft.text, choices=choices, blocks=list(draft.blocks), answer_key=draft.key,
        )  # fmt: skip
        session.add(message)
        added.append(shown(message))
    return added


def _offer(session: AsyncSession, conversation_id: str, choice: Mapping[str, str]) -> Json:
    """Keep what a button means; the browser only gets an id."""
    made = Choice(
        id=str(uuid.uuid4()), conversation_id=conversation_id, label=choice["label"], payload=choice["payload"]
    )
    session.add(made)
    return {"id": made.id, "label": made.label}


def shown(message: Message) -> Json:
    """A message as the API shows it."""
    return {
        "id": message.id,
        "seq": message.seq,
        "from": message.sender,
        "at": message.at.isoformat(),
        "text": message.text,
        "choices": message.choices,
        "blocks": message.blocks,
    }
