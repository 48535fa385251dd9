"""What a conversation does. No HTTP here: the same service serves the API, the command line and, later, other doors."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import secrets
import uuid
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import phonenumbers
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from steunwijzer.chat import errors
from steunwijzer.chat.errors import ChatError
from steunwijzer.chat.live import Live
from steunwijzer.chat.requests import Callback, Feedback, Handover, NewMessage
from steunwijzer.chat.texts import Texts
from steunwijzer.clock import NETHERLANDS, Clock
from steunwijzer.engine import EngineClient, EngineDown, Reply
from steunwijzer.privacy import mask
from steunwijzer.store import CallbackRequest, Choice, Conversation, Database, Message, Turn

MAX_TEXT = 2000
# While a human has the conversation the engine is not asked.
WITH_A_HUMAN = frozenset({"wachtrij", "in_gesprek"})
_MAX_LOCKS = 20_000
Json = dict[str, Any]


@dataclass(frozen=True)
class Drafted:
    """A message that is about to be stored."""

    sender: str
    text: str
    choices: Sequence[Mapping[str, str]] = ()
    blocks: Sequence[Mapping[str, Any]] = ()
    key: str | None = None


class ChatService:
    """Starts, continues, shows and deletes conversations."""

    def __init__(self, database: Database, engine: EngineClient, texts: Texts, clock: Clock, *, staffed: bool) -> None:
        self._database, self._engine, self._texts, self._clock, self._staffed = database, engine, texts, clock, staffed
        self._locks: OrderedDict[str, asyncio.Lock] = OrderedDict()
        self.live = Live()

    async def start(self, gemeente: str | None, taal: str) -> Json:
        """A new conversation with its token and welcome. Raises :class:`ChatError` for an unknown municipality."""
        if gemeente is not None and not self._texts.knows_municipality(gemeente):
            raise ChatError(errors.UNKNOWN_MUNICIPALITY)
        now, token = self._clock(), secrets.token_urlsafe(32)
        conversation = Conversation(
            id=str(uuid.uuid4()), token_hash=_hash(token), gemeente=gemeente, taal=taal, status="bot",
            state={}, summary={}, last_seq=0, created_at=now, updated_at=now,
        )  # fmt: skip
        drafted, reply = await self._ask(conversation, {"type": "start"})
        async with self._database.transaction() as session:
            session.add(conversation)
            await session.flush()
            self._accept(conversation, reply)
            messages = self._store(session, conversation, drafted, now)
        await self._database.count(now.date(), "gesprek", "begonnen", gemeente)
        return {"id": conversation.id, "token": token, "status": conversation.status, "messages": messages}

    async def say(self, conversation_id: str, token: str, request: NewMessage) -> Json:
        """One turn. The same ``client_id`` again gives the same answer, also when both arrive at once."""
        async with self._lock(conversation_id):
            conversation = await self._open(conversation_id, token)
            text = request.cleaned()
            request_hash = _hash(f"{text}\n{request.choice}")
            earlier = await self._earlier(conversation_id, request, request_hash)
            return earlier or await self._turn(conversation, request, text, request_hash)

    async def _earlier(self, conversation_id: str, request: NewMessage, request_hash: str) -> Json | None:
        async with self._database.transaction() as session:
            turn = await session.get(Turn, (conversation_id, str(request.client_id)))
        if turn is None:
            return None
        if turn.request_hash != request_hash:
            raise ChatError(errors.REPEATED)
        return turn.reply

    async def _turn(self, conversation: Conversation, request: NewMessage, text: str | None, request_hash: str) -> Json:
        if conversation.status == "afgesloten":
            raise ChatError(errors.CLOSED)
        if text is not None and len(text) > MAX_TEXT:
            raise ChatError(errors.TOO_LONG)
        choice = await self._choice(conversation.id, request.choice) if request.choice is not None else None
        masked = mask(text or "")
        own = Drafted("inwoner", choice.label if choice else masked.text)
        notice = [Drafted("systeem", self._texts.masked(masked.kinds))] if masked.found else []
        given = (
            {"type": "choice", "payload": choice.payload} if choice else {"type": "text", "text": _plain(masked.text)}
        )
        drafted, reply = await self._ask(conversation, given)
        now = self._clock()
        async with self._database.transaction() as session:
            stored = await session.get_one(Conversation, conversation.id)
            self._accept(stored, reply)
            self._store(session, stored, [own], now)
            messages = self._store(session, stored, [*notice, *drafted], now)
            answer = {"messages": messages, "status": stored.status, "masked": masked.kinds}
            session.add(
                Turn(
                    conversation_id=stored.id, client_id=str(request.client_id), request_hash=request_hash, reply=answer
                )
            )
        await self._count(stored, reply)
        self.live.tell(stored.id)
        return answer

    async def _ask(self, conversation: Conversation, given: Json) -> tuple[list[Drafted], Reply | None]:
        """The engine's messages, or the apology with a telephone number when it is down."""
        if conversation.status in WITH_A_HUMAN:
            return [Drafted("systeem", self._texts.waiting)], None
        today = self._clock().astimezone(NETHERLANDS).date().isoformat()
        context = {"gemeente": conversation.gemeente, "vandaag": today, "bemenst": self._staffed}
        try:
            with self.live.typing(conversation.id):
                reply = await self._engine.turn(conversation.id, conversation.state, given, context)
        except EngineDown:
            return [Drafted("assistent", self._texts.engine_down(conversation.gemeente))], None
        return [_drafted(message) for message in reply.messages], reply

    @staticmethod
    def _accept(conversation: Conversation, reply: Reply | None) -> None:
        if reply is None:
            return
        conversation.state = reply.state
        for event in reply.events:
            if event["type"] == "handover_requested" and conversation.status == "bot":
                conversation.status = "gevraagd"
                conversation.summary = {"reden": event.get("reason"), **(event.get("summary") or {})}

    def _store(
        self, session: AsyncSession, conversation: Conversation, drafted: Sequence[Drafted], now: datetime
    ) -> list[Json]:
        """Add messages to the conversation; returns them as the API shows them."""
        shown = []
        for draft in drafted:
            conversation.last_seq += 1
            conversation.updated_at = now
            choices = [self._offer(session, conversation.id, choice) for choice in draft.choices]
            message = Message(
                id=str(uuid.uuid4()), conversation_id=conversation.id, seq=conversation.last_seq, sender=draft.sender,
                at=now, text=draft.text, choices=choices, blocks=list(draft.blocks), answer_key=draft.key,
            )  # fmt: skip
            session.add(message)
            shown.append(_show(message))
        return shown

    @staticmethod
    def _offer(session: AsyncSession, conversation_id: str, choice: Mapping[str, str]) -> Json:
        made = Choice(
            id=str(uuid.uuid4()), conversation_id=conversation_id, label=choice["label"], payload=choice["payload"]
        )
        session.add(made)
        return {"id": made.id, "label": made.label}

    async def _choice(self, conversation_id: str, choice_id: str) -> Choice:
        """A choice this conversation was offered. Raises :class:`ChatError` for any other."""
        async with self._database.transaction() as session:
            choice = await session.get(Choice, choice_id) if len(choice_id) <= 36 else None
        if choice is None or choice.conversation_id != conversation_id:
            raise ChatError(errors.UNKNOWN_CHOICE)
        return choice

    async def _open(self, conversation_id: str, token: str) -> Conversation:
        """The conversation of this token. An unknown id and a wrong token give the same error."""
        async with self._database.transaction() as session:
            conversation = await session.get(Conversation, conversation_id)
        known = conversation.token_hash if conversation else _hash("")
        if not hmac.compare_digest(known, _hash(token)) or conversation is None:
            raise ChatError(errors.NO_ACCESS)
        return conversation

    async def show(self, conversation_id: str, token: str, after: int = 0) -> Json:
        """Status and all messages after a sequence number."""
        conversation = await self._open(conversation_id, token)
        wanted = (
            select(Message).where(Message.conversation_id == conversation_id, Message.seq > after).order_by(Message.seq)
        )
        async with self._database.transaction() as session:
            messages = list(await session.scalars(wanted))
        return {
            "id": conversation.id,
            "status": conversation.status,
            "messages": [_show(message) for message in messages],
        }

    async def delete(self, conversation_id: str, token: str) -> None:
        """Text, state, choices and an unfinished call-back request are gone; counters stay."""
        async with self._lock(conversation_id):
            await self._open(conversation_id, token)
            async with self._database.transaction() as session:
                await session.execute(delete(Conversation).where(Conversation.id == conversation_id))
                await session.execute(delete(CallbackRequest).where(CallbackRequest.conversation_id == conversation_id))
        self._locks.pop(conversation_id, None)
        self.live.tell(conversation_id)

    async def feedback(self, conversation_id: str, token: str, given: Feedback) -> Json:
        """Count the verdict. The text is not kept: it may say anything about anybody."""
        conversation = await self._open(conversation_id, token)
        day = self._clock().date()
        await self._database.count(day, "opgelost", _yes_no(given.solved), conversation.gemeente)
        await self._database.count(day, "volgende_stap", _yes_no(given.next_step), conversation.gemeente)
        return {"ok": True}

    async def hand_over(self, conversation_id: str, token: str, given: Handover) -> Json:
        """Pass the conversation on, with consent: a call-back request, or a place in the queue when there is staff."""
        async with self._lock(conversation_id):
            await self._open(conversation_id, token)
            if not given.consent:
                raise ChatError(errors.NO_CONSENT)
            phone = _phone(given.callback.phone) if given.callback else None
            async with self._database.transaction() as session:
                stored = await session.get_one(Conversation, conversation_id)
                if given.callback:
                    await self._request_callback(session, stored, given.callback, str(phone))
                stored.status = "terugbelverzoek" if given.callback else ("wachtrij" if self._staffed else "gevraagd")
                stored.summary = {**stored.summary, "meegegeven": list(given.include)}
                text = (
                    self._texts.callback_noted
                    if given.callback
                    else self._texts.handed_over(self._staffed, stored.gemeente)
                )
                messages = self._store(session, stored, [Drafted("systeem", text)], self._clock())
        self.live.tell(conversation_id)
        return {"status": stored.status, "messages": messages}

    async def _request_callback(
        self, session: AsyncSession, conversation: Conversation, asked: Callback, phone: str
    ) -> None:
        """Complete the request the assistant began, or make one."""
        open_one = select(CallbackRequest).where(
            CallbackRequest.conversation_id == conversation.id,
            CallbackRequest.status.in_(["wacht_op_gegevens", "open"]),
        )
        request = await session.scalar(open_one)
        if request is None:
            request = CallbackRequest(id=str(uuid.uuid4()), conversation_id=conversation.id, created_at=self._clock())
            session.add(request)
        request.gemeente, request.status = conversation.gemeente, "open"
        request.name, request.phone, request.best_time = asked.name.strip()[:120], phone, asked.best_time.strip()[:120]

    async def _count(self, conversation: Conversation, reply: Reply | None) -> None:
        day = self._clock().date()
        if reply is None:
            await self._database.count(day, "storing", "machinekamer", conversation.gemeente)
            return
        for event in reply.events:
            kind, key = _COUNTED.get(event["type"], ("", ""))
            if kind:
                await self._database.count(day, kind, str(event.get(key) or kind), conversation.gemeente)

    def _lock(self, conversation_id: str) -> asyncio.Lock:
        """One turn at a time per conversation."""
        lock = self._locks.setdefault(conversation_id, asyncio.Lock())
        self._locks.move_to_end(conversation_id)
        while len(self._locks) > _MAX_LOCKS and not next(iter(self._locks.values())).locked():
            self._locks.popitem(last=False)
        return lock


_COUNTED = {
    "flow_started": ("onderwerp", "flow"),
    "crisis": ("crisis", "class"),
    "not_understood": ("niet_begrepen", ""),
    "handover_requested": ("overdracht", "reason"),
}


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _plain(text: str) -> str:
    """What starts with a slash is a command to Rasa; from a resident it is just text."""
    return text.lstrip("/ ") or "?"


def _drafted(message: Mapping[str, Any]) -> Drafted:
    blocks = list(message.get("blocks") or [])
    sources = message.get("bron") or []
    if sources and message.get("gecontroleerd_op"):
        blocks.append({"type": "bron", "items": sources, "gecontroleerd_op": message["gecontroleerd_op"]})
    return Drafted("assistent", message["text"], message.get("choices") or (), blocks, message.get("key"))


def _show(message: Message) -> Json:
    return {
        "id": message.id,
        "seq": message.seq,
        "from": message.sender,
        "at": message.at.isoformat(),
        "text": message.text,
        "choices": message.choices,
        "blocks": message.blocks,
    }


def _yes_no(value: str | bool) -> str:
    return value if isinstance(value, str) else ("ja" if value else "nee")


def _phone(text: str) -> str:
    """A Dutch or international number in E.164. Raises :class:`ChatError` when it is none."""
    try:
        number = phonenumbers.parse(text, "NL")
    except phonenumbers.NumberParseException as error:
        raise ChatError(errors.BAD_PHONE) from error
    if not phonenumbers.is_possible_number(number) or len(str(number.national_number)) < 9:
        raise ChatError(errors.BAD_PHONE)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
