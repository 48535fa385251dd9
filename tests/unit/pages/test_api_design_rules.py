"""The NL API Design Rules, as far as a program can see them (docs/adr/0012)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from steunwijzer.chat.openapi import document

DOCUMENT = document()
COLLECTIONS = {"conversations", "messages", "events", "municipalities"}
# One thing or act under a conversation, and what the rules themselves call so.
SINGLE = {"handover", "contact", "feedback", "ready", "health"}
FILES = {"agenda.ics"}
HEADERS = {
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
}
ANSWERS = {
    "wel": ("GET", "/health", 200),
    "onbekend": ("GET", "/gesprekken", 404),
    "streep": ("GET", "/health/", 404),
    "methode": ("PUT", "/health", 405),
    "geen json": ("POST", "/conversations", 400),
    "geen dag": ("GET", "/agenda.ics?melding=gisteren", 400),
    "geen geheim": ("GET", "/conversations/7d9f2a52-6a2b-4d8a-9d0c-0d2f3b1c4e5f", 401),
}


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in DOCUMENT["paths"].items():
        yield from ((path, method, each) for method, each in item.items() if method != "parameters")


def properties(schema: Any) -> Iterator[tuple[str, Any]]:
    """Every field anywhere in a description, with what is said about it."""
    if isinstance(schema, dict):
        if isinstance(schema.get("properties"), dict):
            yield from schema["properties"].items()
        for value in schema.values():
            yield from properties(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from properties(value)


def test_paths_are_nouns_in_kebab_case_without_a_slash_at_the_end() -> None:
    for path in DOCUMENT["paths"]:
        segments = [segment for segment in path.split("/")[1:] if not segment.startswith("{")]
        assert set(segments) <= COLLECTIONS | SINGLE | FILES, path
        assert not path.endswith("/")
        assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", segment) for segment in set(segments) - FILES)


def test_fields_are_written_one_way() -> None:
    assert [name for name, _ in properties(DOCUMENT) if not re.fullmatch(r"[a-z]+(_[a-z]+)*", name)] == []


def test_only_standard_methods_each_with_a_dutch_summary_and_described_errors() -> None:
    for path, method, operation in operations():
        assert method in {"get", "post", "delete"}, path
        assert re.match(r"[A-Z][a-z]+ ", operation["summary"]), path
        for code, answer in operation["responses"].items():
            assert code != "422"
            if code.startswith(("4", "5")):
                assert list(answer["content"]) == ["application/problem+json"]


def test_moments_are_moments_and_days_are_days() -> None:
    moments = [about for name, about in properties(DOCUMENT) if name == "at" or name.endswith("_at")]
    assert moments
    assert all(about["format"] == "date-time" for about in moments)
    assert {each["schema"]["format"] for each in DOCUMENT["paths"]["/agenda.ics"]["parameters"]} == {"date"}


def test_nothing_secret_stands_in_an_address() -> None:
    assert {each["scheme"] for each in DOCUMENT["components"]["securitySchemes"].values()} == {"bearer"}
    named = {
        parameter["name"]
        for item in DOCUMENT["paths"].values()
        for parameter in [*item.get("parameters", []), *(each for op in item.values() if isinstance(op, dict) for each in op.get("parameters", []))]
        if parameter["in"] in {"path", "query"}
    }  # fmt: skip
    assert named == {"id", "code", "melding", "aanvraag", "besluit", "ingediend"}


async def test_the_description_is_public_and_tells_its_version(front: Any) -> None:
    answer = await front.get("/api/v1/openapi.json", headers={"Origin": "https://elders.example"})
    told = answer.json()
    assert answer.headers["access-control-allow-origin"] == "*"
    assert told["openapi"].startswith("3.")
    assert told["info"]["contact"]["name"]
    assert re.fullmatch(r"1\.\d+\.\d+", told["info"]["version"])
    assert answer.headers["api-version"] == told["info"]["version"]
    assert [server["url"] for server in told["servers"]] == ["/api/v1"]


async def test_a_browser_may_ask_first_at_any_address_of_the_api(front: Any) -> None:
    answer = await front.options("/api/v1/conversations", headers={"Origin": "https://voorbeeldstad.example"})
    assert (answer.status_code, answer.headers["access-control-allow-methods"]) == (204, "GET, POST, DELETE")


@pytest.mark.parametrize("kind", ANSWERS)
async def test_every_answer_has_the_headers_and_every_error_the_form(front: Any, kind: str) -> None:
    method, path, status = ANSWERS[kind]
    answer = await front.request(method, f"/api/v1{path}", content="{" if method == "POST" else None)
    assert answer.status_code == status
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert "max-age" in answer.headers["strict-transport-security"]
    assert answer.headers["api-version"] == DOCUMENT["info"]["version"]
    assert "set-cookie" not in answer.headers
    if status >= 400:
        assert answer.headers["content-type"].startswith("application/problem+json")
        told = answer.json()
        assert told["status"] == status
        assert {"type", "title", "detail"} <= set(told)
