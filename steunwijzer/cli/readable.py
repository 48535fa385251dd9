"""What is kept of one conversation as a page that a resident can read and print: the messages first, then everything else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from html5tagger import Document, E

from steunwijzer.clock import NETHERLANDS

_WHO = {"assistent": "Steunwijzer", "inwoner": "U", "medewerker": "Medewerker", "systeem": "Bericht"}
_HEADINGS = {
    "gesprek": "Over het gesprek",
    "terugbelverzoeken": "Terugbelverzoeken",
    "naar_een_medewerker": "Doorgegeven aan een medewerker",
    "notities": "Notities van medewerkers",
    "oordelen": "Wat medewerkers van antwoorden vonden",
    "bezorgd": "Bezorgd aan andere systemen",
    "labels": "Labels",
    "afgeschermd": "Wat onleesbaar is gemaakt in uw berichten",
}


def as_page(found: Mapping[str, Any]) -> str:
    """``found``: from :func:`steunwijzer.store.everything_of`. Everything in it is on the page, as text."""
    page = Document("Alles wat is bewaard van uw gesprek", lang="nl")
    page.h1("Alles wat is bewaard van uw gesprek")
    page.h2("Berichten").ol(E(*(_message(message) for message in found["berichten"])))
    for name, value in found.items():
        if name != "berichten" and value:
            page.h2(_HEADINGS.get(name, _words(name))).div(_shown(value))
    return str(page)


def _message(message: Mapping[str, Any]) -> Any:
    who = _WHO.get(str(message["sender"]), str(message["sender"]))
    rest = {
        name: message[name] for name in sorted(message) if name not in {"sender", "text", "at", "id", "conversation_id"}
    }
    return E.li(
        E.strong(who), f" ({_moment(message['at'])}): {message['text']}", E.details(E.summary("Meer"), _shown(rest))
    )


def _shown(value: Any) -> Any:
    if isinstance(value, Mapping):
        rows = [
            (E.dt(_words(str(name))), E.dd(_shown(part)))
            for name, part in value.items()
            if part not in (None, "", [], {})
        ]
        return E.dl(*(part for row in rows for part in row))
    if isinstance(value, list | tuple):
        return E.ul(*(E.li(_shown(part)) for part in value))
    return _moment(str(value))


def _words(name: str) -> str:
    return name.replace("_", " ")


def _moment(text: str) -> str:
    """A moment as people write it; any other text as it is."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return f"{moment.astimezone(NETHERLANDS):%d-%m-%Y %H:%M}" if moment.tzinfo else text
