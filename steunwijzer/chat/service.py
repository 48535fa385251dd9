"""What a conversation does. No HTTP here: the API is one door to it, others may follow."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import secrets
import uuid
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from steunwijzer.chat import errors, handover, limits
from steunwijzer.chat.errors import ChatError
from steunwijzer.chat.limits import Limiter
from steunwijzer.chat.live import Live
from steunwijzer.chat.messages import Drafted, Json, from_engine, shown, store
from steunwijzer.chat.requests import Feedback, Handover, NewMessage
from steunwijzer.chat.texts import Texts
from steunwijzer.clock import NETHERLANDS, Clock
from steunwijzer.engine import EngineClient, EngineDown, Event, Reply
from steunwijzer.privacy import mask
from steunwijzer.store import Choice, Conversation, Database, Message, Turn, delete_conversation

MAX_TEXT = 2000
_MAX_LOCKS = 20_000
_MAX_COUNTER = 80
_ID_LENGTH = 36


@dataclass(frozen=True)
class Answered:
    """What one input led to: messages, the engine's reply if it was asked and answered, counters to add to."""

    drafted: list[Drafted]
    reply: Reply | None = None
    counted: list[tuple[str, str]] = field(default_factory=list)


class ChatService:
    """Starts, continues, shows and deletes conversations. ``secret``: key for fingerprints of what residents say."""

    def __init__(
        self, database: Database, engine: EngineClient, texts: Texts, limiter: Limiter, clock: Clock, *, secret: str, staffed: bool,
        retention_days: int, token_hours: int,
    ) -> None:  # fmt: skip
        self._database, self._engine, self._texts, self._limiter = database, engine, texts, limiter
        self._clock, self._secret, self._staffed, self._retention_days = clock, secret.encode(), staffed, retention_days
        self._token_age = timedelta(hours=token_hours)
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
        answered = await self._ask(conversation, {"type": "start"})
        async with self._database.transaction() as session:
            session.add(conversation)
            await session.flush()
            _accept(conversation, answered.reply)
            messages = store(session, conversation, answered.drafted, now)
            await self._count(session, gemeente, [("gesprek", "begonnen"), *answered.counted])
        return {"id": conversation.id, "token": token, "status": conversation.status, "messages": messages}

    async def say(self, conversation_id: str, token: str, request: NewMessage) -> Json:
        """One turn. The same ``client_id`` again gives the same answer, also when both arrive at once."""
        text = request.cleaned()
        fingerprint = self._fingerprint(f"{text}\n{request.choice}")
        async with self._lock(conversation_id):
            conversation, earlier = await self._look_up(conversation_id, token, str(request.client_id))
            if earlier is not None:
                if earlier.request_hash != fingerprint:
                    raise ChatError(errors.REPEATED)
                return earlier.reply
            if conversation.status == "afgesloten":
                raise ChatError(errors.CLOSED)
            if not self._limiter.allows(limits.TURNS_PER_CONVERSATION, conversation_id):
                raise ChatError(errors.TOO_FAST)
            if text is not None and len(text) > MAX_TEXT:
                raise ChatError(errors.TOO_LONG)
            return await self._turn(conversation, request, text, fingerprint)

    async def _look_up(self, conversation_id: str, token: str, client_id: str) -> tuple[Conversation, Turn | None]:
        """The conversation of this token, and the turn that had this client id before, in one reading."""
        same_turn = and_(Turn.conversation_id == Conversation.id, Turn.client_id == client_id)
        wanted = select(Conversation, Turn).outerjoin(Turn, same_turn).where(Conversation.id == conversation_id)
        async with self._database.transaction() as session:
            found = (await session.execute(wanted)).one_or_none()
        conversation, turn = found if found is not None else (None, None)
        return self._owned(conversation, token), turn

    async def _turn(self, conversation: Conversation, request: NewMessage, text: str | None, fingerprint: str) -> Json:
        choice = await self._choice(conversation.id, request.choice) if request.choice is not None else None
        masked = mask(text or "")
        own = Drafted("inwoner", choice.label if choice else masked.text)
        notice = [Drafted("systeem", self._texts.masked(masked.kinds))] if masked.found else []
        given = (
            {"type": "choice", "payload": choice.payload} if choice else {"type": "text", "text": _plain(masked.text)}
        )
        answered = await self._ask(conversation, given)
        now = self._clock()
        async with self._database.transaction() as session:
            stored = await session.get(Conversation, conversation.id)
            if stored is None:  # the retention period ended in the middle of this turn
                raise ChatError(errors.NO_ACCESS)
            _accept(stored, answered.reply)
            store(session, stored, [own], now)
            messages = store(session, stored, [*notice, *answered.drafted], now)
            answer = {"messages": messages, "status": stored.status, "masked": masked.kinds}
            session.add(Turn(conversation_id=stored.id, client_id=str(request.client_id), request_hash=fingerprint, reply=answer))  # fmt: skip
            await self._count(session, stored.gemeente, answered.counted)
        self.live.tell(conversation.id)
        return answer

    async def _ask(self, conversation: Conversation, given: Json) -> Answered:
        """The engine's messages, or the apology with a telephone number when it is down."""
        if conversation.status in handover.WITH_A_HUMAN:
            return Answered([Drafted("systeem", self._texts.waiting)])
        context = {
            "gemeente": conversation.gemeente,
            "vandaag": self._today().isoformat(),
            "bemenst": self._staffed,
            "bewaardagen": self._retention_days,
        }
        try:
            with self.live.typing(conversation.id):
                reply = await self._engine.turn(conversation.id, conversation.state, given, context)
        except EngineDown:
            apology = Drafted("assistent", self._texts.engine_down(conversation.gemeente))
            return Answered([apology], counted=[("storing", "machinekamer")])
        return Answered([from_engine(message) for message in reply.messages], reply, _counters(reply.events))

    async def _choice(self, conversation_id: str, choice_id: str) -> Choice:
        """A choice this conversation was offered. Raises :class:`ChatError` for any other."""
        async with self._database.transaction() as session:
            choice = await session.get(Choice, choice_id) if _may_be_id(choice_id) else None
        if choice is None or choice.conversation_id != conversation_id:
            raise ChatError(errors.UNKNOWN_CHOICE)
        return choice

    async def show(self, conversation_id: str, token: str, after: int = 0) -> Json:
        """Status and all messages after a sequence number."""
        wanted = (
            select(Message).where(Message.conversation_id == conversation_id, Message.seq > after).order_by(Message.seq)
        )
        async with self._database.transaction() as session:
            conversation = self._owned(await session.get(Conversation, conversation_id), token)
            messages = [shown(message) for message in await session.scalars(wanted)]
        return {"id": conversation.id, "status": conversation.status, "messages": messages}

    async def delete(self, conversation_id: str, token: str) -> None:
        """Text, state, choices and call-back requests of the conversation are gone; counters stay."""
        async with self._lock(conversation_id), self._database.transaction() as session:
            owned = self._owned(await session.get(Conversation, conversation_id), token)
            if owned.on_hold:
                raise ChatError(errors.ON_HOLD)
            await delete_conversation(session, conversation_id, "inwoner", self._clock())
        self._locks.pop(conversation_id, None)
        self.live.tell(conversation_id)

    async def feedback(self, conversation_id: str, token: str, given: Feedback) -> Json:
        """Count the verdict. The text is not kept: it may say anything about anybody."""
        counted = [("opgelost", _yes_no(given.solved)), ("volgende_stap", _yes_no(given.next_step))]
        async with self._database.transaction() as session:
            conversation = self._owned(await session.get(Conversation, conversation_id), token)
            await self._count(session, conversation.gemeente, counted)
        return {"ok": True}

    async def hand_over(self, conversation_id: str, token: str, given: Handover) -> Json:
        """Pass the conversation on, with consent: a call-back request, or a place in the queue when there is staff."""
        now = self._clock()
        async with self._lock(conversation_id), self._database.transaction() as session:
            stored = self._owned(await session.get(Conversation, conversation_id), token)
            if not given.consent:
                raise ChatError(errors.NO_CONSENT)
            status = handover.next_status(stored.status, callback=given.callback is not None, staffed=self._staffed)
            if given.callback is not None:
                await handover.request_callback(session, stored, handover.checked(given.callback), now)
            stored.status, stored.summary = status, {**stored.summary, "meegegeven": list(given.include)}
            text = self._texts.passed_on(status, stored.gemeente)
            messages = store(session, stored, [Drafted("systeem", text)], now)
            await self._count(session, stored.gemeente, [("doorgegeven", status)])
        self.live.tell(conversation_id)
        return {"status": status, "messages": messages}

    def _owned(self, conversation: Conversation | None, token: str) -> Conversation:
        """The conversation, for who has its token in time. An unknown id, a wrong and an old token give the same error."""
        known = conversation.token_hash if conversation else _hash("")
        if not hmac.compare_digest(known, _hash(token)) or conversation is None:
            raise ChatError(errors.NO_ACCESS)
        if conversation.updated_at < self._clock() - self._token_age:
            raise ChatError(errors.NO_ACCESS)
        return conversation

    async def _count(self, session: AsyncSession, gemeente: str | None, counted: Iterable[tuple[str, str]]) -> None:
        await self._database.count(session, self._today(), gemeente, counted)

    def _today(self) -> date:
        return self._clock().astimezone(NETHERLANDS).date()

    def _fingerprint(self, text: str) -> str:
        """Tells two requests apart. Keyed: from a bare hash somebody could guess a number that was typed."""
        return hmac.new(self._secret, text.encode("utf-8", "replace"), hashlib.sha256).hexdigest()

    def _lock(self, conversation_id: str) -> asyncio.Lock:
        """One turn at a time per conversation."""
        lock = self._locks.setdefault(conversation_id, asyncio.Lock())
        self._locks.move_to_end(conversation_id)
        while len(self._locks) > _MAX_LOCKS and not next(iter(self._locks.values())).locked():
            self._locks.popitem(last=False)
        return lock


def _accept(conversation: Conversation, reply: Reply | None) -> None:
    if reply is not None:
        conversation.state = reply.state
        handover.note_requests(conversation, reply.events)


def _counters(events: Iterable[Event]) -> list[tuple[str, str]]:
    """Facts of a turn as (kind, key), without text."""
    kinds = {
        "flow_started": ("onderwerp", "flow"),
        "crisis": ("crisis", "danger"),
        "not_understood": ("niet_begrepen", "reason"),
        "handover_requested": ("overdracht", "reason"),
    }
    known = [(*kinds[event.type], event) for event in events if event.type in kinds]
    return [(kind, str(getattr(event, name) or kind)[:_MAX_COUNTER]) for kind, name, event in known]


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _may_be_id(text: str) -> bool:
    """Whether it is worth asking the database; some bytes make PostgreSQL refuse the question."""
    return len(text) == _ID_LENGTH and text.isascii() and text.isprintable()


def _plain(text: str) -> str:
    """What starts with a slash is a command to Rasa; from a resident it is just text. Masking may have made it longer."""
    return text.lstrip("/ ")[:MAX_TEXT] or "?"


def _yes_no(value: str | bool) -> str:
    return value if isinstance(value, str) else ("ja" if value else "nee")
