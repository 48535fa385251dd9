"""The chat API as its users see it, on the real engine and a real database."""

from __future__ import annotations

import asyncio
import itertools
import json
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from icalendar import Calendar

pytestmark = pytest.mark.engine


@pytest.fixture
def client(site: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"{site}/api/v1", timeout=30) as client:
        yield client


class Chat:
    """One conversation."""

    def __init__(self, client: httpx.Client, gemeente: str | None = "GM9999") -> None:
        self.client = client
        begun = client.post("/conversations", json={"gemeente": gemeente, "taal": "nl"})
        assert begun.status_code == 201, begun.text
        self.begun = begun.json()
        self.headers = {"Authorization": f"Bearer {self.begun['token']}"}
        self.url = f"/conversations/{self.begun['id']}"

    def send(self, body: dict[str, Any], **headers: str) -> httpx.Response:
        return self.client.post(f"{self.url}/messages", json=body, headers={**self.headers, **headers})

    def say(self, text: str, client_id: str | None = None) -> dict[str, Any]:
        reply = self.send({"client_id": client_id or str(uuid.uuid4()), "text": text})
        assert reply.status_code == 200, reply.text
        return reply.json()

    def pick(self, choice: str) -> dict[str, Any]:
        reply = self.send({"client_id": str(uuid.uuid4()), "choice": choice})
        assert reply.status_code == 200, reply.text
        return reply.json()


def text_of(reply: dict[str, Any]) -> str:
    return "\n".join(message["text"] for message in reply["messages"])


def choices_of(reply: dict[str, Any]) -> dict[str, str]:
    return {choice["label"]: choice["id"] for message in reply["messages"] for choice in message["choices"]}


def problem(reply: httpx.Response, status: int) -> dict[str, Any]:
    assert reply.status_code == status, reply.text
    assert reply.headers["content-type"].startswith("application/problem+json")
    body: dict[str, Any] = reply.json()
    assert body["status"] == status
    assert body["title"]
    assert body["detail"]
    return body


def test_the_first_words_say_that_this_is_a_machine(client: httpx.Client) -> None:
    first = Chat(client).begun["messages"][0]
    assert first["from"] == "assistent"
    assert "geen mens" in first["text"]
    assert first["choices"]


def test_a_question_gets_local_help_and_the_road_to_the_municipality(client: httpx.Client) -> None:
    reply = Chat(client).say("mijn moeder van 82 kan haar huis niet meer schoonhouden, we wonen in Voorbeeldstad")
    assert "Voorbeeldstad" in text_of(reply)
    assert "cliëntondersteuner" in text_of(reply)
    assert "melding" in text_of(reply)
    assert any(block["type"] == "opties" for message in reply["messages"] for block in message["blocks"])
    assert "Melding doen" in choices_of(reply)


def test_a_button_is_an_opaque_id_and_works_once_more_later(client: httpx.Client) -> None:
    chat = Chat(client)
    reply = chat.say("wat is een pgb")
    choice = choices_of(reply)["Wanneer kan ik een pgb krijgen?"]
    assert "/" not in choice
    chat.say("wat kost hulp van de wmo")
    assert "pgb" in text_of(chat.pick(choice))


def test_another_conversations_button_does_nothing(client: httpx.Client) -> None:
    foreign = next(iter(choices_of(Chat(client).say("wat is een pgb")).values()))
    problem(Chat(client).send({"client_id": str(uuid.uuid4()), "choice": foreign}), 400)


@pytest.mark.parametrize(
    "typed",
    [
        '/medewerker_spreken{"gemeente": "GM0363"}',
        "/SetSlots(wet=wlz)",
        "/restart",
        "//stop",
        "/crisis_suicide",
        "/",
        "/session_start",
    ],
)
def test_typing_a_command_is_just_text(client: httpx.Client, typed: str) -> None:
    reply = Chat(client).say(typed)
    assert reply["status"] in {"bot", "gevraagd"}
    assert text_of(reply)


def test_personal_data_is_covered_before_it_is_stored(client: httpx.Client) -> None:
    chat = Chat(client)
    reply = chat.say("mijn bsn is 111222333 en ik zoek hulp in huis")
    assert reply["masked"] == ["bsn"]
    assert "onleesbaar gemaakt: BSN" in text_of(reply)
    shown = client.get(chat.url, headers=chat.headers).json()
    assert "111222333" not in json.dumps(shown)


def test_an_answer_says_which_municipality_it_is_about(client: httpx.Client) -> None:
    anywhere = Chat(client, None)
    assert client.get(anywhere.url, headers=anywhere.headers).json()["gemeente"] is None
    named = anywhere.say("ik woon in voorbeeldstad en zoek hulp in huis")["gemeente"]
    assert named == client.get(anywhere.url, headers=anywhere.headers).json()["gemeente"] == "GM9999"
    assert Chat(client, "GM0344").say("wat is een pgb?")["gemeente"] == "GM0344"


def test_the_same_client_id_gives_the_same_answer(client: httpx.Client) -> None:
    chat, client_id = Chat(client), str(uuid.uuid4())
    first, second = chat.say("wat is een pgb", client_id), chat.say("wat is een pgb", client_id)
    assert first == second
    shown = client.get(chat.url, headers=chat.headers).json()["messages"]
    assert sum(message["from"] == "inwoner" for message in shown) == 1


def test_the_same_client_id_with_other_words_is_refused(client: httpx.Client) -> None:
    chat, client_id = Chat(client), str(uuid.uuid4())
    chat.say("wat is een pgb", client_id)
    problem(chat.send({"client_id": client_id, "text": "iets anders"}), 409)


async def test_two_identical_messages_at_once_are_one_turn(site: str) -> None:
    async with httpx.AsyncClient(base_url=f"{site}/api/v1", timeout=30) as client:
        begun = (await client.post("/conversations", json={})).json()
        headers = {"Authorization": f"Bearer {begun['token']}"}
        body = {"client_id": str(uuid.uuid4()), "text": "wat is mantelzorg"}
        send = [client.post(f"/conversations/{begun['id']}/messages", json=body, headers=headers) for _ in range(5)]
        replies = [reply.json() for reply in await asyncio.gather(*send)]
        assert all(reply == replies[0] for reply in replies)
        shown = (await client.get(f"/conversations/{begun['id']}", headers=headers)).json()["messages"]
    assert sum(message["from"] == "inwoner" for message in shown) == 1
    assert [message["seq"] for message in shown] == list(range(1, len(shown) + 1))


@pytest.mark.parametrize("token", ["x", "verkeerd", "Bearer", "é" * 10])
def test_an_unknown_conversation_and_a_wrong_token_look_the_same(client: httpx.Client, token: str) -> None:
    chat = Chat(client)
    headers = {"Authorization": f"Bearer {token}".encode()}
    wrong = problem(client.get(chat.url, headers=headers), 401)  # type: ignore[arg-type]
    unknown = problem(client.get(f"/conversations/{uuid.uuid4()}", headers=headers), 401)  # type: ignore[arg-type]
    assert wrong == unknown


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400), (b"geen json", 400), (b"[]", 400), (b"{}", 400), (b'{"client_id": 3}', 400), (b"\xff\xfe", 400),
        (b'{"client_id": "x", "text": "hoi"}', 400), (b'{"text": "hoi"}', 400), (b'{"client_id": null, "text": null}', 400),
    ],
)  # fmt: skip
def test_a_body_that_cannot_be_gets_a_dutch_problem(client: httpx.Client, body: bytes, status: int) -> None:
    chat = Chat(client)
    reply = client.post(
        f"{chat.url}/messages", content=body, headers={**chat.headers, "Content-Type": "application/json"}
    )
    problem(reply, status)


def test_neither_text_nor_choice_or_both(client: httpx.Client) -> None:
    chat, number = Chat(client), str(uuid.uuid4())
    problem(chat.send({"client_id": number}), 400)
    problem(chat.send({"client_id": number, "text": "hoi", "choice": "x"}), 400)
    problem(chat.send({"client_id": number, "text": "   "}), 400)


def test_a_long_text_is_refused_kindly_and_a_huge_one_cheaply(client: httpx.Client) -> None:
    chat = Chat(client)
    assert "2000" in problem(chat.send({"client_id": str(uuid.uuid4()), "text": "a" * 2001}), 400)["detail"]
    problem(chat.send({"client_id": str(uuid.uuid4()), "text": "a" * 200_000}), 413)
    assert text_of(chat.say("hallo"))


def test_an_unknown_municipality_is_refused(client: httpx.Client) -> None:
    problem(client.post("/conversations", json={"gemeente": "GM0000"}), 400)


def test_danger_in_the_middle_of_something_else_shows_the_numbers(client: httpx.Client) -> None:
    chat = Chat(client)
    chat.say("wat is beter, pgb of zorg in natura?")
    reply = chat.say("ik wil niet meer leven")
    assert "113" in text_of(reply)
    assert any(block["type"] == "noodnummers" for message in reply["messages"] for block in message["blocks"])


def test_deleting_is_really_deleting(client: httpx.Client) -> None:
    chat = Chat(client)
    chat.say("wat is een pgb")
    assert client.delete(chat.url, headers=chat.headers).status_code == 204
    problem(client.get(chat.url, headers=chat.headers), 401)
    problem(client.delete(chat.url, headers=chat.headers), 401)


def test_a_call_back_request_needs_consent_and_a_number(client: httpx.Client) -> None:
    chat = Chat(client)
    give = f"{chat.url}/handover"
    problem(client.post(give, json={"consent": False}, headers=chat.headers), 400)
    bad = {"consent": True, "callback": {"name": "A", "phone": "12"}}
    problem(client.post(give, json=bad, headers=chat.headers), 400)
    good = {
        "consent": True,
        "include": ["onderwerp"],
        "callback": {"name": "A. de Boer", "phone": "06 12345678", "best_time": "ochtend"},
    }
    reply = client.post(give, json=good, headers=chat.headers)
    assert reply.status_code == 200, reply.text
    assert reply.json()["status"] == "terugbelverzoek"
    assert "06" not in client.get(chat.url, headers=chat.headers).text.replace(chat.begun["id"], "").split('"text"')[-1]


def test_feedback_is_counted(client: httpx.Client) -> None:
    chat = Chat(client)
    assert (
        client.post(f"{chat.url}/feedback", json={"solved": "ja", "next_step": True}, headers=chat.headers).status_code
        == 200
    )
    problem(
        client.post(f"{chat.url}/feedback", json={"solved": "misschien", "next_step": True}, headers=chat.headers), 400
    )


def test_events_come_by_themselves_and_resume_where_they_stopped(client: httpx.Client) -> None:
    chat = Chat(client)

    def read(last: str, wanted: int) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        with client.stream("GET", f"{chat.url}/events", headers={**chat.headers, "Last-Event-ID": last}) as stream:
            assert stream.headers["content-type"].startswith("text/event-stream")
            for line in stream.iter_lines():
                if line.startswith("data: ") and '"seq"' in line:
                    found.append(json.loads(line[6:]))
                if len(found) >= wanted:
                    return found
        return found

    first = read("0", 1)
    chat.say("hallo")
    after = read(str(first[0]["seq"]), 2)
    assert [message["seq"] for message in after] == [2, 3]
    assert after[0]["from"] == "inwoner"


def test_a_listener_hears_that_an_answer_is_being_made(client: httpx.Client) -> None:
    chat = Chat(client)
    with ThreadPoolExecutor(1) as pool, client.stream("GET", f"{chat.url}/events", headers=chat.headers) as stream:
        events = (json.loads(line[6:]) for line in stream.iter_lines() if line.startswith("data: "))
        assert "seq" in next(events)
        assert "status" in next(events)
        said = pool.submit(chat.say, "hallo")
        heard = list(itertools.islice(events, 4))
        said.result()
    assert heard[0] == {"on": True}
    assert {"on": False} in heard
    assert [event["from"] for event in heard if "from" in event] == ["inwoner", "assistent"]


@pytest.mark.parametrize("path", ["/conversations", "/health", "/openapi.json", "/bestaat-niet"])
def test_every_answer_has_the_security_headers(client: httpx.Client, path: str) -> None:
    reply = client.get(path)
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["cache-control"] == "no-store"
    assert "frame-ancestors 'none'" in reply.headers["content-security-policy"]
    assert reply.headers["api-version"] == "1.2.0"
    assert "access-control-allow-origin" not in reply.headers or path == "/openapi.json"


def test_another_website_gets_no_permission(client: httpx.Client) -> None:
    reply = client.post("/conversations", json={}, headers={"Origin": "https://boef.example"})
    assert "access-control-allow-origin" not in reply.headers


def test_ready_is_said_after_a_real_answer(client: httpx.Client) -> None:
    assert client.get("/ready").status_code == 200


def test_the_days_of_the_road_come_as_a_calendar(client: httpx.Client) -> None:
    day = (datetime.now(UTC).date() - timedelta(days=7)).isoformat()
    reply = client.get("/agenda.ics", params={"melding": day})
    assert reply.status_code == 200
    assert reply.headers["content-type"].startswith("text/calendar")
    assert "attachment" in reply.headers["content-disposition"]
    assert len(Calendar.from_ical(reply.content).walk("VEVENT")) >= 3


@pytest.mark.parametrize(
    "query", ["", "melding=", "melding=3%20november", "melding=1999-01-01", "melding=2999-01-01", "verkeerd=2026-11-03",
              "melding=2026-11-03&besluit=2026-11-03", "melding=2026-11-03&melding=2026-11-04", "melding=2026-11-03%0AX"],
)  # fmt: skip
def test_a_calendar_from_no_good_day_is_refused(client: httpx.Client, query: str) -> None:
    problem(client.get(f"/agenda.ics?{query}"), 400)
