"""Conditions in flows: ``slots.wet is "wmo"``, ``slots.leeftijd < 18``, ``context.bemenst``. Never ``eval``.

A library for safe expressions does the work; what a slot does not hold is null, and an order (``<``) between anything but numbers is false.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from simpleeval import EvalWithCompoundTypes


class ConditionError(ValueError):
    """The condition cannot be read."""


class _Values:
    """Attribute access to a mapping; what is not there is null."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values

    def __getattr__(self, name: str) -> Any:
        return self._values.get(name)


def _number(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    return lambda a, b: isinstance(a, (int, float)) and isinstance(b, (int, float)) and compare(a, b)


_OPERATORS = {
    ast.Is: operator.eq,
    ast.IsNot: operator.ne,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: _number(operator.lt),
    ast.LtE: _number(operator.le),
    ast.Gt: _number(operator.gt),
    ast.GtE: _number(operator.ge),
    ast.In: lambda a, b: a in (b or ()),
    ast.NotIn: lambda a, b: a not in (b or ()),
    ast.Not: operator.not_,
}
_CONSTANTS = {"true": True, "false": False, "null": None}


@lru_cache(maxsize=2048)
def _parsed(condition: str) -> ast.expr:
    try:
        body = ast.parse(condition.strip(), mode="eval").body
    except SyntaxError as error:
        raise ConditionError(f"'{condition}' is geen geldige voorwaarde") from error
    for node in ast.walk(body):
        if isinstance(node, ast.Name) and node.id not in {"slots", "context", *_CONSTANTS}:
            raise ConditionError(f"'{node.id}' in '{condition}' is onbekend; gebruik slots.… of context.…")
        if isinstance(node, (ast.Call, ast.Lambda, ast.BinOp, ast.Subscript)):
            raise ConditionError(f"'{condition}' mag alleen vergelijken, geen functies of berekeningen")
    return body


def check(condition: str) -> tuple[set[str], set[str]]:
    """Names used after ``slots.`` and after ``context.``. Raises :class:`ConditionError` when it cannot be read."""
    names: dict[str, set[str]] = {"slots": set(), "context": set()}
    for node in ast.walk(_parsed(condition)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            names[node.value.id].add(node.attr)
    return names["slots"], names["context"]


def holds(condition: str, slots: Mapping[str, Any], context: Mapping[str, Any]) -> bool:
    """Whether the condition is true for these values."""
    names = {"slots": _Values(slots), "context": _Values(context), **_CONSTANTS}
    evaluator = EvalWithCompoundTypes(operators=_OPERATORS, functions={}, names=names)
    return bool(evaluator.eval(condition, previously_parsed=_parsed(condition)))
