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

from bot.content.shaped import ShapeError, load_shaped
from bot.yamlsource import line_of

FORMS = {"zin": "Zorg in natura", "pgb": "Pgb"}
LAWS = ("wmo", "jeugdwet", "wlz", "zvw", "weet_niet")


class CareFormsError(ShapeError):
    """The file is not even-handed. The message is Dutch."""


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
        rows += [{"punt": "Wat is fijn?", "waarden": [_sentences(items) for items in self.pros]}]
        rows += [{"punt": "Wat is lastig?", "waarden": [_sentences(items) for items in self.cons]}]
        return {
            "type": "vergelijking",
            "titel": f"{self.columns[0]} en {self.columns[1].lower()}",
            "kolommen": list(self.columns),
            "rijen": rows,
        }


def _sentences(items: tuple[str, ...]) -> str:
    return " ".join(f"{item}." for item in items)


def _heading(point: str) -> str:
    return point if point.endswith("?") else f"{point}:"


def read(path: Path) -> Mapping[str, Any]:
    """The checked file. Raises :class:`CareFormsError`, or ``ShapeError`` for the wrong shape."""
    data = load_shaped(path)
    for kind in ("voordelen", "nadelen"):
        for law in LAWS:
            first, second = (len(sides(data, kind, form, law)) for form in FORMS)
            if first != second:
                raise CareFormsError(
                    path.name,
                    line_of(data, kind),
                    f"noem evenveel {kind} van zorg in natura als van het pgb (bij {law}: {first} en {second}).",
                )
    return data


def sides(data: Mapping[str, Any], kind: str, form: str, law: str) -> tuple[str, ...]:
    """The pros (``voordelen``) or cons (``nadelen``) of a form for a law: those of every law, then its own."""
    own = (data[kind].get("per_wet") or {}).get(law, {})
    return (*data[kind][form], *own.get(form, ()))


def order_for(conversation: str) -> tuple[str, str]:
    """Which form comes first in a conversation: half of the time either, and always the same within one."""
    return ("zin", "pgb") if hashlib.sha256(conversation.encode()).digest()[0] % 2 else ("pgb", "zin")


def compare(data: Mapping[str, Any], law: str, conversation: str, young: bool = False) -> Comparison:
    """The comparison for a law. ``conversation`` decides which form comes first; ``young``: in words for who is under 18."""
    first, second = order_for(conversation)
    points = [point for point in data["punten"] if law in point.get("wetten", LAWS)]
    rows = []
    for point in points:
        own = {**point, **(point.get("per_wet") or {}).get(law, {})}
        rows.append((str(point["punt"]), str(own[first]), str(own[second])))
    conditions = data["voorwaarden"][law]
    return Comparison(
        columns=(FORMS[first], FORMS[second]),
        rows=tuple(rows),
        pros=(sides(data, "voordelen", first, law), sides(data, "voordelen", second, law)),
        cons=(sides(data, "nadelen", first, law), sides(data, "nadelen", second, law)),
        conditions=str(conditions["jij" if young else "tekst"]),
        counter=str(conditions["loket"]),
        sources=tuple(dict.fromkeys([*(str(point["bron"]) for point in points), str(conditions["bron"])])),
        checked_on=str(data["gecontroleerd_op"]),
    )
