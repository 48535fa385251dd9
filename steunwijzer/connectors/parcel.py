"""What is delivered: facts as the callers give them, kept in the outbox, and read back by a connector."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

CALLBACK, TALK = "terugbelverzoek", "gesprek"


@dataclass(frozen=True)
class CallbackAsked:
    """A resident asks to be called back. ``summary``: label and text, only what the resident agreed to pass on.

    ``changed``: the resident corrected an earlier request. ``phone``: E.164, as the chat stores it.
    """

    id: str
    conversation_id: str
    gemeente: str
    topic: str
    name: str
    phone: str
    best_time: str
    at: datetime
    summary: Mapping[str, str] = field(default_factory=dict)
    changed: bool = False

    @property
    def subject(self) -> str:
        """Where the delivery is about; with the call-back request it is deleted."""
        return f"{CALLBACK}:{self.id}"


@dataclass(frozen=True)
class TalkClosed:
    """A colleague closed a talk. ``summary``: label and text, only what the resident agreed to pass on; ``outcome``: its code."""

    conversation_id: str
    gemeente: str
    topic: str
    outcome: str
    at: datetime
    summary: Mapping[str, str] = field(default_factory=dict)

    @property
    def subject(self) -> str:
        """Where the delivery is about."""
        return f"{TALK}:{self.conversation_id}"


@dataclass(frozen=True)
class Parcel:
    """One delivery as a connector gets it. ``id``: of the delivery, the same at every attempt. ``progress``: steps done before."""

    id: str
    kind: str
    conversation_id: str
    gemeente: str
    topic: str
    at: datetime
    name: str = ""
    phone: str = ""
    best_time: str = ""
    outcome: str = ""
    summary: Mapping[str, str] = field(default_factory=dict)
    changed: bool = False
    progress: Mapping[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """One line that says what it is: a topic and a kind, never who."""
        topic = self.topic.replace("_", " ").strip() or "Algemene vraag"
        kind = CALLBACK if self.kind == CALLBACK else "afgesloten chatgesprek"
        return f"{topic[:1].upper()}{topic[1:]} ({kind}{', aangepast' if self.changed else ''})"

    def link(self, public_url: str) -> str:
        """Where staff open the conversation; without a public address there is none."""
        return f"{public_url}/balie/geschiedenis/{self.conversation_id}" if public_url else ""


def payload_of(given: CallbackAsked | TalkClosed) -> dict[str, Any]:
    """The facts as the outbox keeps them until they are delivered."""
    kind = CALLBACK if isinstance(given, CallbackAsked) else TALK
    facts = asdict(given) | {"kind": kind, "at": given.at.isoformat(), "summary": dict(given.summary)}
    facts.pop("id", None)
    return facts


def parcel_of(delivery_id: str, payload: Mapping[str, Any], progress: Mapping[str, Any]) -> Parcel:
    """The parcel of a stored payload. Raises ``KeyError``, ``TypeError`` or ``ValueError`` for one that is not ours."""
    facts = dict(payload)
    return Parcel(id=delivery_id, at=datetime.fromisoformat(facts.pop("at")), progress=dict(progress), **facts)
