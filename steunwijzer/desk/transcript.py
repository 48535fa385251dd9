"""A talk as lines to read: who said what when, what the assistant understood, and what the resident kept back."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from steunwijzer.desk import words
from steunwijzer.store import Message

# Blocks that say who speaks or where a text comes from; they stand elsewhere.
_NOT_SHOWN = frozenset({"afzender", "bron", "taal", "begrippen"})


@dataclass(frozen=True)
class Understood:
    """What the assistant made of a sentence, in the resident's words for topics. ``sure``: percentages, empty when not known."""

    topic: str
    sure: str
    runner_up: str
    runner_up_sure: str
    flow: str
    step: str
    missed: bool
    button: bool

    @property
    def says_something(self) -> bool:
        """While a human has the talk nothing is understood; there is nothing to unfold."""
        return bool(self.topic or self.flow or self.missed or self.button)


@dataclass(frozen=True)
class Line:
    """One message. ``sign``: danger that was seen in it; ``masked``: number and kind of what can be shown on click;
    ``kept_back``: messages left out just before it.
    """

    seq: int
    sender: str
    name: str
    at: datetime
    when: str
    text: str
    choices: Sequence[str]
    blocks: Sequence[tuple[str, Sequence[str]]]
    understood: Understood | None
    sign: str
    answer_key: str
    version: str
    checked_on: str
    masked: Sequence[tuple[int, str]]
    kept_back: int


def lines(
    messages: Sequence[Message], topics: Mapping[str, str], masked: Mapping[tuple[int, int], str], left_out: Collection[int],
    *, now: datetime, after: int = 0,
) -> list[Line]:  # fmt: skip
    """The messages as lines, in order. ``topics``: names by flow id; ``after``: the last number that is shown already."""
    found, hidden = [], sorted(seq for seq in left_out if seq > after)
    for message in messages:
        before = [seq for seq in hidden if seq < message.seq]
        hidden = hidden[len(before) :]
        found.append(_line(message, topics, masked, len(before), now))
    return found


def _line(
    message: Message, topics: Mapping[str, str], masked: Mapping[tuple[int, int], str], kept_back: int, now: datetime
) -> Line:
    about = message.understood or {}
    own = message.sender == "inwoner"
    return Line(
        seq=message.seq,
        sender=message.sender,
        name=_name(message),
        at=message.at,
        when=words.when(message.at, now),
        text=message.text,
        choices=[str(choice["label"]) for choice in message.choices],
        blocks=[words.block_words(block) for block in message.blocks if block.get("type") not in _NOT_SHOWN],
        understood=_understood(about, topics) if own and about else None,
        sign=_sign(about, topics) if own else "",
        answer_key=message.answer_key or "",
        version="" if own else str(about.get("versie") or ""),
        checked_on="" if own else str(about.get("gecontroleerd_op") or ""),
        masked=[(number, kind) for (seq, number), kind in sorted(masked.items()) if seq == message.seq],
        kept_back=kept_back,
    )


def signs(messages: Sequence[Message], topics: Mapping[str, str]) -> list[tuple[int, str]]:
    """Number and sign of each message in which danger was seen. It may be seen after the message was shown."""
    found = [(message.seq, _sign(message.understood or {}, topics)) for message in messages]
    return [(seq, sign) for seq, sign in found if sign]


def _sign(about: Mapping[str, Any], topics: Mapping[str, str]) -> str:
    danger = about.get("danger")
    if danger:
        return f"Gevaar gezien: {topics.get(str(danger), str(danger).replace('_', ' '))}"
    return "Misschien gevaar" if about.get("doubt") else ""


def _name(message: Message) -> str:
    speaker = next((block.get("naam") for block in message.blocks if block.get("type") == "afzender"), None)
    return str(speaker) if speaker else words.SENDERS[message.sender]


def _understood(about: Mapping[str, Any], topics: Mapping[str, str]) -> Understood:
    def topic(name: str) -> str:
        given = about.get(name)
        return topics.get(str(given), str(given).replace("_", " ")) if given else ""

    return Understood(
        topic=topic("intent"),
        sure=_percent(about.get("confidence")),
        runner_up=topic("runner_up"),
        runner_up_sure=_percent(about.get("runner_up_confidence")),
        flow=topic("flow"),
        step=str(about.get("step") or "").replace("_", " "),
        missed=bool(about.get("missed")),
        button=bool(about.get("button")),
    )


def _percent(value: Any) -> str:
    return f"{round(100 * value)}%" if isinstance(value, int | float) else ""
