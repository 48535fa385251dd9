"""Checks flows before they can go live. Every problem names file, line, what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.flows import conditions
from bot.flows.model import END, Flow, Step

CONTEXT_NAMES = frozenset({"misser", "bemenst"})


@dataclass(frozen=True)
class Problem:
    """One thing to mend."""

    file: str
    line: int
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message} {self.remedy}"


@dataclass(frozen=True)
class Known:
    """Names that exist elsewhere; an empty set is not checked against. ``slots``: name to allowed values (empty: anything)."""

    slots: Mapping[str, tuple[object, ...]] = field(default_factory=dict)
    intents: frozenset[str] = frozenset()
    actions: frozenset[str] = frozenset()
    answers: frozenset[str] = frozenset()


def validate(flows: Mapping[str, Flow], known: Known) -> list[Problem]:
    """All problems, in the order of the files."""
    found = [problem for flow in flows.values() for problem in _flow_problems(flow, flows, known)]
    return [*found, *_shared_triggers(flows)]


def _flow_problems(flow: Flow, flows: Mapping[str, Flow], known: Known) -> Iterator[Problem]:
    def problem(line: int, message: str, remedy: str) -> Problem:
        return Problem(flow.file, line, f"stroom '{flow.id}': {message}", remedy)

    for intent in flow.triggers:
        if known.intents and intent not in known.intents:
            yield problem(flow.line, f"intent '{intent}' bestaat niet.", "Zet hem in domain.yml of verbeter de naam.")
    for step in flow.steps.values():
        for message, remedy in _step_problems(step, flow, flows, known):
            yield problem(step.line, f"stap '{step.id}': {message}", remedy)
    reachable = _reachable(flow)
    for step in flow.steps.values():
        if step.id not in reachable:
            yield problem(
                step.line,
                f"stap '{step.id}' is nooit te bereiken.",
                "Haal hem weg of laat een andere stap erheen wijzen.",
            )
    if _endless(flow):
        yield problem(
            flow.line,
            "er is een kring van stappen zonder vraag.",
            "Zet er een 'collect' in of laat een tak naar END gaan.",
        )


def _step_problems(step: Step, flow: Flow, flows: Mapping[str, Flow], known: Known) -> Iterator[tuple[str, str]]:
    if step.kind in {"call", "link"} and step.value not in flows:
        yield f"stroom '{step.value}' bestaat niet.", "Verbeter de naam of maak die stroom."
    if step.kind == "action":
        yield from _action_problems(str(step.value), known)
    if step.kind == "collect":
        yield from _slot_problems(step.value, known)
        for key in [step.utter, *(rejection.utter for rejection in step.rejections)]:
            yield from _action_problems(key, known)
    if step.kind == "set_slots":
        for name, value in step.value.items():
            yield from _slot_problems(name, known)
            allowed = known.slots.get(name)
            if allowed and value is not None and value not in allowed:
                yield f"'{value}' is geen waarde van slot '{name}'.", f"Kies uit: {', '.join(map(str, allowed))}."
    for condition in [b.condition for b in step.next] + [r.condition for r in step.rejections]:
        if condition is not None:
            yield from _condition_problems(condition, known)
    yield from _branch_problems(step, flow)


def _action_problems(name: str, known: Known) -> Iterator[tuple[str, str]]:
    if name.startswith("utter_"):
        if known.answers and name not in known.answers:
            yield f"tekst '{name}' bestaat niet.", "Schrijf hem in content/antwoorden of verbeter de naam."
    elif known.actions and name not in known.actions:
        yield f"actie '{name}' bestaat niet.", "Zet hem in domain.yml en actions/, of verbeter de naam."


def _slot_problems(name: str, known: Known) -> Iterator[tuple[str, str]]:
    if known.slots and name not in known.slots:
        yield f"slot '{name}' bestaat niet.", "Zet hem in domain.yml of verbeter de naam."


def _condition_problems(condition: str, known: Known) -> Iterator[tuple[str, str]]:
    try:
        slots, context = conditions.check(condition)
    except conditions.ConditionError as error:
        yield f"{error}.", 'Voorbeeld: slots.wet is "wmo" and not slots.bevestigd.'
        return
    for name in sorted(slots):
        yield from _slot_problems(name, known)
    for name in sorted(context - CONTEXT_NAMES):
        yield f"'context.{name}' bestaat niet.", f"Kies uit: {', '.join(sorted(CONTEXT_NAMES))}."


def _branch_problems(step: Step, flow: Flow) -> Iterator[tuple[str, str]]:
    for branch in step.next:
        if branch.target != END and branch.target not in flow.steps:
            yield f"stap '{branch.target}' bestaat niet in deze stroom.", "Verbeter de id, of schrijf END."
    if any(branch.condition is None for branch in step.next[:-1]):
        yield "na 'else' staat nog een tak; die komt nooit aan de beurt.", "Zet 'else' als laatste."
    if step.next[-1].condition is not None:
        yield "er is geen 'else': wat gebeurt er als geen enkele voorwaarde klopt?", "Voeg een 'else' toe."


def _targets(step: Step) -> list[str]:
    return [branch.target for branch in step.next if branch.target != END]


def _reachable(flow: Flow) -> set[str]:
    seen, waiting = set(), [flow.first]
    while waiting:
        step_id = waiting.pop()
        if step_id not in seen and step_id in flow.steps:
            seen.add(step_id)
            step = flow.steps[step_id]
            waiting += [] if step.kind == "link" else _targets(step)
    return seen


def _endless(flow: Flow) -> bool:
    """Whether some steps lead round and round without a question between."""
    state: dict[str, int] = {}

    def visit(step_id: str) -> bool:
        if state.get(step_id) == 1:
            return True
        if step_id in state or step_id not in flow.steps or flow.steps[step_id].kind in {"collect", "link"}:
            return False
        state[step_id] = 1
        found = any(visit(target) for target in _targets(flow.steps[step_id]))
        state[step_id] = 2
        return found

    return any(visit(step_id) for step_id in flow.steps)


def _shared_triggers(flows: Mapping[str, Flow]) -> Iterator[Problem]:
    owner: dict[str, Flow] = {}
    for flow in flows.values():
        for intent in flow.triggers:
            if intent in owner:
                message = f"intent '{intent}' start ook al stroom '{owner[intent].id}'."
                yield Problem(
                    flow.file, flow.line, f"stroom '{flow.id}': {message}", "Laat één stroom op deze intent starten."
                )
            owner.setdefault(intent, flow)
