"""Messages from the engine, made ready to be stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from steunwijzer.store import Conversation
from steunwijzer.store.messages import Drafted, Json, add_messages, shown

__all__ = ["Drafted", "Json", "from_engine", "shown", "store"]


def from_engine(message: Mapping[str, Any]) -> Drafted:
    """The engine's message; its sources, and its language when it is not Dutch, become blocks of their own."""
    blocks = list(message.get("blocks") or [])
    sources, checked_on = message.get("bron"), message.get("gecontroleerd_op")
    if sources and checked_on:
        blocks.append({"type": "bron", "items": sources, "gecontroleerd_op": checked_on})
    if message.get("taal"):
        blocks.append({"type": "taal", "taal": message["taal"]})
    version = {"versie": message["versie"], "gecontroleerd_op": checked_on} if message.get("versie") else None
    return Drafted("assistent", message["text"], message.get("choices") or (), blocks, message.get("key"), version)


def store(session: AsyncSession, conversation: Conversation, drafted: Sequence[Drafted], now: datetime) -> list[Json]:
    """Add messages to the conversation; returns them as the API shows them."""
    return [shown(message) for message in add_messages(session, conversation, drafted, now)]
