"""Messages going into a conversation and out of it, whoever speaks; one writer at a time per conversation."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from steunwijzer.store.tables import Choice, Conversation, Message

Json = dict[str, Any]
# On the block of a form.
FILLED_IN = "ingevuld"


@dataclass(frozen=True)
class Drafted:
    """A message that is about to be stored, by ``sender`` assistent, inwoner, medewerker or systeem.

    ``understood``: see :class:`~steunwijzer.store.tables.Message`; ``id``: given by who may send the same message twice.
    """

    sender: str
    text: str
    choices: Sequence[Mapping[str, str]] = ()
    blocks: Sequence[Mapping[str, Any]] = ()
    key: str | None = None
    understood: Mapping[str, Any] | None = None
    colleague_id: str | None = None
    id: str = field(default_factory=lambda: str(uuid.uuid4()))


async def lock_conversation(session: AsyncSession, conversation_id: str) -> Conversation | None:
    """The conversation as it is now, for this transaction alone; others who want to write in it wait. None when it is gone.

    Reading it is a writing statement: it takes the row on PostgreSQL and the file on SQLite, so that nothing that is read
    afterwards changes before the commit.
    """
    same = update(Conversation).where(Conversation.id == conversation_id).values(last_seq=Conversation.last_seq)
    options = {"synchronize_session": False, "populate_existing": True}
    return (await session.scalars(same.returning(Conversation), execution_options=options)).one_or_none()


def add_messages(
    session: AsyncSession, conversation: Conversation, drafted: Sequence[Drafted], now: datetime
) -> list[Message]:
    """Add messages to a conversation that was locked (or is new); they are numbered in this order."""
    added = []
    for draft in drafted:
        conversation.last_seq += 1
        conversation.updated_at = now
        choices = [_offer(session, conversation.id, choice) for choice in draft.choices]
        message = Message(
            id=draft.id, conversation_id=conversation.id, seq=conversation.last_seq, sender=draft.sender,
            at=now, text=draft.text, choices=choices, blocks=[dict(block) for block in draft.blocks], answer_key=draft.key,
            understood=dict(draft.understood) if draft.understood else None, colleague_id=draft.colleague_id,
        )  # fmt: skip
        session.add(message)
        added.append(message)
    return added


def _offer(session: AsyncSession, conversation_id: str, choice: Mapping[str, str]) -> Json:
    """Keep what a button means; the browser only gets an id."""
    made = Choice(
        id=str(uuid.uuid4()), conversation_id=conversation_id, label=choice["label"], payload=choice["payload"]
    )
    session.add(made)
    return {"id": made.id, "label": made.label}


async def form_is_open(session: AsyncSession, conversation_id: str, kind: str) -> bool:
    """Whether the resident has such a form already, not filled in yet."""
    said = await session.scalars(select(Message.blocks).where(Message.conversation_id == conversation_id))
    return any(block.get("type") == kind and not block.get(FILLED_IN) for blocks in said for block in blocks)


async def form_filled_in(session: AsyncSession, conversation_id: str, kind: str) -> None:
    """A form was filled in: whoever comes back does not get it again. The desk still sees that it was there."""
    for message in await session.scalars(select(Message).where(Message.conversation_id == conversation_id)):
        if any(block.get("type") == kind for block in message.blocks):
            message.blocks = [{**block, FILLED_IN: True} if block.get("type") == kind else block for block in message.blocks]  # fmt: skip


def shown(message: Message) -> Json:
    """A message as the resident's API shows it, without forms that were filled in; what was understood and who the colleague is stay inside."""
    return {
        "id": message.id,
        "seq": message.seq,
        "from": message.sender,
        "at": message.at.isoformat(),
        "text": message.text,
        "choices": message.choices,
        "blocks": [block for block in message.blocks if not block.get(FILLED_IN)],
    }
