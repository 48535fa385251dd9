"""A search that goes on from the last one: "meer", "gratis", "dichterbij", "voor mijn moeder". Never ends in an empty list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from steunwijzer.directory.service import SearchQuery, SearchResult, search

_GROUPS = {"ouderen": "oudere", "kinderen": "jeugdige", "mantelzorgers": "mantelzorger"}
# What is let go when nothing near is left, the least important wish first.
_LET_GO: Mapping[str, Mapping[str, Any]] = {
    "dichterbij": {"nearest_only": False},
    "zonder_verwijzing": {"without_referral": False},
    "gratis": {"free_only": False},
    # For whom the talk is stays; only the group that was wished for is let go.
    "doelgroep": {},
    "woorden": {"words": None},
}
_MORE = "meer"


@dataclass(frozen=True)
class Narrowed:
    """``dropped``: the wish that was let go, or ``meer`` when the list was at its end; ``memory``: to go on from next time."""

    result: SearchResult
    dropped: tuple[str, ...]
    memory: dict[str, Any]


def remembered(memory: Mapping[str, Any], wish: str | None) -> dict[str, Any]:
    """The last search with one more wish; "meer" goes on after what was shown, any other wish starts at the top."""
    after = dict(memory)
    if wish in _GROUPS:
        after["doelgroep"] = _GROUPS[wish]
    elif wish and wish != _MORE:
        after[wish] = True
    if wish != _MORE:
        after["getoond"] = []
    return after


def look(path: Path, query: SearchQuery, memory: Mapping[str, Any]) -> Narrowed:
    """Search with the wishes in ``memory``; what cannot be had is let go, one wish at a time, and named."""
    wishes = replace(
        query,
        audience=memory.get("doelgroep") or query.audience,
        free_only=bool(memory.get("gratis")),
        without_referral=bool(memory.get("zonder_verwijzing")),
        nearest_only=bool(memory.get("dichterbij")),
        skip=frozenset(memory.get("getoond") or ()),
    )
    result, dropped = search(path, wishes), []
    if result.status != "gevonden" and wishes.skip:
        dropped.append(_MORE)
        wishes = replace(wishes, skip=frozenset())
        result = search(path, wishes)
    for name, without in _LET_GO.items():
        if result.status == "gevonden" or query.municipality is None:
            break
        wider = replace(wishes, **(without or {"audience": query.audience}))
        if wider != wishes:
            dropped.append(name)
            wishes, result = wider, search(path, wider)
    if result.status != "gevonden":
        # Nothing near, whatever is let go: then only a wish of the resident's own is worth a word.
        dropped = [name for name in dropped if memory.get(name)]
    shown = [*wishes.skip, *(str(option.record["id"]) for option in result.options if option.level != "landelijk")]
    kept = {name: value for name, value in memory.items() if name not in dropped}
    return Narrowed(result, tuple(dropped), {**kept, "getoond": shown})
