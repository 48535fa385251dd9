"""The rules of a hand-over as editors wrote them (``content/overdracht.yml``), with the names of topics (``data/flows``)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from bot.yamlsource import load

WACHTRIJ, IN_GESPREK, TERUGGEGEVEN, AFGESLOTEN = "wachtrij", "in_gesprek", "teruggegeven", "afgesloten"
# While a human has the conversation the engine is not asked.
WITH_A_HUMAN = frozenset({WACHTRIJ, IN_GESPREK})
# What a state may become; who works with the same case at once is kept apart by a lock on the conversation.
TRANSITIONS: Mapping[str, frozenset[str]] = {
    WACHTRIJ: frozenset({IN_GESPREK, AFGESLOTEN}),
    IN_GESPREK: frozenset({IN_GESPREK, WACHTRIJ, TERUGGEGEVEN, AFGESLOTEN}),
    TERUGGEGEVEN: frozenset(),
    AFGESLOTEN: frozenset(),
}
# Not chosen by a colleague: the resident no longer wants it.
WITHDRAWN = "ingetrokken"
DANGER, PERHAPS_DANGER = "gevaar", "misschien_gevaar"
ON_REQUEST, BY_TOPIC, UNSOLVED = "verzoek", "onderwerp", "niet_opgelost"
CRISIS = 2


@dataclass(frozen=True)
class Reason:
    """Why a talk was passed on: in words, and how urgent that makes it (0, 1 or 2)."""

    text: str
    urgency: int


@dataclass(frozen=True)
class Wording:
    """How a resident reads a summary: ``titles`` of fields, ``words`` by the field and what a colleague reads there."""

    titles: Mapping[str, str]
    words: Mapping[tuple[str, str], str]


@dataclass(frozen=True)
class Rules:
    """``outcomes``: code and words; ``at_once``: topics that go to a human when somebody is there; ``no_topic``: talk about the talk;
    ``worried``, ``reassured``: answers after which there may be danger, and no longer; ``words``: for values of slots;
    ``formal``, ``informal``: the same, said to a resident and to a young one."""

    reasons: Mapping[str, Reason]
    outcomes: Mapping[str, str]
    at_once: frozenset[str]
    no_topic: frozenset[str]
    worried: frozenset[str]
    reassured: frozenset[str]
    words: Mapping[str, Mapping[str, str]]
    formal: Wording
    informal: Wording
    flows: Path

    @classmethod
    def read(cls, content: Path, flows: Path) -> Rules:
        """Read the file. Raises ``KeyError`` or ``ValueError`` when a part lacks or an urgency is none."""
        given: dict[str, Any] = load(content / "overdracht.yml")
        reasons = {code: Reason(str(one["tekst"]), int(one["voorrang"])) for code, one in given["redenen"].items()}
        if {reason.urgency for reason in reasons.values()} - {0, 1, CRISIS}:
            raise ValueError("overdracht.yml: voorrang is 0, 1 of 2")
        return cls(
            reasons,
            dict(given["uitkomsten"]),
            frozenset(given["meteen_naar_een_mens"]),
            frozenset(given["geen_onderwerp"]),
            frozenset(given["misschien_gevaar"]["twijfel"]),
            frozenset(given["misschien_gevaar"]["gerust"]),
            given["woorden"],
            _wording("u", given),
            _wording("je", given),
            flows,
        )

    def urgency(self, reason: str) -> int:
        """How urgent a reason is; what is not known is everyday."""
        return self.reasons[reason].urgency if reason in self.reasons else 0

    def doubt(self, said: Collection[str], gate_doubts: bool) -> bool | None:
        """Whether there may be danger after these answers (by their keys) to what made the gate doubt; None: nothing about it."""
        if self.worried & set(said):
            return True
        if self.reassured & set(said):
            return False
        return gate_doubts or None

    def said_to(self, *, young: bool) -> Wording:
        """How this resident reads it."""
        return self.informal if young else self.formal

    @cached_property
    def topics(self) -> Mapping[str, str]:
        """Names of all topics, by the id of their flow, as residents read them."""
        return {
            str(key): str(flow["name"])
            for path in sorted(self.flows.glob("*.yml"))
            for key, flow in ((load(path) or {}).get("flows") or {}).items()
        }

    def topic(self, flow: str | None) -> str:
        """The name of one topic; empty when there is none."""
        return self.topics.get(flow, flow) if flow else ""


def _wording(person: str, given: Mapping[str, Any]) -> Wording:
    """How somebody who is spoken to with ``u`` or ``je`` reads what a colleague reads."""
    own, whom = given["voor_de_inwoner"][person], given["woorden"]["voor_wie"]
    reasons = {("reden", str(reason["tekst"])): str(reason[person]) for reason in given["redenen"].values()}
    return Wording(own["titels"], reasons | {("voor_wie", whom[who]): said for who, said in own["voor_wie"].items()})
