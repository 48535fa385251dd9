"""What a resident reads outside the chat: privacy, accessibility, a closed door; and the scripts other sites have pinned."""

from __future__ import annotations

from typing import Any

import pytest

from steunwijzer.pages.texts import NAMES
from tests.conftest import ROOT

RELEASED = sorted((ROOT / "widget" / "released").glob("*/steunwijzer.js"))


async def test_the_privacy_page_tells_the_terms_of_this_server_and_the_municipality(front: Any) -> None:
    page = (await front.get("/privacy?gemeente=GM9999")).text
    assert "bewaren we 21 dagen." in page
    assert "Na 1 dag wissen we ze" in page
    assert "de gemeente Voorbeeldstad" in page
    assert "Bel 14 0999." in page
    assert "privacy@voorbeeldstad.example" in page


@pytest.mark.parametrize("name", NAMES)
async def test_a_page_without_a_municipality_is_whole_too(front: Any, name: str) -> None:
    answer = await front.get(f"/{name}?gemeente=<script>")
    assert answer.status_code == 200
    assert "uw gemeente" in answer.text
    assert "Het nummer is vaak 14" in answer.text
    assert "{" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("address", "number"),
    [("/chat?gemeente=GM9999", "tel:140999"), ("/", "vaak 14 met daarachter"), ("/demo?gemeente=GM9999", "tel:140999")],
)
async def test_a_closed_page_says_why_and_whom_to_call(front: Any, address: str, number: str) -> None:
    front.doors.closed = {"pages": "We zoeken een fout uit."}
    answer = await front.get(address)
    assert answer.status_code == 503
    assert "We zoeken een fout uit." in answer.text
    assert number in answer.text
    assert "tel:112" in answer.text
    style = await front.get("/pagina/pagina.css")
    assert style.status_code == 200


async def test_a_closed_door_keeps_open_what_tells_about_us(front: Any) -> None:
    front.doors.closed = {"pages": "Even niet.", "chat": "Even niet."}
    for name in NAMES:
        assert (await front.get(f"/{name}")).status_code == 200
    assert (await front.get("/api/v1/municipalities/GM9999")).json()["telefoon"] == "14 0999"


@pytest.mark.parametrize(
    ("body", "headers", "words"),
    [
        ({"gemeente": "GM9999"}, {}, "Bel 14 0999."),
        ({}, {"Origin": "https://voorbeeldstad.example"}, "Bel 14 0999."),
        ({}, {"Origin": "https://elders.example"}, "Het nummer is vaak 14"),
        ([], {}, "Het nummer is vaak 14"),
        ({"gemeente": "../GM9999"}, {}, "Het nummer is vaak 14"),
    ],
)
async def test_a_closed_chat_says_whom_to_call(front: Any, body: Any, headers: dict[str, str], words: str) -> None:
    front.doors.closed = {"chat": "We zoeken een fout uit."}
    answer = await front.post("/api/v1/conversations", json=body, headers=headers)
    assert answer.status_code == 503
    assert answer.json()["title"] == "Steunwijzer is nu even dicht"
    assert answer.json()["detail"].startswith("We zoeken een fout uit. ")
    assert words in answer.json()["detail"]


@pytest.mark.parametrize("script", RELEASED, ids=lambda path: path.parent.name)
async def test_a_released_version_is_served_byte_for_byte(front: Any, script: Any) -> None:
    answer = await front.get(f"/widget/{script.parent.name}/steunwijzer.js")
    assert answer.content == script.read_bytes()
    assert "immutable" in answer.headers["cache-control"]


@pytest.mark.parametrize("version", ["0.9.0", "..", "%2e%2e", "integrity.json", "1.1.0%00"])
async def test_another_version_is_not_there(front: Any, version: str) -> None:
    assert (await front.get(f"/widget/{version}/steunwijzer.js")).status_code in {400, 404}
