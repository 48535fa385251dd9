"""What a conversation does. No HTTP here: the API is one door to it, others may follow."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import uuid
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from steunwijzer.chat import errors, limits
from steunwijzer.chat.access import Access, token_hash
from steunwijzer.chat.assistant import MAX_TEXT, Answered, Assistant, Given, plain
from steunwijzer.chat.errors import ChatError
from steunwijzer.chat.handover import CALLBACK_FORM, ResidentHandover, nobody_there
from steunwijzer.chat.limits import Limiter
from steunwijzer.chat.live import Live
from steunwijzer.chat.messages import Drafted, Json, shown, store
from steunwijzer.chat.requested import note_requests, want_human
from steunwijzer.chat.requests import Feedback, NewMessage
from steunwijzer.chat.second_look import SecondLook
from steunwijzer.chat.texts import Texts
from steunwijzer.chat.understood import understood
from steunwijzer.clock import NETHERLANDS, Clock
from steunwijzer.connectors import Plan
from steunwijzer.engine import EngineClient
from steunwijzer.handover import WITH_A_HUMAN, Desk, DeskLive, Presences, Rules, Staffing
from steunwijzer.handover.asking import alarm
from steunwijzer.handover.rules import UNSOLVED
from steunwijzer.handover.summary import gemeente_of, spoken_to
from steunwijzer.privacy import mask
from steunwijzer.shared import ALONE, Calls
from steunwijzer.store import (
    Choice,
    Conversation,
    Database,
    MaskedValue,
    Message,
    Turn,
    delete_conversation,
    form_is_open,
    lock_conversation,
)

_ID_LENGTH = 36
# Never kept, not even sealed.
_NEVER_KEPT = frozenset({"bsn"})


class ChatService:
    """Starts, continues, shows and deletes conversations. ``secret``: key for fingerprints; ``seal``: for what was masked."""

    def __init__(
        self, database: Database, engine: EngineClient, texts: Texts, limiter: Limiter, clock: Clock, *, secret: str,
        seal: Callable[[str], str], rules: Rules, content: Path, retention_days: int, token_hours: int,
        plan: Plan, calls: Calls = ALONE,
    ) -> None:  # fmt: skip
        self._database, self._texts, self._limiter = database, texts, limiter
        self._clock, self._secret, self._seal = clock, secret.encode(), seal
        self._access = Access(clock, token_hours)
        self.live = Live(calls)
        self.desk = Desk(database, clock, texts.say, rules, self.live.tell, DeskLive(calls), plan)
        self.presences = Presences(self.desk, content)
        self._assistant = Assistant(database, engine, texts, clock, self.live, self.presences, retention_days)
        self.second_look = SecondLook(engine, self.desk)
        self.handover = ResidentHandover(self._access, self.desk, self.presences, texts, seal)

    async def start(self, gemeente: str | None, taal: str) -> Json:
        """A new conversation with its token and welcome. Raises :class:`ChatError` for an unknown municipality."""
        if gemeente is not None and not self._texts.knows_municipality(gemeente):
            raise ChatError(errors.UNKNOWN_MUNICIPALITY)
        now, token = self._clock(), secrets.token_urlsafe(32)
        conversation = Conversation(
            id=str(uuid.uuid4()), token_hash=token_hash(token), gemeente=gemeente, taal=taal, status="bot",
            state={}, summary={}, last_seq=0, created_at=now, updated_at=now,
        )  # fmt: skip
        async with self._database.transaction() as session:
            staffing = await self.presences.now(session, gemeente)
        answered = await self._assistant.ask(conversation, {"type": "start"}, staffing)
        async with self._database.transaction() as session:
            session.add(conversation)
            await session.flush()
            drafted = self._accept(conversation, answered, staffing)
            messages = store(session, conversation, drafted, now)
            await self._count(session, gemeente, [("gesprek", "begonnen"), *answered.counted])
        return {"id": conversation.id, "token": token, "status": conversation.status, "gemeente": gemeente_of(conversation), "messages": messages}  # fmt: skip

    async def say(self, conversation_id: str, token: str, request: NewMessage) -> Json:
        """One turn. The same ``client_id`` again gives the same answer, also when both arrive at once."""
        text = request.cleaned()
        fingerprint = self._fingerprint(f"{text}\n{request.choice}")
        async with self._access.lock(conversation_id):
            conversation, earlier, staffing = await self._look_up(conversation_id, token, str(request.client_id))
            if earlier is not None:
                return _again(earlier, fingerprint)
            if not await self._limiter.allows(limits.TURNS_PER_CONVERSATION, conversation_id):
                raise ChatError(errors.TOO_FAST)
            if text is not None and len(text) > MAX_TEXT:
                raise ChatError(errors.TOO_LONG)
            choice = await self._choice(conversation.id, request.choice) if request.choice is not None else None
            given = Given(mask(text or ""), text or "", choice)
            answer = await self._turn(conversation, given, staffing, str(request.client_id), fingerprint)
        self.live.tell(conversation_id)
        return answer

    async def _look_up(
        self, conversation_id: str, token: str, client_id: str
    ) -> tuple[Conversation, Turn | None, Staffing]:
        """The conversation of this token, the turn that had this client id before, and who is there, in one reading."""
        same_turn = and_(Turn.conversation_id == Conversation.id, Turn.client_id == client_id)
        wanted = select(Conversation, Turn).outerjoin(Turn, same_turn).where(Conversation.id == conversation_id)
        async with self._database.transaction() as session:
            found = (await session.execute(wanted)).one_or_none()
            conversation, turn = found if found is not None else (None, None)
            owned = self._access.owned(conversation, token)
            return owned, turn, await self.presences.now(session, gemeente_of(owned))

    async def _turn(
        self, conversation: Conversation, given: Given, staffing: Staffing, client_id: str, fingerprint: str
    ) -> Json:
        """Ask, then store everything at once.

        It is looked at anew when meanwhile a colleague took or gave the talk, or another process did a turn.
        """
        while True:
            if conversation.status == "afgesloten":
                raise ChatError(errors.CLOSED)
            with_human = conversation.status in WITH_A_HUMAN
            if with_human:
                answered = self._assistant.listen(conversation, given)
            else:
                answered, staffing = await self._assistant.ask_where(conversation, given, staffing)
            async with self._database.transaction() as session:
                stored = await lock_conversation(session, conversation.id)
                if stored is None:  # the retention period ended in the middle of this turn
                    raise ChatError(errors.NO_ACCESS)
                if stored.last_seq != conversation.last_seq:
                    earlier = await session.get(Turn, (stored.id, client_id))
                    if earlier is not None:
                        return _again(earlier, fingerprint)
                if with_human != (stored.status in WITH_A_HUMAN) or (
                    not with_human and stored.state != conversation.state
                ):
                    conversation = stored
                    continue
                answer, seq = await self._store(session, stored, given, answered, staffing)
                session.add(Turn(conversation_id=stored.id, client_id=client_id, request_hash=fingerprint, reply=answer))  # fmt: skip
            if with_human:
                self.desk.live.tell(gemeente_of(stored) or "", stored.id)
                if not (answered.danger or given.choice):
                    self.second_look.at(stored.id, seq, plain(given.masked.text))
            return answer

    async def _store(
        self, session: AsyncSession, stored: Conversation, given: Given, answered: Answered, staffing: Staffing
    ) -> tuple[Json, int]:
        """Returns the answer, and the number of what the resident said."""
        now, masked = self._clock(), given.masked
        drafted = self._accept(stored, answered, staffing)
        seen = understood(answered.reply, self.desk.rules, button=given.choice is not None, danger=answered.danger)
        own = Drafted("inwoner", given.choice.label if given.choice else masked.text, understood=seen)
        notice = [Drafted("systeem", self._texts.masked(masked.kinds, **spoken_to(stored)))] if masked.found else []
        (said,) = store(session, stored, [own], now)
        for number, (kind, start, end) in enumerate(masked.found):
            if kind not in _NEVER_KEPT:
                session.add(MaskedValue(conversation_id=stored.id, seq=said["seq"], number=number, kind=kind, sealed=self._seal(given.text[start:end])))  # fmt: skip
        messages = store(session, stored, [*notice, *drafted], now)
        if answered.danger:
            await alarm(session, stored.id, self.desk.rules, own.text)
        await self._count(session, stored.gemeente, answered.counted)
        answer = {
            "messages": messages,
            "status": stored.status,
            "gemeente": gemeente_of(stored),
            "masked": masked.kinds,
        }
        return answer, int(said["seq"])

    def _accept(self, conversation: Conversation, answered: Answered, staffing: Staffing) -> list[Drafted]:
        """Take over the engine's state, and what it means for a hand-over; all that is said."""
        if answered.reply is None:
            return answered.drafted
        conversation.state = answered.reply.state
        offered = note_requests(conversation, answered.reply, self.desk.rules, staffing, self._texts)
        return [*answered.drafted, *offered]

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
            conversation = self._access.owned(await session.get(Conversation, conversation_id), token)
            messages = [shown(message) for message in await session.scalars(wanted)]
        return {
            "id": conversation.id,
            "status": conversation.status,
            "gemeente": gemeente_of(conversation),
            "messages": messages,
        }

    async def municipality(self, conversation_id: str, token: str) -> str:
        """The municipality's code: of the site, else the one the resident named; empty when there is none."""
        async with self._database.transaction() as session:
            owned = self._access.owned(await session.get(Conversation, conversation_id), token)
            return gemeente_of(owned) or ""

    async def delete(self, conversation_id: str, token: str) -> None:
        """Text, state, choices, hand-overs and call-back requests of the conversation are gone; counters stay."""
        async with self._access.lock(conversation_id), self._database.transaction() as session:
            owned = self._access.owned(await session.get(Conversation, conversation_id), token)
            if owned.on_hold:
                raise ChatError(errors.ON_HOLD)
            gemeente = gemeente_of(owned)
            await delete_conversation(session, conversation_id, "inwoner", self._clock())
        self._access.forget(conversation_id)
        self.desk.changed(conversation_id, gemeente or "")

    async def feedback(self, conversation_id: str, token: str, given: Feedback) -> Json:
        """Count the verdict, keep it with the talk, and offer a human to who was not helped.

        The text is not kept: it may say anything about anybody.
        """
        solved, next_step = _yes_no(given.solved), _yes_no(given.next_step)
        counted = [("opgelost", solved), ("volgende_stap", next_step)]
        async with self._access.lock(conversation_id), self._database.transaction() as session:
            conversation = self._access.owned(await lock_conversation(session, conversation_id), token)
            conversation.solved, conversation.next_step, conversation.updated_at = solved, next_step, self._clock()
            await self._count(session, conversation.gemeente, counted)
            messages: list[Json] = []
            if solved == "nee" and conversation.status in {"bot", "teruggegeven"}:
                staffing = await self.presences.now(session, gemeente_of(conversation))
                want_human(conversation, UNSOLVED, staffing)
                has_form = not staffing.staffed and await form_is_open(session, conversation_id, CALLBACK_FORM)
                offered = [] if has_form else [self._unsolved(conversation, staffing)]
                messages = store(session, conversation, offered, self._clock())
            status = conversation.status
        if messages:
            self.live.tell(conversation_id)
        return {"ok": True, "status": status, "messages": messages}

    def _unsolved(self, conversation: Conversation, staffing: Staffing) -> Drafted:
        if staffing.staffed:
            text = self._texts.say("utter_niet_opgelost", gemeente_of(conversation), **spoken_to(conversation))
            return Drafted("systeem", text)
        return nobody_there(self._texts, conversation, staffing)

    async def _count(self, session: AsyncSession, gemeente: str | None, counted: Iterable[tuple[str, str]]) -> None:
        await self._database.count(session, self._today(), gemeente, counted)

    def _today(self) -> date:
        return self._clock().astimezone(NETHERLANDS).date()

    def _fingerprint(self, text: str) -> str:
        """Tells two requests apart. Keyed: from a bare hash somebody could guess a number that was typed."""
        return hmac.new(self._secret, text.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def _again(earlier: Turn, fingerprint: str) -> Json:
    """The answer that this client id had before. Raises :class:`ChatError` when it was another message."""
    if earlier.request_hash != fingerprint:
        raise ChatError(errors.REPEATED)
    return earlier.reply


def _may_be_id(text: str) -> bool:
    """Whether it is worth asking the database; some bytes make PostgreSQL refuse the question."""
    return len(text) == _ID_LENGTH and text.isascii() and text.isprintable()


def _yes_no(value: str | bool) -> str:
    return value if isinstance(value, str) else ("ja" if value else "nee")
