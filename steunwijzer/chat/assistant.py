"""Asks the assistant: one input with what holds now, and what its answer means before anything is stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from steunwijzer.chat.live import Live
from steunwijzer.chat.messages import Drafted, Json, from_engine
from steunwijzer.chat.requested import ASKS_FOR_A_HUMAN
from steunwijzer.chat.texts import Texts
from steunwijzer.clock import NETHERLANDS, Clock
from steunwijzer.engine import EngineClient, EngineDown, Event, Reply
from steunwijzer.handover import Presences, Staffing
from steunwijzer.handover.summary import gemeente_of, named_in, spoken_to
from steunwijzer.privacy import Masked
from steunwijzer.store import Choice, Conversation, Database

MAX_TEXT = 2000
_MAX_COUNTER = 80


@dataclass(frozen=True)
class Given:
    """What a resident sent: the text after masking, or the choice that was pressed."""

    masked: Masked
    text: str
    choice: Choice | None

    @property
    def for_engine(self) -> Json:
        """The engine's input."""
        if self.choice:
            return {"type": "choice", "payload": self.choice.payload}
        return {"type": "text", "text": plain(self.masked.text)}


@dataclass(frozen=True)
class Answered:
    """What one input led to: messages, the engine's reply if it was asked and answered, counters; ``danger``: seen without it."""

    drafted: list[Drafted]
    reply: Reply | None = None
    counted: list[tuple[str, str]] = field(default_factory=list)
    danger: str | None = None


class Assistant:
    """The engine, and the fixed rules that look while a human has a conversation. Stores nothing."""

    def __init__(
        self, database: Database, engine: EngineClient, texts: Texts, clock: Clock, live: Live, presences: Presences, retention_days: int
    ) -> None:  # fmt: skip
        self._database, self._engine, self._texts, self._clock = database, engine, texts, clock
        self._live, self._presences, self._retention_days = live, presences, retention_days

    async def ask_where(
        self, conversation: Conversation, given: Given, staffing: Staffing
    ) -> tuple[Answered, Staffing]:
        """Ask the engine. Only its answer tells which municipality a resident named; what it said about a human is then asked anew.

        Returns the answer, and who is there in that municipality.
        """
        answered = await self.ask(conversation, given.for_engine, staffing)
        named = conversation.gemeente or (named_in(answered.reply.state) if answered.reply else None)
        if answered.reply is None or named == gemeente_of(conversation):
            return answered, staffing
        async with self._database.transaction() as session:
            there = await self._presences.now(session, named)
        if there == staffing or not _depends_on_staff(answered.reply):
            return answered, there
        again = await self.ask(conversation, given.for_engine, there)
        return (again if again.reply else answered), there

    async def ask(self, conversation: Conversation, given: Json, staffing: Staffing) -> Answered:
        """The engine's messages, or the apology with a telephone number when it is down."""
        context = {
            "gemeente": conversation.gemeente,
            "vandaag": self._clock().astimezone(NETHERLANDS).date().isoformat(),
            "bemenst": staffing.staffed,
            "bewaardagen": self._retention_days,
            "reden_onbemenst": "" if staffing.staffed else staffing.text,
        }
        try:
            with self._live.typing(conversation.id):
                reply = await self._engine.turn(conversation.id, conversation.state, given, context)
        except EngineDown:
            apology = Drafted("assistent", self._texts.engine_down(conversation.gemeente, **spoken_to(conversation)))
            return Answered([apology], counted=[("storing", "machinekamer")])
        return Answered([from_engine(message) for message in reply.messages], reply, _counters(reply.events))

    def listen(self, conversation: Conversation, given: Given) -> Answered:
        """While a human has the conversation the assistant is silent; only danger the rules see is answered, with its fixed text."""
        # The rules cost memory; only who hands over needs them here.
        from bot.nlu.safety import assess

        danger = None if given.choice else assess(given.masked.text).klasse
        if danger is None:
            return Answered([])
        text, blocks = self._texts.danger(danger, conversation.gemeente, **spoken_to(conversation))
        return Answered([Drafted("systeem", text, (), blocks)], counted=[("crisis", danger)], danger=danger)


def _depends_on_staff(reply: Reply) -> bool:
    """Whether the assistant said something about a human: on request, and in danger."""
    return any(event.type in {*ASKS_FOR_A_HUMAN, "crisis"} for event in reply.events)


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


def plain(text: str) -> str:
    """What starts with a slash is a command to Rasa; from a resident it is just text. Masking may have made it longer."""
    return text.lstrip("/ ")[:MAX_TEXT] or "?"
