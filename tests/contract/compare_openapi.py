"""Does a version of the real API keep to what we rely on? ``python tests/contract/compare_openapi.py FULL.yaml``.

Reads an OpenAPI document (YAML or JSON) of the Klantinteracties API and compares it with our own description beside this file. What we
send must be taken: every field known, nothing that is required left out, no limit or choice of values wider than theirs. What we read
must be given: every field there, no limit or choice of values wider than ours. What else the document has does not matter. Rules that
a document tells only in words are not seen. Prints what differs; exit code 1 when something does, 2 when the document cannot be read.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

OURS = Path(__file__).with_name("klantinteracties.yml")
JSON = "application/json"
UPPER, LOWER = ("maxLength", "maxItems", "maximum"), ("minLength", "minItems", "minimum")
SIZES = {"maxLength": len, "minLength": len}
Node = dict[str, Any]


def followed(document: Node, node: Node) -> Node:
    """What a reference stands for. Raises ``KeyError`` for one that leads nowhere in the document."""
    while "$ref" in node:
        target: Any = document
        for step in node["$ref"].removeprefix("#/").split("/"):
            target = target[step.replace("~1", "/").replace("~0", "~")]
        node = target
    return node


def resolved(document: Node, schema: Node) -> Node:
    """A schema with the parts of its ``allOf`` put together, and null written as in OpenAPI 3.0."""
    node = followed(document, schema)
    own = {key: value for key, value in node.items() if key != "allOf"}
    if isinstance(own.get("type"), list):
        kinds = [kind for kind in own["type"] if kind != "null"]
        own |= {"nullable": "null" in own["type"], "type": kinds[0] if len(kinds) == 1 else kinds}
    whole: Node = {}
    for part in [*(resolved(document, part) for part in node.get("allOf", ())), own]:
        together = {
            "properties": {**whole.get("properties", {}), **part.get("properties", {})},
            "required": [*whole.get("required", ()), *part.get("required", ())],
        }
        whole = {**whole, **part, **{key: value for key, value in together.items() if value}}
    return whole


def alternatives(document: Node, node: Node) -> list[Node]:
    """The kinds that a schema may be; one when it names no more."""
    whole = resolved(document, node)
    kinds = whole.pop("oneOf", None) or whole.pop("anyOf", None)
    return [resolved(document, {**whole, "allOf": [kind]}) for kind in kinds] if kinds else [whole]


@dataclass(frozen=True)
class Comparison:
    """Our document beside theirs. ``sent``: of what we send; otherwise of what we read."""

    ours: Node
    theirs: Node
    sent: bool

    def schema(self, place: str, ours: Node, theirs: Node) -> list[str]:
        """What differs: each kind of the narrow side must fit a kind of the wide one."""
        own, other = alternatives(self.ours, ours), alternatives(self.theirs, theirs)
        if self.sent:
            closest = [min((list(self._kind(place, one, two)) for two in other), key=len) for one in own]
        else:
            closest = [min((list(self._kind(place, one, two)) for one in own), key=len) for two in other]
        return list(dict.fromkeys(fault for faults in closest for fault in faults))

    def _kind(self, place: str, ours: Node, theirs: Node) -> Iterator[str]:
        narrow, wide = (ours, theirs) if self.sent else (theirs, ours)
        if narrow.get("nullable") and not wide.get("nullable"):
            yield self._fault(place, "nullable", ours, theirs)
        if narrow.get("enum") == [None]:
            return
        if not _type_fits(narrow.get("type"), wide.get("type")):
            yield self._fault(place, "type", ours, theirs)
            return
        if "enum" in wide and not set(map(repr, narrow.get("enum", ["?"]))) <= set(map(repr, wide["enum"])):
            yield self._fault(place, "enum", ours, theirs)
        for keyword in (*UPPER, *LOWER, "pattern", "format"):
            if keyword in wide and not _inside(keyword, narrow, wide[keyword]):
                yield self._fault(place, keyword, ours, theirs)
        yield from self._fields(place, ours, theirs)
        if "items" in ours:
            yield from self.schema(f"{place}[]", ours["items"], theirs.get("items", {}))

    def _fields(self, place: str, ours: Node, theirs: Node) -> Iterator[str]:
        for name, own in ours.get("properties", {}).items():
            inside = f"{place}.{name}".lstrip(".")
            other = self._property(theirs, name)
            if other is None:
                yield f"{inside}: kent het document niet"
            else:
                yield from self.schema(inside, own, other)
        ours_required, theirs_required = set(ours.get("required", ())), self._required(theirs)
        for name in sorted(theirs_required - ours_required if self.sent else ours_required - theirs_required):
            if self.sent or name in theirs.get("properties", {}):
                words = (
                    "verplicht in het document, niet bij ons"
                    if self.sent
                    else "rekenen we op, maar het document belooft het niet"
                )
                yield f"{f'{place}.{name}'.lstrip('.')}: {words}"

    def _property(self, theirs: Node, name: str) -> Node | None:
        """Their schema of a field; none when it is not there, or not in this direction."""
        rest = theirs.get("additionalProperties", False)
        found = theirs.get("properties", {}).get(name, {} if rest is True else rest or None)
        hidden = "readOnly" if self.sent else "writeOnly"
        return None if found is None or resolved(self.theirs, found).get(hidden) else found

    def _required(self, theirs: Node) -> set[str]:
        hidden, known = "readOnly" if self.sent else "writeOnly", theirs.get("properties", {})
        return {
            name for name in theirs.get("required", ()) if not resolved(self.theirs, known.get(name, {})).get(hidden)
        }

    def _fault(self, place: str, keyword: str, ours: Node, theirs: Node) -> str:
        own, other = (_shown(node.get(keyword)) for node in (ours, theirs))
        return f"{place or 'het geheel'}: {keyword} is bij ons {own}, in het document {other}"


def _shown(value: Any) -> str:
    return "niet genoemd" if value is None else str(value)


def _type_fits(narrow: Any, wide: Any) -> bool:
    kinds, allowed = (kind if isinstance(kind, list) else [kind] for kind in (narrow, wide))
    return wide is None or all(kind in allowed or (kind == "integer" and "number" in allowed) for kind in kinds)


def _inside(keyword: str, narrow: Node, limit: Any) -> bool:
    """Whether a schema stays inside a limit of another: it says so itself, or each value it names does."""
    values = [value for value in narrow.get("enum", ()) if isinstance(value, str)]
    if keyword == "pattern" and values:
        return all(re.search(limit, value) for value in values)
    if keyword in ("pattern", "format"):
        return bool(narrow.get(keyword) == limit)
    sizes = [SIZES[keyword](value) for value in values] if keyword in SIZES and values else [narrow.get(keyword)]
    if keyword in UPPER:
        return all(size is not None and size <= limit for size in sizes)
    return all((size or 0) >= limit for size in sizes)


def _body(document: Node, holder: Node) -> Node | None:
    """The schema of a JSON body, if there is one."""
    found: Node | None = followed(document, holder).get("content", {}).get(JSON, {}).get("schema")
    return found


def _parameters(document: Node, path: str, method: str) -> dict[tuple[str, str], Node]:
    both = [*document["paths"][path].get("parameters", ()), *document["paths"][path][method].get("parameters", ())]
    known = [followed(document, item) for item in both]
    return {(item["in"], item["name"]): item for item in known}


def compare_call(ours: Node, theirs: Node, path: str, method: str) -> Iterator[str]:
    """What differs in one call."""
    own, other = ours["paths"][path][method], theirs["paths"][path][method]
    sending, reading = Comparison(ours, theirs, sent=True), Comparison(ours, theirs, sent=False)
    our_parameters, their_parameters = _parameters(ours, path, method), _parameters(theirs, path, method)
    for key, item in our_parameters.items():
        if key not in their_parameters:
            yield f"parameter {key[1]}: kent het document niet"
        else:
            yield from sending.schema(f"parameter {key[1]}", item["schema"], their_parameters[key].get("schema", {}))
    for key, item in their_parameters.items():
        if item.get("required") and not our_parameters.get(key, {}).get("required"):
            yield f"parameter {key[1]}: verplicht in het document, niet bij ons"
    if "requestBody" in own:
        taken = _body(theirs, other.get("requestBody", {}))
        faults = (
            ["neemt geen JSON aan"]
            if taken is None
            else sending.schema("", _body(ours, own["requestBody"]) or {}, taken)
        )
        yield from (f"verzoek, {fault}" for fault in faults)
    for status, answer in own["responses"].items():
        given = _body(theirs, other.get("responses", {}).get(status, {}))
        faults = ["niet in het document"] if given is None else reading.schema("", _body(ours, answer) or {}, given)
        yield from (f"antwoord {status}, {fault}" for fault in faults)


def compare(ours: Node, theirs: Node) -> list[str]:
    """Everything that ours claims and theirs does not."""
    base, bases = (
        urlsplit(ours["servers"][0]["url"]).path,
        [urlsplit(item["url"]).path for item in theirs.get("servers", ())],
    )
    faults = (
        [] if base in [path.rstrip("/") for path in bases] else [f"basisadres: bij ons {base}, in het document {bases}"]
    )
    schemes = theirs.get("components", {}).get("securitySchemes", {}).values()
    for own in ours["components"]["securitySchemes"].values():
        if not any(all(other.get(key) == own[key] for key in ("type", "in", "name")) for other in schemes):
            faults.append(f"aanmelden: de kop {own['name']} staat niet in het document")
    for path, methods in ours["paths"].items():
        for method in methods:
            call = f"{method.upper()} {path}"
            if method not in theirs.get("paths", {}).get(path, {}):
                faults.append(f"{call}: kent het document niet")
            else:
                faults += [f"{call}: {fault}" for fault in compare_call(ours, theirs, path, method)]
    return faults


def main(paths: list[str]) -> int:
    """Compare, print, and return the exit code."""
    if len(paths) != 1:
        print("Gebruik: compare_openapi.py BESTAND", file=sys.stderr)
        return 2
    ours = yaml.safe_load(OURS.read_text(encoding="utf-8"))
    try:
        theirs = yaml.safe_load(Path(paths[0]).read_text(encoding="utf-8"))
        version = theirs["info"]["version"]
        faults = compare(ours, theirs)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        print(f"Niet te lezen: {type(error).__name__}.", file=sys.stderr)
        return 2
    except (KeyError, TypeError, AttributeError) as error:
        print(f"Dit is geen OpenAPI-document dat we begrijpen ({type(error).__name__}: {error}).", file=sys.stderr)
        return 2
    calls = sum(len(methods) for methods in ours["paths"].values())
    print(
        f"Versie {version} vergeleken met wat wij gebruiken van {ours['info']['version']}: {calls} aanroepen, {len(faults)} verschillen."
    )
    print("".join(f"- {fault}\n" for fault in faults), end="")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
