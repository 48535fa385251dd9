"""Our description of what we rely on of Klantinteracties is whole, exact, and can be compared with a document of the real API."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from openapi_spec_validator import validate

from steunwijzer.connectors.http import Caller
from steunwijzer.connectors.openklant import OpenKlant, OpenKlantSettings
from steunwijzer.connectors.parcel import CALLBACK, Parcel
from tests.conftest import ROOT
from tests.contract.compare_openapi import OURS, compare
from tests.contract.openklant_server import DOCUMENT, TOKEN, OpenKlantServer, running
from tests.unit.connectors.parcels import NAME, NOW, PHONE, Time

Node = dict[str, Any]


def shelf(field: Node | None = None, answer: Node | None = None, **request: Any) -> Node:
    """A made-up API with one call: put a book on a shelf. ``field``: its title, in what is sent; ``answer``: what comes back."""
    title = {"type": "string", "maxLength": 80} if field is None else field
    sent = {"type": "object", "required": ["titel"], "properties": {"titel": title}, **request}
    given = (
        {"type": "object", "required": ["plek"], "properties": {"plek": {"type": "string"}}}
        if answer is None
        else answer
    )
    call = {
        "parameters": [{"in": "query", "name": "kast", "schema": {"type": "integer"}}],
        "requestBody": {"content": {"application/json": {"schema": sent}}},
        "responses": {"201": {"description": "Gezet", "content": {"application/json": {"schema": given}}}},
    }
    return {
        "openapi": "3.0.3",
        "info": {"title": "Boekenplank", "version": "1.0.0"},
        "servers": [{"url": "https://plank.example.nl/api/v1"}],
        "paths": {"/boeken": {"post": call}},
        "components": {"securitySchemes": {"sleutel": {"type": "apiKey", "in": "header", "name": "Authorization"}}},
    }  # fmt: skip


def call_of(document: Node) -> Node:
    call: Node = document["paths"]["/boeken"]["post"]
    return call


def test_the_same_document_has_no_differences() -> None:
    assert compare(shelf(), shelf()) == []
    assert compare(DOCUMENT, DOCUMENT) == []


@pytest.mark.parametrize(
    ("theirs", "said"),
    [
        ({"type": "string", "maxLength": 40}, "maxLength is bij ons 80, in het document 40"),
        ({"type": "string", "minLength": 2}, "minLength is bij ons niet genoemd, in het document 2"),
        ({"type": "string", "pattern": "^[a-z]+$"}, "pattern is bij ons niet genoemd, in het document ^[a-z]+$"),
        ({"type": "string", "format": "uuid"}, "format is bij ons niet genoemd, in het document uuid"),
        ({"type": "string", "enum": ["a", "b"]}, "enum is bij ons niet genoemd, in het document ['a', 'b']"),
        ({"type": "integer"}, "type is bij ons string, in het document integer"),
        ({"type": "string", "readOnly": True}, "kent het document niet"),
    ],
)
def test_what_we_send_and_they_do_not_take_is_told(theirs: Node, said: str) -> None:
    assert compare(shelf(), shelf(theirs)) == [f"POST /boeken: verzoek, titel: {said}"]


@pytest.mark.parametrize(
    "theirs",
    [
        {},
        {"type": "string"},
        {"type": "string", "maxLength": 200, "nullable": True},
        {"type": ["string", "null"]},
        {"allOf": [{"type": "string", "maxLength": 100}], "nullable": True},
        {"oneOf": [{"type": "integer"}, {"type": "string"}]},
    ],
)
def test_what_they_take_more_of_is_no_difference(theirs: Node) -> None:
    assert compare(shelf(), shelf(theirs)) == []


def test_values_that_we_name_may_stay_inside_limits_that_we_do_not_name() -> None:
    ours = shelf({"type": "string", "enum": ["kort", ""]})
    assert compare(ours, shelf({"type": "string", "maxLength": 4, "enum": ["", "kort", "lang"]})) == []
    (fault,) = compare(ours, shelf({"type": "string", "maxLength": 3}))
    assert "maxLength" in fault


def test_null_is_sent_only_where_it_is_taken() -> None:
    nothing = {"type": "object", "nullable": True, "enum": [None]}
    theirs = {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}}
    assert compare(shelf(nothing), shelf({**theirs, "nullable": True})) == []
    (fault,) = compare(shelf(nothing), shelf(theirs))
    assert "nullable" in fault


def test_a_field_that_they_require_and_we_may_leave_out_is_told() -> None:
    theirs = shelf(required=["titel", "auteur", "id"])
    call_of(theirs)["requestBody"]["content"]["application/json"]["schema"]["properties"] |= {
        "auteur": {"type": "string"},
        "id": {"type": "string", "readOnly": True},
    }
    assert compare(shelf(), theirs) == ["POST /boeken: verzoek, auteur: verplicht in het document, niet bij ons"]
    (fault,) = compare(shelf(required=["titel"]), shelf(required=["titel"], properties={"naam": {"type": "string"}}))
    assert fault.endswith("titel: kent het document niet")


def test_any_field_is_known_where_they_take_any() -> None:
    ours = shelf({"type": "object", "properties": {"bron": {"type": "string", "maxLength": 9}}})
    assert compare(ours, shelf({"type": "object", "additionalProperties": True})) == []
    assert compare(ours, shelf({"type": "object", "additionalProperties": {"type": "string", "maxLength": 9}})) == []
    (fault,) = compare(ours, shelf({"type": "object", "additionalProperties": {"type": "string", "maxLength": 8}}))
    assert fault == "POST /boeken: verzoek, titel.bron: maxLength is bij ons 9, in het document 8"


@pytest.mark.parametrize(
    ("ours", "theirs", "said"),
    [
        ({"type": "string"}, {"type": "string", "nullable": True}, "nullable is bij ons niet genoemd, in het document True"),
        ({"type": "string"}, {"type": "integer"}, "type is bij ons string, in het document integer"),
        ({"type": "string"}, {"oneOf": [{"type": "string"}, {"type": "integer"}]}, "type is bij ons string, in het document integer"),
        (
            {"type": "string", "enum": ["hier"]},
            {"type": "string", "enum": ["hier", "weg"]},
            "enum is bij ons ['hier'], in het document ['hier', 'weg']",
        ),
        ({"type": "string", "enum": ["hier"]}, {"type": "string"}, "enum is bij ons ['hier'], in het document niet genoemd"),
        ({"type": "string", "format": "uuid"}, {"type": "string"}, "format is bij ons uuid, in het document niet genoemd"),
        ({"type": "string", "maxLength": 9}, {"type": "string"}, "maxLength is bij ons 9, in het document niet genoemd"),
    ],
)  # fmt: skip
def test_what_we_read_and_they_may_give_otherwise_is_told(ours: Node, theirs: Node, said: str) -> None:
    first, second = (
        shelf(answer={"type": "object", "required": ["plek"], "properties": {"plek": one}}) for one in (ours, theirs)
    )
    assert compare(first, second) == [f"POST /boeken: antwoord 201, plek: {said}"]


def test_what_we_count_on_in_an_answer_must_be_promised() -> None:
    optional = shelf(answer={"type": "object", "properties": {"plek": {"type": "string"}}})
    assert compare(shelf(), optional) == [
        "POST /boeken: antwoord 201, plek: rekenen we op, maar het document belooft het niet"
    ]
    listed = {"type": "array", "items": {"type": "object", "properties": {"plek": {"type": "string"}}}}
    nothing = {"type": "array", "items": {"type": "object", "properties": {"vak": {"type": "string"}}}}
    assert compare(shelf(answer=listed), shelf(answer=nothing)) == [
        "POST /boeken: antwoord 201, [].plek: kent het document niet"
    ]


def test_a_call_a_parameter_a_status_or_an_address_that_is_not_there_is_told() -> None:
    gone = shelf()
    gone["paths"] = {"/boek": gone["paths"]["/boeken"]}
    assert compare(shelf(), gone) == ["POST /boeken: kent het document niet"]
    theirs = shelf()
    call_of(theirs)["parameters"] = [{"in": "query", "name": "rij", "required": True, "schema": {"type": "integer"}}]
    call_of(theirs)["responses"] = {"200": call_of(theirs)["responses"]["201"]}
    call_of(theirs)["requestBody"] = {"content": {"text/plain": {}}}
    theirs["servers"] = [{"url": "/api/v2"}]
    theirs["components"] = {}
    assert compare(shelf(), theirs) == [
        "basisadres: bij ons /api/v1, in het document ['/api/v2']",
        "aanmelden: de kop Authorization staat niet in het document",
        "POST /boeken: parameter kast: kent het document niet",
        "POST /boeken: parameter rij: verplicht in het document, niet bij ons",
        "POST /boeken: verzoek, neemt geen JSON aan",
        "POST /boeken: antwoord 201, niet in het document",
    ]


def run(path: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "tests/contract/compare_openapi.py", path], cwd=ROOT, capture_output=True, text=True)  # fmt: skip


def test_the_command_says_with_its_exit_code_whether_a_document_fits(tmp_path: Path) -> None:
    same = run(OURS)
    assert (same.returncode, same.stderr) == (0, "")
    assert "10 aanroepen, 0 verschillen" in same.stdout
    other, path = copy.deepcopy(DOCUMENT), tmp_path / "ander.json"
    other["components"]["schemas"]["Contact"]["properties"]["inhoud"]["maxLength"] = 500
    path.write_text(json.dumps(other), encoding="utf-8")
    ended = run(path)
    assert ended.returncode == 1
    assert "- POST /maak-klantcontact: verzoek, klantcontact.inhoud: maxLength is bij ons 1000, in het document 500" in ended.stdout  # fmt: skip
    for number, text in enumerate(["[1, 2]", "info: {version: 1}\npaths: 3\n", "a: [", ""]):
        bad = tmp_path / f"{number}.yaml"
        bad.write_text(text, encoding="utf-8")
        assert run(bad).returncode == 2
    assert run(tmp_path / "bestaat-niet.yaml").returncode == 2


def requests() -> list[Node]:
    bodies = [
        operation["requestBody"] for path in DOCUMENT["paths"].values() for operation in path.values() if "requestBody" in operation
    ]  # fmt: skip
    return [body["content"]["application/json"]["schema"] for body in bodies]


def objects(node: Node) -> list[Node]:
    """All objects of a request that hold something."""
    while "$ref" in node:
        node = DOCUMENT["components"]["schemas"][node["$ref"].rpartition("/")[2]]
    inside = [
        *node.get("oneOf", ()),
        *node.get("properties", {}).values(),
        *([node["items"]] if "items" in node else ()),
    ]
    return [*([node] if node.get("properties") else []), *(found for item in inside for found in objects(item))]


def test_our_description_is_valid_and_a_request_holds_all_of_it_and_nothing_else() -> None:
    validate(yaml.safe_load(OURS.read_text(encoding="utf-8")))
    found = [one for body in requests() for one in objects(body)]
    assert len(found) > 10
    for one in found:
        assert one["additionalProperties"] is False
        assert set(one["required"]) == set(one["properties"])


async def test_every_call_of_our_description_is_made_and_no_other() -> None:
    with running(OpenKlantServer()) as server:
        settings = OpenKlantSettings(server.url, TOKEN, "Live chat", server.actor(), server.actor())
        one = OpenKlant(settings, Caller(private=False), Time(), "https://chat.example.nl")
        parcel = Parcel("0b7e", CALLBACK, "gesprek-1", "GM9999", "pgb", NOW, NAME, PHONE)
        steps = {step: given async for step, given in one.deliver(parcel)}
        await one.status(steps)
        await one.check()
        await one.close()
    described = {f"{method.upper()} {path}" for path, methods in DOCUMENT["paths"].items() for method in methods}
    assert set(server.calls) == described
