"""Wishes about the list of local help that was just shown: "meer", "gratis", "dichterbij", "voor mijn moeder"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.flows.state import State
from bot.nlu.normalise import fold

SEARCH_SLOT = "zoekopdracht"
_SEARCH_ACTION = "action_zoek_lokale_opties"
_PREFIX = "opties_"
_LIST_TOPIC = "lokale_opties"
_GROUPS = frozenset({"opties_ouderen", "opties_kinderen", "opties_mantelzorgers"})
_MOST_WORDS = 9
# Flow to what people say; the first that fits counts.
_WISHES: Mapping[str, re.Pattern[str]] = {
    "opties_zonder_verwijzing": re.compile(
        r"\b(?:zonder|geen) (?:verwijzing|verwijsbrief|indicatie|besluit|huisarts|aanvraag)\b|\bvrij toegankelijk"
    ),
    "opties_gratis": re.compile(
        r"\bgratis\b|\bgoedko(?:per|op)|\bkosteloos\b|\bte duur\b|\bminder duur\b|\bkost(?:en)? (?:niets|niks)\b|\bzonder kosten\b|\bniets kost"
    ),
    "opties_dichterbij": re.compile(
        r"\bdichter ?bij|\bdichter in de buurt|\bte ver\b|\bniet (?:zo |meer |zo heel )?ver lopen\b|\b(?:in|bij) (?:mijn|onze|de) (?:eigen )?(?:wijk|buurt|straat)\b|\bom de hoek\b|\bloopafstand\b"
    ),
    "opties_mantelzorgers": re.compile(r"\bvoor (?:een )?mantelzorgers?\b"),
    "opties_ouderen": re.compile(
        r"\b(?:voor|met) (?:een )?(?:ouderen?|oudere mensen|senioren|55 ?plussers?|65 ?plussers?|bejaarden?)\b|"
        r"\bvoor (?:mijn|m'n|onze|ons|haar|zijn) (?:oude |demente |hoogbejaarde )?(?:moeder|vader|ouders?|oma|opa|ma|pa|mam|pap|schoonmoeder|schoonvader|schoonouders)\b"
    ),
    "opties_kinderen": re.compile(
        r"\bvoor (?:een )?(?:kind(?:eren)?|jongeren?|jeugd|tieners?|pubers?)\b|"
        r"\bvoor (?:mijn|m'n|onze|ons|haar|zijn) (?:kind(?:eren)?|dochter(?:tje)?|zoon(?:tje)?|kleinkind(?:eren)?|kleinzoon|kleindochter)\b"
    ),
    "opties_meer": re.compile(
        r"^(?:nog )?meer\b|\bnog meer\b|\bmeer (?:opties|keus|keuze|mogelijkheden|adressen|hulp|laten zien)\b|"
        r"\bandere (?:opties|mogelijkheden|adressen|keuzes)\b|\bniets? (?:bij|tussen)\b|\bverder zoeken\b|\bvolgende\b"
    ),
}


def refinement(text: str, topic: str | None) -> str | None:
    """The flow that narrows the list, for a short wish; None for anything else.

    "voor mijn zoon" is a wish about the list only when the talk is about the list; in another topic it is about the topic.
    """
    plain = fold(text)
    if len(plain.split()) > _MOST_WORDS:
        return None
    about_list = topic == _LIST_TOPIC or str(topic).startswith(_PREFIX)
    wishes = (flow for flow, pattern in _WISHES.items() if pattern.search(plain))
    return next((flow for flow in wishes if about_list or flow not in _GROUPS), None)


def options_shown(state: State, slots: Mapping[str, Any]) -> bool:
    """Whether a list of local help was shown last: in the turn before this one, or in the topic that is still spoken of."""
    search = slots.get(SEARCH_SLOT)
    if not search:
        return False
    topic = str(slots.get("onderwerp") or "")
    return _SEARCH_ACTION in state.said or topic == search.get("onderwerp") or topic.startswith(_PREFIX)
