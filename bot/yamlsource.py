"""Reads YAML by the rules of YAML 1.2 and remembers on which line each key stands, so that every error can name file and line.

Dates stay strings (``2026-11-24``), ``0113`` and ``09:00`` stay text, and only ``true``/``false`` are booleans:
the 1.1 rules of most readers would silently change telephone numbers and opening hours.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, ClassVar

import yaml

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class YamlSourceError(ValueError):
    """The file is not readable YAML. The message is Dutch and names file and line."""


class LinedDict(dict[str, Any]):
    """A mapping that knows the line (from 1) of itself and of each of its keys."""

    line: int = 0
    lines: dict[str, int]


class _Loader(_Base):  # type: ignore[misc]
    yaml_implicit_resolvers: ClassVar[dict[str, list[tuple[str, re.Pattern[str]]]]] = {}


_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:null|~|)$"), ["n", "~", ""])
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^(?:0|-?[1-9][0-9]*)$"), list("-0123456789"))
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(r"^-?(?:0|[1-9][0-9]*)\.[0-9]+$"), list("-0123456789")
)


def _mapping(loader: Any, node: yaml.MappingNode) -> LinedDict:
    result = LinedDict()
    result.line = node.start_mark.line + 1
    result.lines = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        line = key_node.start_mark.line + 1
        if key in result:
            raise YamlSourceError(
                f"regel {line}: '{key}' staat hier voor de tweede keer (eerder op regel {result.lines[key]})."
            )
        result[key] = loader.construct_object(value_node, deep=True)
        result.lines[key] = line
    return result


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def loads(text: str, name: str = "tekst") -> Any:
    """Parse YAML text. ``name`` stands in error messages. Raises :class:`YamlSourceError`."""
    try:
        return yaml.load(text, Loader=_Loader)  # noqa: S506  (a SafeLoader with stricter types)
    except YamlSourceError as error:
        raise YamlSourceError(f"{name}, {error}") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", regel {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or "onbekende fout"
        raise YamlSourceError(
            f"{name}{line}: dit is geen geldige YAML ({problem}). Kijk naar inspringing en aanhalingstekens."
        ) from error


def load(path: Path) -> Any:
    """Parse one file. Raises :class:`YamlSourceError` with the file's name, or ``OSError`` when it cannot be read."""
    return loads(path.read_text(encoding="utf-8"), str(path))


def line_of(mapping: Any, key: str | None = None) -> int:
    """Line (from 1) of a key in a loaded mapping, or of the mapping itself; 0 when unknown."""
    if not isinstance(mapping, LinedDict):
        return 0
    return mapping.lines.get(key, mapping.line) if key is not None else mapping.line
