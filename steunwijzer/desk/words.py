"""How the desk says things: what stands in the database as one word, moments, waiting, blocks; never by colour alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from steunwijzer.clock import NETHERLANDS
from steunwijzer.store import FILLED_IN

URGENCY = {2: "Gevaar of crisis", 1: "Met voorrang", 0: "Gewoon"}
URGENCY_CLASS = {2: "crisis", 1: "eerder", 0: "gewoon"}
STATES = {
    "wachtrij": "wacht op een medewerker",
    "in_gesprek": "in gesprek",
    "teruggegeven": "teruggegeven aan Steunwijzer",
    "afgesloten": "afgesloten",
}
# Of a conversation, where the states above are those of one hand-over.
STATUS = {
    "bot": "bij Steunwijzer", "gevraagd": "vraagt om een medewerker", "wachtrij": "wacht", "in_gesprek": "in gesprek",
    "teruggegeven": "teruggegeven", "terugbelverzoek": "terugbellen", "afgesloten": "afgesloten",
}  # fmt: skip
SENDERS = {"inwoner": "Inwoner", "assistent": "Steunwijzer", "medewerker": "Medewerker", "systeem": "Melding"}
CALLBACK_STATES = {
    "open": "nog niet opgepakt",
    "opgepakt": "opgepakt",
    "niet_bereikt": "niet bereikt",
    "gebeld": "gebeld",
    "vervallen": "vervallen",
}
SOLVED = {"ja": "geholpen", "deels": "deels geholpen", "nee": "niet geholpen"}
VERDICT = {"goed": "goed", "fout": "fout", "ontbreekt": "er ontbreekt iets", "verouderd": "verouderd"}
JUDGEMENT_STATE = {"nieuw": "nieuw", "bezig": "in behandeling", "verwerkt": "verwerkt", "afgewezen": "afgewezen"}
EXPORT_STATE = {"wacht": "wacht", "bezig": "wordt gemaakt", "klaar": "klaar", "mislukt": "mislukt"}
# How a talk ended that no colleague closed.
_OTHER_ENDS = {"teruggegeven": "Teruggegeven aan Steunwijzer", "ingetrokken": "De inwoner wilde het niet meer"}
AWAY_REASONS = ("pauze", "overleg", "ander werk", "klaar voor vandaag")
# What can be shown on click, as a colleague reads it.
REASONS_TO_SHOW = (
    "om de inwoner te bereiken",
    "om de inwoner te vinden in een systeem",
    "om te controleren wie het is",
)
_BLOCKS = {
    "opties": "Hulp in de buurt",
    "contact": "Telefoonnummers",
    "noodnummers": "Noodnummers",
    "bron": "Bronnen",
    "begrippen": "Uitleg van woorden",
    "vergelijking": "Vergelijking",
    "tijdlijn": "Tijdlijn",
    "checklist": "Checklist",
    "kopieertekst": "Tekst om over te nemen",
    "contactformulier": "Formulier voor contactgegevens",
    "terugbelformulier": "Formulier voor terugbellen",
}
_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def span(seconds: float) -> str:
    """How long something takes or took: ``minder dan 1 min``, ``12 min``, ``1 uur 5 min``, ``2 dagen``."""
    if seconds < _MINUTE:
        return "minder dan 1 min"
    if seconds < _HOUR:
        return f"{int(seconds // _MINUTE)} min"
    if seconds < _DAY:
        minutes = int(seconds % _HOUR // _MINUTE)
        return f"{int(seconds // _HOUR)} uur" + (f" {minutes} min" if minutes else "")
    days = int(seconds // _DAY)
    return f"{days} {'dag' if days == 1 else 'dagen'}"


def clock_time(at: datetime) -> str:
    """The time of day in the Netherlands: ``14:05``."""
    return f"{at.astimezone(NETHERLANDS):%H:%M}"


def when(at: datetime, now: datetime) -> str:
    """The time of day; with the day before it when that is not today."""
    here, today = at.astimezone(NETHERLANDS), now.astimezone(NETHERLANDS).date()
    return clock_time(at) if here.date() == today else f"{here.day}-{here.month} {clock_time(at)}"


def short(text: str, most: int = 140) -> str:
    """The beginning of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0] + " …"


def block_words(block: Mapping[str, Any]) -> tuple[str, list[str]]:
    """What a block showed the resident: its name, and its items in a few words each."""
    items = [_item(item) for item in block.get("items") or () if item]
    name = _BLOCKS.get(str(block.get("type")), str(block.get("type")).capitalize())
    return f"{name} (ingevuld)" if block.get(FILLED_IN) else name, [item for item in items if item]


def _item(item: Any) -> str:
    if not isinstance(item, Mapping):
        return str(item)
    name = item.get("naam") or item.get("titel") or item.get("term") or item.get("label") or ""
    reach = item.get("telefoon") or item.get("nummer") or ""
    return ", ".join(str(part) for part in (name, reach) if part)


def endings(outcomes: Mapping[str, str]) -> dict[str, str]:
    """All ways in which a talk or a call-back ends, by code: ``outcomes`` of ``content/overdracht.yml``, and those nobody chooses."""
    calls = {code: f"Terugbellen: {state}" for code, state in CALLBACK_STATES.items()}
    return {**outcomes, **_OTHER_ENDS, **calls}


def presence(state: str, reason: str) -> str:
    """Whether a colleague is there, and why not: ``afwezig: pauze``."""
    return f"{state}: {reason}" if reason else state


def act(name: str) -> str:
    """An act of the log in words: ``gesprek_geopend`` → ``gesprek geopend``."""
    return name.replace("_", " ")


def subject(name: str) -> str:
    """What a line of the log is about, short enough to read: ``gesprek:8f0c6b33-…`` → ``gesprek 8f0c6b33``."""
    kind, _, number = name.partition(":")
    return f"{kind} {number[:8]}" if number else name


def detail(value: object) -> str:
    """What stands beside an act, in words."""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if value in ([], {}, "", None):
        return "geen"
    if isinstance(value, dict):
        return ", ".join(f"{name} {detail(one)}" for name, one in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def within(seconds: int | None) -> str:
    """A bound on a waiting time in words; a dash for none."""
    if seconds is None:
        return "–"
    for size, one, more in (
        (86400, "dag", "dagen"),
        (3600, "uur", "uur"),
        (60, "minuut", "minuten"),
        (1, "seconde", "seconden"),
    ):
        if seconds >= size:
            count = seconds // size
            return f"binnen {count} {one if count == 1 else more}"
    return "meteen"


def share(part: int, whole: int) -> str:
    """A percentage; a dash when there is nothing to take it of."""
    return f"{round(100 * part / whole)} %" if whole else "–"
