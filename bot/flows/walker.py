"""Walks a flow along every branch, to prove that each can be reached and each path ends.

A question is answered with each of its values, an action leaves each of the values it may leave; conditions on other slots
are tried with each value they are compared with. What the walk visits is what a resident can reach.

Two paths that come to the same step with the same values of every slot that a later branch reads, go on alike: the walk
goes on from there once. Ten questions with four answers each are ten steps then, not a million paths.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from bot.flows import conditions
from bot.flows.model import END, Flow, Step

# What an action may leave behind: the values flows branch on.
ACTION_OUTCOMES: Mapping[str, Mapping[str, tuple[Any, ...]]] = {
    "action_zoek_lokale_opties": {"opties_status": ("gevonden", "alleen_landelijk", "storing")},
    "action_bepaal_gemeente": {"gemeente_status": ("gevonden", "kies", "onbekend"), "gemeente": ("GM9999", None)},
    "action_bereken_termijnen": {
        "datum_status": ("goed", "te_laat", "onduidelijk", "bestaat_niet", "toekomst"),
        "datum": (None,),
    },
}
OTHER = "iets anders"
# The flow that asks for the municipality when it is not known yet; its outcome depends on that slot.
_ASKS_MUNICIPALITY = "vraag_gemeente"
_MUNICIPALITY = "gemeente"


@dataclass
class Walk:
    """What a walk saw: steps, branches (step, number), what was said last on each path, and paths that did not end."""

    steps: set[str] = field(default_factory=set)
    branches: set[tuple[str, int]] = field(default_factory=set)
    endings: set[str] = field(default_factory=set)
    stuck: list[str] = field(default_factory=list)


def walk(flow: Flow, values: Mapping[str, tuple[Any, ...]]) -> Walk:
    """Follow every path of a flow. ``values``: allowed values of slots (empty: anything)."""
    seen = Walk()
    compared = _compared_values(flow)
    free = {name: found for name, found in compared["slots"].items() if not _is_filled_in(flow, name)}
    read_later = {step: _slots_read_from(flow, step) for step in flow.steps}
    for surroundings in _combinations(compared["context"]):
        visited: set[tuple[Any, ...]] = set()
        for slots in _combinations(free):
            _follow(flow, slots, surroundings, values, compared["slots"], read_later, visited, seen)
    return seen


def _follow(
    flow: Flow, slots: Mapping[str, Any], context: Mapping[str, Any], values: Mapping[str, tuple[Any, ...]],
    compared: Mapping[str, set[Any]], read_later: Mapping[str, frozenset[str]],
    visited: set[tuple[Any, ...]], seen: Walk,
) -> None:  # fmt: skip
    waiting: list[tuple[str, dict[str, Any], str]] = [(flow.first, dict(slots), "")]
    while waiting:
        step_id, known, said = waiting.pop()
        if step_id == END:
            seen.endings.add(said)
            continue
        state = (step_id, said, *((name, str(known.get(name))) for name in sorted(read_later[step_id])))
        if state not in visited:
            visited.add(state)
            seen.steps.add(step_id)
            waiting += _onward(flow.steps[step_id], known, said, context, values, compared, seen)


def _onward(
    step: Step, known: Mapping[str, Any], said: str, context: Mapping[str, Any], values: Mapping[str, tuple[Any, ...]],
    compared: Mapping[str, set[Any]], seen: Walk,
) -> Iterator[tuple[str, dict[str, Any], str]]:  # fmt: skip
    """Where one step leads, for each of its outcomes: the next step, the slots then, and what was said last."""
    for outcome in _outcomes(step, values, compared, known):
        after = {**known, **outcome}
        now = str(step.value) if step.kind in {"action", "call", "link"} else (step.utter or said)
        if step.kind == "link":
            seen.endings.add(now)
            continue
        number = next(
            (
                n
                for n, b in enumerate(step.next)
                if b.condition is None or conditions.holds(b.condition, after, context)
            ),
            None,
        )
        if number is None:
            seen.stuck.append(step.id)
            continue
        seen.branches.add((step.id, number))
        yield step.next[number].target, after, now


def _slots_read_from(flow: Flow, start: str) -> frozenset[str]:
    """Slots that this step or one after it looks at: what another value of can make the walk go another way."""
    found: set[str] = set()
    reached, waiting = {END}, [start]
    while waiting:
        step_id = waiting.pop()
        if step_id in reached:
            continue
        reached.add(step_id)
        step = flow.steps[step_id]
        if step.kind == "call" and step.value == _ASKS_MUNICIPALITY:
            found.add(_MUNICIPALITY)
        for branch in step.next:
            found |= conditions.check(branch.condition)[0] if branch.condition else set()
            waiting.append(branch.target)
    return frozenset(found)


def _outcomes(
    step: Step, values: Mapping[str, tuple[Any, ...]], compared: Mapping[str, set[Any]], slots: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    if step.kind == "collect":
        for value in _candidates(step.value, values, compared):
            yield {step.value: value}
    elif step.kind == "set_slots":
        yield dict(step.value)
    elif step.kind == "action" and step.value in ACTION_OUTCOMES:
        outcome = ACTION_OUTCOMES[step.value]
        for chosen in product(*outcome.values()):
            yield dict(zip(outcome, chosen, strict=True))
    elif step.kind == "call" and step.value == _ASKS_MUNICIPALITY and not slots.get(_MUNICIPALITY):
        yield {_MUNICIPALITY: "GM9999"}
        yield {_MUNICIPALITY: None}
    else:
        yield {}


def _candidates(slot: str, values: Mapping[str, tuple[Any, ...]], compared: Mapping[str, set[Any]]) -> list[Any]:
    allowed = list(values.get(slot) or ())
    return allowed or [*sorted(compared.get(slot, set()) - {None}, key=str), OTHER]


def _is_filled_in(flow: Flow, slot: str) -> bool:
    """Whether the flow itself fills the slot before it matters; then no value from outside has to be tried."""
    return any(
        step.kind == "collect" and step.value == slot and step.ask_before_filling for step in flow.steps.values()
    )


def _compared_values(flow: Flow) -> dict[str, dict[str, set[Any]]]:
    """Per slot and per context name the values that conditions compare it with, and null."""
    found: dict[str, dict[str, set[Any]]] = {"slots": {}, "context": {}}
    for step in flow.steps.values():
        for condition in [branch.condition for branch in step.next if branch.condition]:
            for kind, name, constants in _comparisons(condition):
                found[kind].setdefault(name, {None}).update(constants)
    return found


def _comparisons(condition: str) -> Iterator[tuple[str, str, set[Any]]]:
    """``slots.x < 18`` as ("slots", "x", {17, 18, 19}); a bare ``context.x`` as true."""
    tree = ast.parse(condition, mode="eval")
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and isinstance(node.left, ast.Attribute):
            values = {
                v
                for part in node.comparators
                for c in ast.walk(part)
                if isinstance(c, ast.Constant)
                for v in _around(c.value)
            } or {OTHER}
            yield str(getattr(node.left.value, "id", "slots")), node.left.attr, values
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield node.value.id, node.attr, set()
    compared = {id(node.left) for node in ast.walk(tree) if isinstance(node, ast.Compare)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and id(node) not in compared and isinstance(node.value, ast.Name):
            yield node.value.id, node.attr, {True}


def _around(value: Any) -> set[Any]:
    """A number with its neighbours, so that both sides of a border are tried."""
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return {value - 1, value, value + 1} if is_number else {value, OTHER}


def _combinations(options: Mapping[str, set[Any]]) -> list[dict[str, Any]]:
    names = list(options)
    return [
        dict(zip(names, chosen, strict=True)) for chosen in product(*(sorted(options[name], key=str) for name in names))
    ]
