"""Reads flow files into :class:`Flow` objects; nested steps become steps of their own."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from bot.flows.model import END, Branch, Flow, Kind, Rejection, Step
from bot.yamlsource import line_of, load

_KINDS: tuple[Kind, ...] = ("action", "collect", "call", "link", "set_slots", "noop")


class FlowFileError(ValueError):
    """A flow file has the wrong shape. The message is Dutch and names file and line."""


@lru_cache(maxsize=1)
def _schema() -> Draft202012Validator:
    return Draft202012Validator(json.loads((Path(__file__).parent / "schema.json").read_text(encoding="utf-8")))


def load_flows(folder: Path) -> dict[str, Flow]:
    """All flows of a folder by id. Raises :class:`FlowFileError`, or ``YamlSourceError`` for unreadable YAML."""
    flows: dict[str, Flow] = {}
    for path in sorted(folder.glob("*.yml")):
        for flow in load_file(path):
            if flow.id in flows:
                first = flows[flow.id]
                raise FlowFileError(
                    f"{path.name}:{flow.line}: stroom '{flow.id}' bestaat al in {first.file}:{first.line}. Kies een andere naam."
                )
            flows[flow.id] = flow
    return flows


def load_file(path: Path) -> list[Flow]:
    """The flows of one file."""
    document = load(path)
    error = next(iter(sorted(_schema().iter_errors(document), key=lambda e: -len(e.absolute_path))), None)
    if error is not None:
        raise FlowFileError(f"{path.name}:{_line_at(document, error.absolute_path)}: {_explain(error)}")
    flows = document["flows"]
    return [_flow(flow_id, body, path.name, line_of(flows, flow_id)) for flow_id, body in flows.items()]


def _line_at(document: Any, where: Sequence[str | int]) -> int:
    line, here = 1, document
    for part in where:
        if isinstance(part, str):
            line = line_of(here, part) or line
        here = here[part]
        line = line_of(here) or line
    return line


def _explain(error: Any) -> str:
    where = ".".join(str(part) for part in error.absolute_path) or "het bestand"
    if error.validator == "oneOf" and "steps" in error.absolute_path:
        return f"{where}: een stap heeft precies één van {', '.join(_KINDS)}."
    if error.validator == "required":
        return f"{where}: er ontbreekt iets ({error.message})."
    if error.validator == "additionalProperties":
        return f"{where}: hier staat een woord dat er niet hoort ({error.message})."
    return f"{where}: {error.message}."


def _flow(flow_id: str, body: Mapping[str, Any], file: str, line: int) -> Flow:
    steps: dict[str, Step] = {}
    first = _add_steps(body["steps"], steps, END, "s")
    return Flow(
        id=flow_id,
        name=body["name"],
        description=body["description"],
        first=first,
        steps=steps,
        triggers=tuple(trigger["intent"] for trigger in body.get("nlu_trigger", [])),
        persisted_slots=frozenset(body.get("persisted_slots", [])),
        file=file,
        line=line,
    )


def _add_steps(given: Sequence[Mapping[str, Any]], steps: dict[str, Step], after: str, prefix: str) -> str:
    """Add a list of steps; ``after`` is where the last one leads. Returns the id of the first."""
    ids = [raw.get("id") or f"{prefix}{number}" for number, raw in enumerate(given, start=1)]
    for number, raw in enumerate(given):
        following = ids[number + 1] if number + 1 < len(ids) else after
        step_id = ids[number]
        if step_id in steps:
            raise FlowFileError(
                f"regel {line_of(raw)}: stap '{step_id}' staat er twee keer. Geef een van beide een andere id."
            )
        steps[step_id] = _step(step_id, raw, following)
        steps[step_id] = _with_next(steps[step_id], raw, steps, following)
    return ids[0]


def _step(step_id: str, raw: Mapping[str, Any], following: str) -> Step:
    kind = next(kind for kind in _KINDS if kind in raw)
    value = raw[kind]
    if kind == "set_slots":
        value = {name: item for entry in value for name, item in entry.items()}
    return Step(
        id=step_id,
        kind=kind,
        value=value,
        next=(Branch(following),),
        line=line_of(raw),
        utter=raw.get("utter") or (f"utter_ask_{value}" if kind == "collect" else ""),
        ask_before_filling=bool(raw.get("ask_before_filling", False)),
        rejections=tuple(Rejection(item["if"], item["utter"]) for item in raw.get("rejections", [])),
    )


def _with_next(step: Step, raw: Mapping[str, Any], steps: dict[str, Step], following: str) -> Step:
    given = raw.get("next")
    if given is None:
        return step
    if isinstance(given, str):
        branches = [Branch(given, None, step.line)]
    else:
        branches = [_branch(item, steps, following, f"{step.id}_{n}_") for n, item in enumerate(given, start=1)]
    return Step(**{**vars(step), "next": tuple(branches)})


def _branch(item: Mapping[str, Any], steps: dict[str, Step], following: str, prefix: str) -> Branch:
    target = item["then"] if "if" in item else item["else"]
    if not isinstance(target, str):
        target = _add_steps(target, steps, following, prefix)
    return Branch(target, item.get("if"), line_of(item))
