"""A colleague says what they think of one message of the assistant."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from steunwijzer import audit, history
from steunwijzer.privacy import mask
from steunwijzer.store import Judgement, Message

VERDICTS = ("goed", "fout", "ontbreekt", "verouderd")
MAX_REMARK = 1000
_MAX_TOPIC = 80
_MAX_TEXT = 2000


class NotJudged(ValueError):
    """The judgement cannot be kept; the text says why, in Dutch."""


@dataclass(frozen=True)
class Judged:
    """``verdict``: one of :data:`VERDICTS`; ``right_topic``: the topic it should have been, or empty; ``remark``: for the editors."""

    conversation_id: str
    seq: int
    verdict: str
    right_topic: str = ""
    remark: str = ""


async def judge(
    session: AsyncSession, given: Judged, *, colleague_id: str, gemeenten: Collection[str], topics: Collection[str], now: datetime
) -> Judgement:  # fmt: skip
    """Keep a judgement with its context, masked, and log it. A second one by the same colleague replaces the first.

    ``gemeenten``: where this colleague works; ``topics``: the names there are. Raises :class:`NotJudged`.
    """
    _check(given, topics)
    talk = await history.conversation(session, gemeenten, given.conversation_id)
    answer = next((message for message in talk.messages if message.seq == given.seq), None) if talk else None
    if talk is None or answer is None or answer.sender != "assistent":
        raise NotJudged("Dit antwoord is er niet (meer).")
    same = (
        (Judgement.conversation_id == given.conversation_id) & (Judgement.seq == given.seq) & (Judgement.colleague_id == colleague_id)
    )  # fmt: skip
    judgement = await session.scalar(select(Judgement).where(same))
    if judgement is None:
        judgement = Judgement(
            id=str(uuid.uuid4()), conversation_id=given.conversation_id, seq=given.seq, colleague_id=colleague_id
        )
        session.add(judgement)
    question = _question(talk.messages, given.seq)
    understood = (question.understood if question else None) or {}
    judgement.gemeente = talk.gemeente
    judgement.verdict, judgement.right_topic = given.verdict, given.right_topic or None
    judgement.remark = mask(given.remark.strip()).text
    judgement.topic, judgement.answer_key = _topic(understood, answer), answer.answer_key
    judgement.context = _context(question, answer, understood)
    judgement.state, judgement.at = "nieuw", now
    await audit.append(
        session, at=now, who=colleague_id, gemeente=judgement.gemeente, act="antwoord_beoordeeld", subject=f"gesprek:{given.conversation_id}",
        detail={"bericht": given.seq, "oordeel": given.verdict},
    )  # fmt: skip
    return judgement


async def judgements_of(session: AsyncSession, conversation_id: str, colleague_id: str) -> dict[int, Judgement]:
    """What this colleague said of the messages of a conversation, by number."""
    own = select(Judgement).where(Judgement.conversation_id == conversation_id, Judgement.colleague_id == colleague_id)
    return {judgement.seq: judgement for judgement in await session.scalars(own)}


async def purge(session: AsyncSession, now: datetime, days: int) -> int:
    """Delete what is older than its own retention period. Returns how many."""
    old = await session.execute(delete(Judgement).where(Judgement.at < now - timedelta(days=days)))
    return int(old.rowcount)  # type: ignore[attr-defined]


def _check(given: Judged, topics: Collection[str]) -> None:
    if given.verdict not in VERDICTS:
        raise NotJudged("Kies wat u van het antwoord vindt.")
    if given.right_topic and (given.right_topic not in topics or len(given.right_topic) > _MAX_TOPIC):
        raise NotJudged("Kies een onderwerp uit de lijst.")
    if len(given.remark) > MAX_REMARK:
        raise NotJudged(f"Schrijf hoogstens {MAX_REMARK} tekens.")


def _question(messages: Sequence[Message], seq: int) -> Message | None:
    """What the resident said last before this answer, as far as it may be read."""
    earlier = [message for message in messages if message.sender == "inwoner" and message.seq < seq]
    return earlier[-1] if earlier else None


def _topic(understood: dict[str, Any], answer: Message) -> str | None:
    found = understood.get("intent") or understood.get("flow") or (answer.understood or {}).get("flow")
    return str(found)[:_MAX_TOPIC] if found else None


def _context(question: Message | None, answer: Message, understood: dict[str, Any]) -> dict[str, Any]:
    return {
        "vraag": mask(question.text[:_MAX_TEXT]).text if question else "",
        "antwoord": mask(answer.text[:_MAX_TEXT]).text,
        "begrepen": understood,
        "versie": (answer.understood or {}).get("versie"),
    }
