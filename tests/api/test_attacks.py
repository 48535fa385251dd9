"""What somebody with bad intentions sends is refused, cheaply, and the assistant goes on for everybody else."""

from __future__ import annotations

import asyncio
import json
import socket
import uuid
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest

from tests.conftest import Stack

pytestmark = pytest.mark.engine

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>"
MARKDOWN = "[klik](javascript:alert(1)) ![x](https://boef.example/pixel) **vet**"
SECRETWORD = "zeldzaamwoordqxz"


@pytest.fixture
def client(site: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"{site}/api/v1", timeout=30) as client:
        yield client


def begin(client: httpx.Client, **headers: str) -> tuple[str, dict[str, str]]:
    made = client.post("/conversations", json={"gemeente": "GM9999"}, headers=headers)
    assert made.status_code == 201, made.text
    return f"/conversations/{made.json()['id']}", {"Authorization": f"Bearer {made.json()['token']}"}


def text(words: str) -> dict[str, str]:
    return {"client_id": str(uuid.uuid4()), "text": words}


def refused(reply: httpx.Response, *codes: int) -> None:
    assert reply.status_code in codes, (reply.status_code, reply.text[:200])
    assert reply.headers["content-type"].startswith("application/problem+json")
    assert set(reply.json()) == {"type", "title", "status", "detail"}


def raw(site: str, request: bytes, seconds: float = 5.0) -> bytes:
    """Exactly these bytes, and what comes back until the other side closes or is silent."""
    place = urlsplit(site)
    with socket.create_connection((place.hostname, place.port), timeout=seconds) as line:
        line.sendall(request)
        answer = b""
        try:
            while piece := line.recv(65536):
                answer += piece
        except (TimeoutError, ConnectionResetError):
            pass
        return answer


def test_a_megabyte_is_refused(client: httpx.Client) -> None:
    for _ in range(20):
        refused(client.post("/conversations", content=b"x" * 1_000_000), 413)


def test_a_megabyte_is_refused_before_it_is_sent(site: str) -> None:
    head = b"POST /api/v1/conversations HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    assert b" 413 " in raw(site, head + b"Content-Length: 1000000\r\n\r\n{").split(b"\r\n")[0]


def test_a_body_in_pieces_without_end_is_cut_off(site: str) -> None:
    head = b"POST /api/v1/conversations HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    chunk = b"8000\r\n" + b"x" * 0x8000 + b"\r\n"
    assert b" 413 " in raw(site, head + b"Transfer-Encoding: chunked\r\n\r\n" + chunk * 3).split(b"\r\n")[0]


@pytest.mark.parametrize("depth", [900, 9_000])
def test_a_body_nested_without_end_is_no_trouble(client: httpx.Client, depth: int) -> None:
    refused(client.post("/conversations", content=b"[" * depth + b"]" * depth), 400)


@pytest.mark.parametrize(
    "token",
    [".", "x" * 43, "A" * 5_000, "null", "undefined", "../../etc/passwd", "' OR 1=1 --", "eyJhbGciOiJub25lIn0.e30."],
)
def test_a_forged_token_opens_nothing(client: httpx.Client, token: str) -> None:
    url, _ = begin(client)
    headers = {"Authorization": f"Bearer {token}"}
    refused(client.get(url, headers=headers), 401)
    refused(client.delete(url, headers=headers), 401)
    refused(client.post(f"{url}/messages", json=text("hallo"), headers=headers), 401)
    refused(client.get(f"{url}/events", headers=headers), 401)


def test_the_token_of_one_conversation_does_not_open_another(client: httpx.Client) -> None:
    (one, _), (_, other) = begin(client), begin(client)
    for reply in (
        client.get(one, headers=other),
        client.post(f"{one}/messages", json=text("hallo"), headers=other),
        client.post(f"{one}/handover", json={"consent": True}, headers=other),
        client.post(f"{one}/feedback", json={"solved": "ja", "next_step": "ja"}, headers=other),
        client.get(f"{one}/events", headers=other),
        client.delete(one, headers=other),
    ):
        refused(reply, 401)


@pytest.mark.parametrize("name", ["token", "access_token", "authorization", "bearer"])
def test_a_token_in_the_address_opens_nothing(client: httpx.Client, name: str) -> None:
    url, headers = begin(client)
    secret = headers["Authorization"].split()[1]
    refused(client.get(url, params={name: secret}), 401)
    refused(client.get(f"{url}/events", params={name: secret}), 401)


@pytest.mark.parametrize(
    "words", [SCRIPT, MARKDOWN, "{{7*7}} ${7*7} <%= 7*7 %>", "'; DROP TABLE message; --", "\u202eomgekeerd"]
)
def test_script_and_markdown_stay_text(client: httpx.Client, words: str) -> None:
    url, headers = begin(client)
    reply = client.post(f"{url}/messages", json=text(words), headers=headers)
    assert reply.status_code == 200
    assert reply.headers["content-type"] == "application/json"
    assert "49" not in "".join(message["text"] for message in reply.json()["messages"])
    shown = client.get(url, headers=headers).json()["messages"]
    assert [message["text"] for message in shown if message["from"] == "inwoner"] == [words]
    assert not any(words in message["text"] for message in shown if message["from"] != "inwoner")


@pytest.mark.parametrize("words", [SCRIPT, MARKDOWN])
def test_script_in_any_other_field_is_refused_or_never_shown(client: httpx.Client, words: str) -> None:
    url, headers = begin(client)
    refused(client.post("/conversations", json={"gemeente": words}), 400)
    refused(client.post("/conversations", json={"taal": words}), 400)
    refused(client.post("/conversations", json={words: 1}), 400)
    refused(client.post(f"{url}/messages", json={"client_id": words, "text": "x"}, headers=headers), 400)
    refused(
        client.post(f"{url}/messages", json={"client_id": str(uuid.uuid4()), "choice": words}, headers=headers), 400
    )
    refused(client.post(f"{url}/feedback", json={"solved": words, "next_step": "ja"}, headers=headers), 400)
    refused(client.post(f"{url}/handover", json={"consent": True, "include": [words]}, headers=headers), 400)
    phone = {"name": "x", "phone": words}
    refused(client.post(f"{url}/handover", json={"consent": True, "callback": phone}, headers=headers), 400)
    good = {"name": words, "phone": "0612345678", "best_time": words}
    given = client.post(f"{url}/handover", json={"consent": True, "callback": good}, headers=headers)
    assert given.status_code == 200
    assert words not in json.dumps(client.get(url, headers=headers).json(), ensure_ascii=False)


def test_a_problem_never_repeats_what_was_sent(client: httpx.Client) -> None:
    for body in ({SECRETWORD: 1}, {"gemeente": SECRETWORD}, {"taal": SECRETWORD}):
        assert SECRETWORD not in client.post("/conversations", json=body).text


@pytest.mark.parametrize(
    "path",
    [
        "/widget/v1/../../.env", "/widget/v1/..%2f..%2fpyproject.toml", "/pagina/%2e%2e/%2e%2e/pyproject.toml", "/widget/v1//etc/passwd",
        "/pagina/..\\..\\pyproject.toml", "/widget/v1/%00", "/pagina/....//pyproject.toml", "//etc/passwd", "/api/v1/conversations/%2e%2e",
        "/pagina/%00", "/pagina/pagina.css%00.html",
    ],
)  # fmt: skip
def test_no_path_leads_out_of_its_folder(site: str, path: str) -> None:
    answer = raw(site, f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    assert answer.split(b" ")[1] in {b"400", b"401", b"404", b"405"}, answer[:200]
    assert b"[project]" not in answer
    assert b"root:" not in answer


@pytest.mark.parametrize(
    "headers",
    [
        b"X-Big: " + b"x" * 20_000, b"".join(b"X-%d: y\r\n" % number for number in range(3_000))[:-2], b"Content-Length: -1",
        b"Content-Length: 5\r\nTransfer-Encoding: chunked", b"Host: a\r\nHost: b\r\nX-Forwarded-Host: boef.example", b"geen-kop",
    ],
    ids=["lang", "veel", "negatief", "dubbel", "twee-hosts", "geen"],
)  # fmt: skip
def test_odd_headers_break_nothing(site: str, headers: bytes) -> None:
    answer = raw(site, b"GET /api/v1/health HTTP/1.1\r\nConnection: close\r\n" + headers + b"\r\n\r\n", seconds=2)
    assert not answer or answer.split(b" ")[1] in {b"200", b"400", b"413", b"431"}, answer[:200]
    assert b"boef.example" not in answer
    assert httpx.get(f"{site}/api/v1/health").status_code == 200


def test_a_line_break_does_not_get_into_our_headers(client: httpx.Client) -> None:
    reply = client.get("/agenda.ics", params={"melding": "2026-11-03\r\nX-Boef: ja"})
    assert "x-boef" not in reply.headers


def test_another_site_is_refused_before_anything_is_done(client: httpx.Client) -> None:
    refused(client.post("/conversations", json={}, headers={"Origin": "https://boef.example"}), 403)
    url, headers = begin(client)
    refused(client.get(url, headers={**headers, "Origin": "null"}), 403)


def test_a_page_of_our_own_may(client: httpx.Client, site: str) -> None:
    begin(client, Origin=site)


async def test_half_requests_do_not_hold_up_others(site: str) -> None:
    """Slow clients: two hundred that send a byte now and then."""
    place = urlsplit(site)
    lines = [await asyncio.open_connection(place.hostname, place.port) for _ in range(200)]
    for _, writer in lines:
        writer.write(b"POST /api/v1/conversations HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\n{")
    async with httpx.AsyncClient(base_url=f"{site}/api/v1", timeout=10) as client:
        reply = await client.post("/conversations", json={"gemeente": "GM9999"})
        assert reply.status_code == 201
    for _, writer in lines:
        writer.close()


def test_what_a_resident_says_is_in_no_log(client: httpx.Client, stack: Stack) -> None:
    url, headers = begin(client)
    for words in (f"mijn {SECRETWORD} doet pijn", f"/{SECRETWORD}", f'{{"a": "{SECRETWORD}"}}'):
        assert client.post(f"{url}/messages", json=text(words), headers=headers).status_code == 200
    client.post(f"{url}/messages", content=f'{{"text": "{SECRETWORD}'.encode(), headers=headers)
    client.get(f"/{SECRETWORD}", params={SECRETWORD: SECRETWORD})
    secret = headers["Authorization"].split()[1]
    logs = [path.read_text(errors="replace") for path in stack.engine_log.parent.glob("*.log")]
    assert len(logs) == 2
    for log in logs:
        assert SECRETWORD not in log
        assert secret not in log
        assert url.rsplit("/", 1)[1] not in log


def test_the_metrics_count_and_hold_no_text(client: httpx.Client, stack: Stack) -> None:
    url, headers = begin(client)
    client.post(f"{url}/messages", json=text(f"mijn {SECRETWORD}"), headers=headers)
    port = stack.environment["STEUNWIJZER_ACTIONS_PORT"]
    page = httpx.get(f"http://127.0.0.1:{port}/metrics").text
    assert 'steunwijzer_requests_total{method="POST",route="conversations/messages",status="200"}' in page
    assert "steunwijzer_request_seconds_bucket" in page
    assert SECRETWORD not in page
    assert url.rsplit("/", 1)[1] not in page
    assert httpx.get(f"{stack.site}/metrics").status_code == 404
