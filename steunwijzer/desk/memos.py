"""What editors wrote for the desk about the answers a resident got: the memo, else the sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from steunwijzer.desk.words import short
from steunwijzer.store import Message

_MOST = 4
_TITLE = 70


@dataclass(frozen=True)
class Memo:
    """About one answer: ``title``: how it began as the resident read it; ``texts``: memos; ``sources``: title and address; ``checked_on``: a date or empty."""

    key: str
    title: str
    texts: Sequence[str]
    sources: Sequence[tuple[str, str]]
    checked_on: str


def memos(messages: Iterable[Message], texts: Any) -> list[Memo]:
    """Of the last answers, the newest first; those with a memo before those with sources only."""
    said: dict[str, Message] = {}
    for message in reversed(list(messages)):
        if message.answer_key:
            said.setdefault(message.answer_key, message)
    found = [memo for key, message in said.items() if (memo := _memo(key, message, texts)) is not None]
    return sorted(found, key=lambda memo: not memo.texts)[:_MOST]


def _memo(key: str, message: Message, texts: Any) -> Memo | None:
    """Sources are those the resident could see: another wording of the same answer may have others."""
    notes = list(dict.fromkeys(answer.desk_memo.strip() for answer in texts.behind(key) if answer.desk_memo))
    block: dict[str, Any] = next((block for block in message.blocks if block.get("type") == "bron"), {})
    sources = [(str(item.get("titel", "")), str(item.get("url", ""))) for item in block.get("items", ())]
    if not notes and not sources:
        return None
    return Memo(key, short(message.text, _TITLE), notes, sources[:4], str(block.get("gecontroleerd_op") or ""))
