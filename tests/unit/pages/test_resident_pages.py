"""What a resident reads outside the chat: privacy, accessibility, a closed door; and the scripts other sites have pinned."""

from __future__ import annotations

import uuid
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


async def test_beside_the_chat_stands_the_number_of_the_municipality(front: Any) -> None:
    assert "Liever bellen? Bel 14 0999." in (await front.get("/chat?gemeente=GM9999")).text
    assert "Liever bellen? Bel uw gemeente. Het nummer is vaak 14" in (await front.get("/chat")).text
    assert "Lukt dat niet? Bel 14 0999." in (await front.get("/chat/frame?gemeente=GM9999")).text


@pytest.mark.parametrize(
    ("address", "status", "title"),
    [
        ("/bestaat-niet?gemeente=GM9999", 404, "Deze pagina is er niet"),
        ("/widget/9.9.9/steunwijzer.js?gemeente=GM9999", 404, "Deze pagina is er niet"),
        ("/balie/bestaat-niet", 404, "Niet gevonden"),
    ],
)
async def test_who_follows_a_dead_link_reads_a_page(front: Any, address: str, status: int, title: str) -> None:
    answer = await front.get(address, headers={"Accept": "text/html,*/*"})
    assert answer.status_code == status
    assert f"<h1>{title}</h1>" in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    if "balie" not in address:
        assert '<a href="/chat">Stel uw vraag in de chat</a>' in answer.text
        assert "tel:140999" in answer.text
        assert "tel:112" in answer.text


async def test_a_page_that_cannot_be_sent_to_says_so(front: Any) -> None:
    answer = await front.post("/chat", headers={"Accept": "text/html"})
    assert answer.status_code == 405
    assert "<h1>Dat kan niet</h1>" in answer.text
    assert "GET" in answer.headers["allow"]


@pytest.mark.parametrize(("address", "accept"), [("/api/v1/weg", "text/html"), ("/bestaat-niet", "application/json")])
async def test_a_program_keeps_the_problem_document(front: Any, address: str, accept: str) -> None:
    answer = await front.get(address, headers={"Accept": accept})
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == 404


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


async def test_a_chat_that_closes_during_a_conversation_says_the_number_of_its_municipality(front: Any) -> None:
    begun = (await front.post("/api/v1/conversations", json={"gemeente": "GM9999"})).json()
    front.doors.closed = {"chat": "We zoeken een fout uit."}
    # The own page: neither the address nor the message says which municipality it is.
    body, own = {"client_id": str(uuid.uuid4()), "text": "hallo"}, {"Origin": str(front.base_url).rstrip("/")}

    async def told(token: str, conversation_id: str = begun["id"]) -> str:
        headers = {"Authorization": f"Bearer {token}", **own}
        answer = await front.post(f"/api/v1/conversations/{conversation_id}/messages", json=body, headers=headers)
        assert answer.status_code == 503
        return str(answer.json()["detail"])

    assert "Bel 14 0999." in await told(begun["token"])
    assert "Het nummer is vaak 14" in await told("van een ander")
    assert "Het nummer is vaak 14" in await told(begun["token"], str(uuid.uuid4()))
    assert "Het nummer is vaak 14" in await told(begun["token"], "geen-nummer")


@pytest.mark.parametrize("script", RELEASED, ids=lambda path: path.parent.name)
async def test_a_released_version_is_served_byte_for_byte(front: Any, script: Any) -> None:
    answer = await front.get(f"/widget/{script.parent.name}/steunwijzer.js")
    assert answer.content == script.read_bytes()
    assert "immutable" in answer.headers["cache-control"]


async def test_the_script_is_small_on_the_way(front: Any) -> None:
    address = "/widget/v1/steunwijzer.js"
    whole = await front.get(address, headers={"Accept-Encoding": "identity"})
    packed = await front.get(
        address, headers={"Accept-Encoding": "gzip, br", "Origin": "https://voorbeeldstad.example"}
    )
    assert packed.content == whole.content
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < 25_000 < int(whole.headers["content-length"])
    assert packed.headers["vary"] == "Accept-Encoding, Origin"


@pytest.mark.parametrize("version", ["0.9.0", "..", "%2e%2e", "integrity.json", "1.1.0%00"])
async def test_another_version_is_not_there(front: Any, version: str) -> None:
    assert (await front.get(f"/widget/{version}/steunwijzer.js")).status_code in {400, 404}
