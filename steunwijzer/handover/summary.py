"""What is passed on with a talk: the summary a colleague reads in five seconds, and the messages; nothing the resident kept back."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from steunwijzer.handover.rules import DANGER, ON_REQUEST, PERHAPS_DANGER, Rules
from steunwijzer.handover.topics import of_talks
from steunwijzer.store import Conversation, Message

# Every field of the summary: its title, and the part of the consent it belongs to (None: always passed on).
FIELDS: Mapping[str, tuple[str, str | None]] = {
    "reden": ("Waarom een medewerker", None),
    "voor_wie": ("Voor wie", "onderwerp"),
    "onderwerp": ("Onderwerp", "onderwerp"),
    "wet": ("Wet", "onderwerp"),
    "gemeente": ("Gemeente", "gemeente"),
    "eigen_woorden": ("In eigen woorden", "gesprek"),
    "getoond": ("Wat de inwoner al zag", "gesprek"),
    "mislukt": ("Wat niet lukte", "gesprek"),
}
PARTS = ("gesprek", "onderwerp", "gemeente")
_MAX_WORDS = 300
_MAX_SHOWN = 8


@dataclass(frozen=True)
class Given:
    """What is passed on: ``summary`` by field, ``shared`` parts and fields, ``left_out`` numbers of messages."""

    summary: dict[str, Any]
    shared: list[str]
    left_out: list[int]


def reason_of(conversation: Conversation) -> str:
    """Why a human is wanted; danger earlier in the talk goes before everything, and then what may have been danger."""
    for danger in (DANGER, PERHAPS_DANGER):
        if conversation.summary.get(danger):
            return danger
    return str(conversation.summary.get("reden") or ON_REQUEST)


def topic_of(conversation: Conversation) -> str | None:
    """The flow id of what the talk was about before a human was asked for; see :func:`note_topic`."""
    topic = conversation.summary.get("onderwerp")
    return str(topic) if topic else None


def passed_topic(conversation: Conversation, given: Given) -> str | None:
    """The topic, unless the resident kept it back."""
    return topic_of(conversation) if "onderwerp" in given.summary else None


def note_topic(conversation: Conversation, rules: Rules) -> None:
    """Remember the topic of now, unless the talk is about the talk itself."""
    topic = _slots(conversation.state).get("onderwerp")
    if topic and topic not in rules.no_topic and topic != conversation.summary.get("onderwerp"):
        conversation.summary = {**conversation.summary, "onderwerp": topic}


def summarise(conversation: Conversation, messages: Sequence[Message], rules: Rules, gemeente: str) -> dict[str, Any]:
    """All fields that have something to say, in the order of :data:`FIELDS`. ``gemeente``: the municipality's name."""
    slots, reason = _slots(conversation.state), reason_of(conversation)
    own = [message for message in messages if message.sender == "inwoner"]
    found: dict[str, Any] = {
        "reden": rules.reasons[reason].text if reason in rules.reasons else reason,
        "voor_wie": rules.words["voor_wie"].get(str(slots.get("voor_wie")), ""),
        "onderwerp": rules.topic(topic_of(conversation)),
        "wet": rules.words["wet"].get(str(slots.get("wet")), ""),
        "gemeente": gemeente,
        "eigen_woorden": _own_words(own),
        "getoond": _shown(messages, rules),
        "mislukt": _failed(own),
    }
    return {name: found[name] for name in FIELDS if found[name]}


def give(
    summary: Mapping[str, Any], messages: Sequence[Message], include: Collection[str], leave_out: Collection[str | int]
) -> Given:
    """Only what the resident agreed to. ``include``: parts; ``leave_out``: fields, and numbers or ids of messages.

    Of a conversation that is not passed on, all messages until now are left out; so is what repeats a message left out.
    """
    with_talk = "gesprek" in include
    hidden = {message.seq for message in messages if not with_talk or {message.seq, message.id} & set(leave_out)}
    words = {message.text[:_MAX_WORDS] for message in messages if message.seq in hidden}
    kept: dict[str, Any] = {}
    for name, value in summary.items():
        part = FIELDS[name][1]
        if name in leave_out or (part is not None and part not in include):
            continue
        if isinstance(value, list):
            value = [item for item in value if item not in words]
        if value:
            kept[name] = value
    return Given(kept, [part for part in PARTS if part in include], sorted(hidden))


def gemeente_of(conversation: Conversation) -> str | None:
    """The municipality whose desk it is: of the site, else the one the resident named."""
    return conversation.gemeente or named_in(conversation.state)


def spoken_to(conversation: Conversation) -> dict[str, str]:
    """What a text must know of who hears it: the young are spoken to with "je"."""
    young = _slots(conversation.state).get("jongere")
    return {"jongere": str(young)} if young else {}


def named_in(state: Mapping[str, Any]) -> str | None:
    """The municipality a resident named, by the assistant's state."""
    named = _slots(state).get("gemeente")
    return str(named) if named else None


def _slots(state: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the assistant knows; of its state only this is read here."""
    slots: Mapping[str, Any] = state.get("slots") or {}
    return slots


def _own_words(own: Sequence[Message]) -> list[str]:
    """What worried, the first thing typed, and the last; a pressed button is not somebody's own words."""
    typed = [message for message in own if not (message.understood or {}).get("button")]
    worrying = [message for message in typed if {"danger", "doubt"} & (message.understood or {}).keys()]
    return list(dict.fromkeys(message.text[:_MAX_WORDS] for message in [*worrying[-1:], *typed[:1], *typed[-1:]]))


def _shown(messages: Sequence[Message], rules: Rules) -> list[str]:
    """Topics that were explained and local help that was shown, the last ones."""
    flows, known = [str((message.understood or {}).get("flow")) for message in messages], of_talks(rules)
    topics = [known[flow] for flow in flows if flow in known]
    options = [
        str(item["naam"])
        for message in messages
        for block in message.blocks
        if block.get("type") == "opties"
        for item in block.get("items", ())
        if item.get("naam")
    ]
    return list(dict.fromkeys([*topics, *options]))[-_MAX_SHOWN:]


def _failed(own: Sequence[Message]) -> list[str]:
    """Sentences that were not understood."""
    return [message.text[:_MAX_WORDS] for message in own if (message.understood or {}).get("missed")][-3:]
