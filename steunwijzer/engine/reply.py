"""The shape of the engine's reply. An answer of another shape counts as no answer."""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict

import msgspec


class _Choice(TypedDict):
    label: str
    payload: str


class _Message(TypedDict):
    text: str
    key: NotRequired[str | None]
    choices: NotRequired[list[_Choice]]
    blocks: NotRequired[list[dict[str, Any]]]
    bron: NotRequired[list[Any]]
    gecontroleerd_op: NotRequired[str | None]
    taal: NotRequired[str | None]
    versie: NotRequired[str | None]


class Event(msgspec.Struct, frozen=True):
    """A typed fact of the turn.

    ``flow_started``, ``flow_completed`` (also of a part that another topic called), ``crisis``, ``handover_requested``,
    ``handover_resumed`` (what was asked for before, now that the municipality is known) or ``not_understood``.
    """

    type: str
    flow: str | None = None
    danger: str | None = msgspec.field(default=None, name="class")
    reason: str | None = None
    summary: dict[str, Any] = {}


class Reply(msgspec.Struct, frozen=True):
    """One turn's answer: messages, the new opaque state, what was understood, where the conversation stands, events.

    A message has ``text`` and may have ``key``, ``choices`` (label, payload), ``blocks``, ``bron``, ``gecontroleerd_op``, ``taal`` and ``versie`` (of the text as editors wrote it).
    """

    messages: list[dict[str, Any]]
    state: dict[str, Any]
    parse: dict[str, Any] = {}
    flow: dict[str, Any] | None = None
    events: list[Event] = []

    def __post_init__(self) -> None:
        """Raises msgspec.ValidationError for a message of another shape."""
        msgspec.convert(self.messages, list[_Message])

    @property
    def keys(self) -> list[str]:
        """Which answers of the editors were given."""
        return [str(message["key"]) for message in self.messages if message.get("key")]


class Seen(msgspec.Struct, frozen=True):
    """What the safety gate made of a message: a danger, a doubt (the assistant would ask one gentle question), or neither."""

    danger: str | None = msgspec.field(default=None, name="class")
    doubt: bool = False


class Looked(msgspec.Struct, frozen=True):
    """The answer to a look at one message without a dialogue."""

    safety: Seen
