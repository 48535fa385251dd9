"""Care in kind (zorg in natura) beside pgb, point by point for the law that applies (``content/zorgvormen.yml``).

Even-handed by construction: every point says something about both, pros and cons are equal in number, and which form comes
first alternates from one conversation to the next.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.yamlsource import load

FORMS = {"zin": "Zorg in natura", "pgb": "Pgb"}
LAWS = ("wmo", "jeugdwet", "wlz", "zvw", "weet_niet")


class CareFormsError(ValueError):
    """The file is not even-handed or misses something. The message is Dutch."""


@dataclass(frozen=True)
class Comparison:
    """A table: two column titles in order, rows of (point, first, second), pros and cons by column, and the conditions."""

    columns: tuple[str, str]
    rows: tuple[tuple[str, str, str], ...]
    pros: tuple[tuple[str, ...], tuple[str, ...]]
    cons: tuple[tuple[str, ...], tuple[str, ...]]
    conditions: str
    counter: str
    sources: tuple[str, ...]
    checked_on: str

    def as_text(self) -> str:
        """The whole comparison in lines, for who sees no table."""
        first, second = self.columns
        points = [f"- {_heading(point)} {first}: {a} {second}: {b}" for point, a, b in self.rows]
        lists = [
            f"- {title}, {kind}: {', '.join(items).lower()}."
            for kind, pair in (("fijn", self.pros), ("lastig", self.cons))
            for title, items in zip(self.columns, pair, strict=True)
        ]
        return "\n".join([*points, *lists])

    def as_block(self) -> dict[str, Any]:
        """The block ``vergelijking`` of the chat API."""
        rows = [{"punt": point, "waarden": [a, b]} for point, a, b in self.rows]
        rows += [{"punt": "Wat is fijn?", "waarden": [", ".join(items) for items in self.pros]}]
        rows += [{"punt": "Wat is lastig?", "waarden": [", ".join(items) for items in self.cons]}]
        return {
            "type": "vergelijking",
            "titel": f"{self.columns[0]} en {self.columns[1].lower()}",
            "kolommen": list(self.columns),
            "rijen": rows,
        }


def _heading(point: str) -> str:
    return point if point.endswith("?") else f"{point}:"


def read(path: Path) -> Mapping[str, Any]:
    """The checked file. Raises :class:`CareFormsError`."""
    data: Mapping[str, Any] = load(path)
    for point in data["punten"]:
        if not (point.get("zin") and point.get("pgb") and point.get("bron")):
            raise CareFormsError(f"{path.name}: bij '{point.get('punt')}' ontbreekt zin, pgb of bron.")
    for kind in ("voordelen", "nadelen"):
        if len(data[kind]["zin"]) != len(data[kind]["pgb"]):
            raise CareFormsError(f"{path.name}: noem evenveel {kind} van zorg in natura als van het pgb.")
    missing = [law for law in LAWS if law not in data["voorwaarden"]]
    if missing:
        raise CareFormsError(f"{path.name}: voorwaarden voor {', '.join(missing)} ontbreken.")
    return data


def compare(data: Mapping[str, Any], law: str, conversation: str) -> Comparison:
    """The comparison for a law. ``conversation`` decides which form comes first, half of the time either."""
    order = ["zin", "pgb"] if hashlib.sha256(conversation.encode()).digest()[0] % 2 else ["pgb", "zin"]
    rows = []
    for point in data["punten"]:
        own = {**point, **(point.get("per_wet") or {}).get(law, {})}
        rows.append((str(point["punt"]), str(own[order[0]]), str(own[order[1]])))
    conditions = data["voorwaarden"][law]
    return Comparison(
        columns=(FORMS[order[0]], FORMS[order[1]]),
        rows=tuple(rows),
        pros=(tuple(data["voordelen"][order[0]]), tuple(data["voordelen"][order[1]])),
        cons=(tuple(data["nadelen"][order[0]]), tuple(data["nadelen"][order[1]])),
        conditions=str(conditions["tekst"]),
        counter=str(conditions["loket"]),
        sources=tuple(dict.fromkeys([*(str(point["bron"]) for point in data["punten"]), str(conditions["bron"])])),
        checked_on=str(data["gecontroleerd_op"]),
    )
