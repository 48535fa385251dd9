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
    said: dict[str, str] = {}
    for message in reversed(list(messages)):
        if message.answer_key:
            said.setdefault(message.answer_key, message.text)
    found = [memo for key, text in said.items() if (memo := _memo(key, text, texts)) is not None]
    return sorted(found, key=lambda memo: not memo.texts)[:_MOST]


def _memo(key: str, said: str, texts: Any) -> Memo | None:
    answers = texts.behind(key)
    notes = list(dict.fromkeys(answer.desk_memo.strip() for answer in answers if answer.desk_memo))
    sources = dict.fromkeys(_source(source) for answer in answers for source in answer.sources)
    if not notes and not sources:
        return None
    checked = max((answer.checked_on for answer in answers if answer.checked_on), default="")
    return Memo(key, short(said, _TITLE), notes, list(sources)[:4], checked)


def _source(source: Any) -> tuple[str, str]:
    return (str(source.get("titel", "")), str(source.get("url", ""))) if isinstance(source, dict) else (str(source), "")
