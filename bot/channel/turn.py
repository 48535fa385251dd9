"""Plays one turn: builds Rasa's message from the request, runs the processor, collects messages and new state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel, UserMessage

from bot.answers.nlg import ContentNlg
from bot.dialogue import current_flow
from bot.dialogue.place import STACK_SLOT
from bot.nlu.sentence_encoder import encode_ahead
from bot.runtime import stateless
from bot.runtime.agent import speller_of

MAX_TEXT = 2000
START_INTENT = "gesprek_start"
CHOICE_INTENT = "keuze"
_SUMMARY = ("onderwerp", "voor_wie", "wet", "gemeente", "gemeente_naam", "wijk", "leeftijd", "thema", "kanaal")
# Facts of this turn only; they are not part of the state that goes back.
_PER_TURN = ("vandaag", "bemenst", "bewaardagen", "reden_onbemenst", "turn_events", "ook_bedoeld")


class BadTurn(ValueError):
    """The request is not one of this channel's. The message says what is wrong with it."""


@dataclass(frozen=True)
class TurnRequest:
    """One request of the front office, checked."""

    conversation: str
    slots: dict[str, Any]
    text: str
    payload: str | None
    start: bool
    context: Mapping[str, Any]

    @classmethod
    def parse(cls, body: Any) -> TurnRequest:
        """Check the body's shape. Raises :class:`BadTurn`."""
        if not isinstance(body, dict) or not isinstance(body.get("input"), dict):
            raise BadTurn("verwacht: een JSON-object met 'input'")
        given = body["input"]
        kind, text, payload = given.get("type"), given.get("text", ""), given.get("payload")
        if kind not in {"text", "choice", "start"}:
            raise BadTurn("input.type moet 'text', 'choice' of 'start' zijn")
        if kind == "choice" and not (isinstance(payload, str) and payload.startswith("/")):
            raise BadTurn("een keuze heeft een payload die met '/' begint")
        if not isinstance(text, str) or len(text) > MAX_TEXT:
            raise BadTurn(f"input.text moet tekst zijn van hoogstens {MAX_TEXT} tekens")
        slots = (body.get("state") or {}).get("slots") or {}
        return cls(
            str(body.get("conversation") or "los"),
            dict(slots),
            text,
            payload,
            kind == "start",
            body.get("context") or {},
        )


class _Collector(OutputChannel):
    """Collects what the assistant says."""

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []

    @classmethod
    def name(cls) -> str:
        return "steunwijzer"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        custom = message.get("custom") or {}
        plain = {"key": None, "text": message.get("text") or "", "choices": [], "blocks": [], "bron": []}
        self.messages.append({**plain, **custom})


async def play(agent: Agent, turn: TurnRequest) -> dict[str, Any]:
    """Messages, new state, parse, flow and events of one turn. Turns run beside each other; none sees another's state."""
    assert agent.processor is not None
    agent.processor.nlg.refresh()  # type: ignore[attr-defined]
    collector = _Collector()
    parse = _ready_made_parse(turn) or await _parse(agent, turn.text, turn.conversation)
    stateless.bring(_slots_with_context(turn))
    message = UserMessage(
        turn.text or turn.payload or "", collector, turn.conversation, parse_data=parse, input_channel=collector.name()
    )
    await agent.processor.handle_message(message)
    slots = stateless.take()
    _offer_what_else_was_meant(collector.messages, slots, agent.processor.nlg)  # type: ignore[arg-type]
    return {
        "messages": collector.messages,
        "flow": current_flow(slots),
        "events": [_with_summary(event, slots) for event in slots.get("turn_events") or []],
        "parse": _report(parse),
        "state": {"slots": {name: value for name, value in slots.items() if name not in _PER_TURN}},
    }


async def look(agent: Agent, body: Any) -> dict[str, Any]:
    """Only the safety gate, without a dialogue: for a message to a human. Raises :class:`BadTurn`."""
    text = body.get("text") if isinstance(body, dict) else None
    if not isinstance(text, str) or not text or len(text) > MAX_TEXT:
        raise BadTurn(f"verwacht: 'text' van hoogstens {MAX_TEXT} tekens")
    return {"safety": (await _parse(agent, text))["safety"]}


def _offer_what_else_was_meant(messages: list[dict[str, Any]], slots: Mapping[str, Any], nlg: ContentNlg) -> None:
    """Beside an answer we are less than certain of: the other topics, unless a question with choices stands open already."""
    also = slots.get("ook_bedoeld")
    if also is None or not messages:
        return
    choices = messages[-1]["choices"]
    asks = bool((slots.get(STACK_SLOT) or {}).get("frames"))
    choices += nlg.way_back([] if asks else also, {choice["payload"] for choice in choices}, slots)


def _with_summary(event: dict[str, Any], slots: Mapping[str, Any]) -> dict[str, Any]:
    """A request for a human brings what the conversation was about, so that nobody has to tell it twice."""
    if event["type"] != "handover_requested":
        return event
    return {**event, "summary": {name: slots[name] for name in _SUMMARY if slots.get(name) is not None}}


async def _parse(agent: Agent, text: str, conversation: str = "los") -> dict[str, Any]:
    assert agent.processor is not None
    await encode_ahead(speller_of(agent).correct(text))
    return await agent.processor.parse_message(UserMessage(text, None, conversation))


def _ready_made_parse(turn: TurnRequest) -> dict[str, Any] | None:
    """Buttons and the start of a conversation carry their meaning; they need no understanding."""
    if turn.start:
        return _certain(START_INTENT, "")
    if turn.payload:
        return {**_certain(CHOICE_INTENT, turn.payload), "payload": turn.payload}
    return None


def _certain(intent: str, text: str) -> dict[str, Any]:
    ranking = [{"name": intent, "confidence": 1.0}]
    return {
        "text": text,
        "intent": ranking[0],
        "intent_ranking": ranking,
        "entities": [],
        "safety": {"class": None, "mild": False, "why": ""},
    }


def _slots_with_context(turn: TurnRequest) -> dict[str, Any]:
    context = turn.context
    slots = {**turn.slots, "vandaag": str(context["vandaag"]), "bemenst": bool(context.get("bemenst"))}
    for name in ("bewaardagen", "reden_onbemenst"):
        slots[name] = str(context[name]) if context.get(name) else None
    if context.get("gemeente") and not slots.get("gemeente"):
        slots["gemeente"] = context["gemeente"]
    slots.pop("turn_events", None)
    return slots


def _report(parse: Mapping[str, Any]) -> dict[str, Any]:
    names = ("text", "intent", "intent_ranking", "entities", "safety")
    return {name: parse.get(name) for name in names}


async def parse_only(agent: Agent, text: str) -> dict[str, Any]:
    """What is understood of one sentence, without a conversation."""
    return _report(await _parse(agent, text[:MAX_TEXT]))
