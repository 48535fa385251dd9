"""The resident's side of a hand-over: see what would be passed on, agree, wait, withdraw, be called back, give contact data."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

import phonenumbers
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from steunwijzer.chat import errors
from steunwijzer.chat.access import Access
from steunwijzer.chat.errors import ChatError
from steunwijzer.chat.messages import Drafted, Json, store
from steunwijzer.chat.requested import ASKED
from steunwijzer.chat.requests import Callback, Contact, Handover, without_control
from steunwijzer.chat.texts import Texts
from steunwijzer.handover import FIELDS, Desk, Presences, Staffing, callbacks
from steunwijzer.handover.asking import ask, open_case, withdraw
from steunwijzer.handover.deliveries import deliver_callback
from steunwijzer.handover.rules import AFGESLOTEN, IN_GESPREK, WACHTRIJ
from steunwijzer.handover.staffing import promise_words
from steunwijzer.handover.summary import Given, gemeente_of, give, spoken_to, summarise
from steunwijzer.store import (
    CallbackRequest,
    Conversation,
    MaskedValue,
    Message,
    add_messages,
    form_filled_in,
    lock_conversation,
)

CALL_BACK = "terugbelverzoek"
CALLBACK_FORM, CONTACT_FORM = "terugbelformulier", "contactformulier"
_MAX_LENGTH = 120
_MAX_MAIL = 254
_FEWEST_DIGITS = 9


class ResidentHandover:
    """What the API does under ``…/handover`` and ``…/contact``. ``seal``: for contact data, which only a colleague opens."""

    def __init__(
        self, access: Access, desk: Desk, presences: Presences, texts: Texts, seal: Callable[[str], str]
    ) -> None:
        self._access, self._desk, self._presences, self._texts, self._seal = access, desk, presences, texts, seal

    async def preview(self, conversation_id: str, token: str) -> Json:
        """Exactly what is (or would be) passed on, whether somebody is there, the place in the queue, and the call-back."""
        async with self._desk.database.transaction() as session:
            conversation = self._access.owned(await session.get(Conversation, conversation_id), token)
            gemeente = gemeente_of(conversation)
            staffing = await self._presences.now(session, gemeente)
            messages = await _messages(session, conversation_id)
            case = await open_case(session, conversation_id)
            summary = case.summary if case else self._summary(conversation, messages)
            hidden = set(case.left_out) if case else set()
            waiting = await self._presences.waiting(session, case) if case and case.state == WACHTRIJ else None
            called = await callbacks.of_conversation(session, conversation_id)
        return {
            "status": conversation.status,
            "staffing": {"case": staffing.case, "text": staffing.text},
            "summary": self._as_read(summary, young=bool(spoken_to(conversation))),
            "messages": [_passed(message) for message in messages if message.seq not in hidden],
            "waiting": waiting and {
                "before": waiting.before, "minutes": waiting.minutes, "text": self._presences.waiting_words(waiting, **spoken_to(conversation)),
            },
            "callback": called and self._called(called, conversation),
        }  # fmt: skip

    async def ask(self, conversation_id: str, token: str, given: Handover) -> Json:
        """Pass the conversation on, with consent: a call-back request, or a place in the queue when there is staff."""
        async with self._working(conversation_id, token) as (session, conversation):
            if not given.consent:
                raise ChatError(errors.NO_CONSENT)
            if conversation.status == IN_GESPREK:
                raise ChatError(errors.WITH_A_HUMAN)
            staffing = await self._presences.now(session, gemeente_of(conversation))
            said = await self._pass_on(session, conversation, given, staffing)
            messages = store(session, conversation, [said], self._desk.clock())
            status = conversation.status
            await self._desk.count(session, conversation.gemeente or "", ("doorgegeven", status))
        return {"status": status, "messages": messages}

    async def withdraw(self, conversation_id: str, token: str) -> Json:
        """No human after all: not asked any more, out of the queue, not called back."""
        async with self._working(conversation_id, token) as (session, conversation):
            if conversation.status == IN_GESPREK:
                raise ChatError(errors.WITH_A_HUMAN)
            waited = await withdraw(session, conversation, self._desk.clock()) is not None
            called = await callbacks.withdraw(session, conversation_id)
            key = "utter_terugbellen_ingetrokken" if called and not waited else "utter_wachten_gestopt"
            messages = []
            if conversation.status in {ASKED, CALL_BACK} or waited or called:
                conversation.status = "bot"
                said = Drafted("systeem", self._texts.say(key, conversation.gemeente, **spoken_to(conversation)))
                messages = store(session, conversation, [said], self._desk.clock())
            status = conversation.status
        return {"status": status, "messages": messages}

    async def contact(self, conversation_id: str, token: str, given: Contact) -> Json:
        """Contact data a colleague asked for: in the talk stands that they were given, the data themselves are sealed."""
        filled = _contact(given)
        async with self._working(conversation_id, token) as (session, conversation):
            if conversation.status != IN_GESPREK:
                raise ChatError(errors.NO_ONE_ASKED)
            words = self._texts.say("utter_gegevens_gegeven", gegevens=", ".join(f"[{kind}]" for kind, _ in filled))
            await form_filled_in(session, conversation.id, CONTACT_FORM)
            (message,) = add_messages(session, conversation, [Drafted("inwoner", words)], self._desk.clock())
            for number, (kind, value) in enumerate(filled):
                session.add(MaskedValue(conversation_id=conversation.id, seq=message.seq, number=number, kind=kind, sealed=self._seal(value)))  # fmt: skip
        return {"status": IN_GESPREK, "messages": []}

    async def _pass_on(
        self, session: AsyncSession, conversation: Conversation, given: Handover, staffing: Staffing
    ) -> Drafted:
        """Change what must change; returns what is said about it."""
        now, gemeente = self._desk.clock(), gemeente_of(conversation)
        if given.callback is not None:
            await withdraw(session, conversation, now)
            contact, promise = checked(given.callback), self._presences.promise(gemeente, now)
            data = (contact.name, contact.phone, contact.best_time)
            messages = await _messages(session, conversation.id)
            passed = self._given(conversation, messages, given)
            request = await callbacks.complete(session, conversation, gemeente, passed, data, promise, now)
            await deliver_callback(session, self._desk, request, passed.summary)
            await form_filled_in(session, conversation.id, CALLBACK_FORM)
            conversation.status = CALL_BACK
            values = {"uiterlijk": promise_words(promise)} if promise else {}
            return Drafted(
                "systeem", self._texts.say("utter_terugbellen_genoteerd", gemeente, **values, **spoken_to(conversation))
            )
        if staffing.staffed and gemeente:
            messages = await _messages(session, conversation.id)
            passed = self._given(conversation, messages, given)
            case = await ask(session, conversation, passed, self._desk.rules, gemeente, now)
            if case.promised_minutes is None:
                # What is told first counts; asking again does not move the goal.
                case.promised_minutes = (await self._presences.waiting(session, case)).minutes
            return Drafted("systeem", self._texts.say("utter_doorgegeven", gemeente, **spoken_to(conversation)))
        # Asking again does not undo what was arranged before.
        if conversation.status not in {WACHTRIJ, CALL_BACK}:
            conversation.status = ASKED
        return nobody_there(self._texts, conversation, staffing)

    def _given(self, conversation: Conversation, messages: list[Message], given: Handover) -> Given:
        unseen = [message.seq for message in messages if given.seen is not None and message.seq > given.seen]
        return give(self._summary(conversation, messages), messages, given.include, [*given.leave_out, *unseen])

    def _summary(self, conversation: Conversation, messages: list[Message]) -> dict[str, Any]:
        name = self._texts.municipality(gemeente_of(conversation))
        return summarise(conversation, messages, self._desk.rules, name)

    def _as_read(self, summary: Mapping[str, Any], *, young: bool) -> list[Json]:
        """The fields as a resident reads them: the same facts as at the desk, said to "u", or to "je"."""
        said = self._desk.rules.said_to(young=young)
        return [
            {
                "field": name,
                "title": said.titles.get(name, FIELDS[name][0]),
                "part": FIELDS[name][1],
                "values": value if isinstance(value, list) else [said.words.get((name, value), value)],
            }
            for name, value in summary.items()
        ]

    def _called(self, request: CallbackRequest, conversation: Conversation) -> Json:
        promise = request.promised_until if request.status in callbacks.TO_DO else None
        values = {"uiterlijk": promise_words(promise)} if promise else {}
        return {
            "status": request.status,
            "text": self._texts.say(
                callbacks.SAID[request.status], request.gemeente, **values, **spoken_to(conversation)
            ),
            "asked_at": request.created_at.isoformat(),
            "promised_until": promise.isoformat() if promise else None,
            "attempts": request.attempts,
        }

    @asynccontextmanager
    async def _working(self, conversation_id: str, token: str) -> AsyncIterator[tuple[AsyncSession, Conversation]]:
        """The resident's own conversation, for this transaction alone; afterwards resident and desks hear of it."""
        async with self._access.lock(conversation_id), self._desk.database.transaction() as session:
            conversation = self._access.owned(await lock_conversation(session, conversation_id), token)
            if conversation.status == AFGESLOTEN:
                raise ChatError(errors.CLOSED)
            yield session, conversation
            gemeente = gemeente_of(conversation)
        self._desk.changed(conversation_id, gemeente or "")


def nobody_there(texts: Texts, conversation: Conversation, staffing: Staffing) -> Drafted:
    """Why nobody can answer now, and the form to be called back."""
    values = {"reden_onbemenst": staffing.text, **spoken_to(conversation)}
    text = texts.say("utter_niemand_aanwezig", gemeente_of(conversation), **values)
    return Drafted("systeem", text, (), [{"type": CALLBACK_FORM}])


def checked(asked: Callback) -> Callback:
    """The request with a tidy name and a number in E.164. Raises :class:`ChatError` when one of them is none."""
    name = without_control(asked.name)[:_MAX_LENGTH]
    if not name:
        raise ChatError(errors.NO_NAME)
    return Callback(name, _phone(asked.phone), without_control(asked.best_time)[:_MAX_LENGTH])


def _contact(given: Contact) -> list[tuple[str, str]]:
    """What was filled in, as kind and value. Raises :class:`ChatError` when that is nothing, or no number or address."""
    name, mail = without_control(given.name)[:_MAX_LENGTH], without_control(given.email)[:_MAX_MAIL]
    phone = _phone(given.phone) if without_control(given.phone) else ""
    if mail and (mail.count("@") != 1 or "." not in mail.rpartition("@")[2] or " " in mail):
        raise ChatError(errors.BAD_MAIL)
    filled = [pair for pair in (("naam", name), ("telefoonnummer", phone), ("e-mailadres", mail)) if pair[1]]
    if not filled:
        raise ChatError(errors.NO_CONTACT)
    return filled


def _phone(text: str) -> str:
    try:
        number = phonenumbers.parse(text, "NL")
    except phonenumbers.NumberParseException as error:
        raise ChatError(errors.BAD_PHONE) from error
    if not phonenumbers.is_possible_number(number) or len(str(number.national_number)) < _FEWEST_DIGITS:
        raise ChatError(errors.BAD_PHONE)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


async def _messages(session: AsyncSession, conversation_id: str) -> list[Message]:
    wanted = select(Message).where(Message.conversation_id == conversation_id).order_by(Message.seq)
    return list(await session.scalars(wanted))


def _passed(message: Message) -> Json:
    return {"id": message.id, "seq": message.seq, "from": message.sender, "text": message.text}
