"""The hand-over through the API: the old way of asking still works, the new answers are as described."""

from __future__ import annotations

import sqlite3
import time
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from bot.nlu.safety import assess
from tests.api.test_chat_api import Chat, problem
from tests.conftest import Stack

pytestmark = pytest.mark.engine
GEMEENTE = "GM0344"  # without opening hours: these tests run at any hour


@pytest.fixture
def client(site: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"{site}/api/v1", timeout=60) as client:
        yield client


@pytest.fixture
def somebody(stack: Stack) -> Iterator[str]:
    """A colleague is there during this test; the id."""
    file = sqlite3.connect(
        stack.environment["STEUNWIJZER_DATABASE_URL"].removeprefix("sqlite+aiosqlite:///"), isolation_level=None
    )
    who, now = str(uuid.uuid4()), datetime.now(UTC)
    columns = "id, email, name, totp_last, failures, active, created_at"
    file.execute(f"INSERT INTO colleague ({columns}) VALUES (?, ?, 'Sanne', 0, 0, 1, ?)", (who, who, str(now)))
    file.execute(
        "INSERT INTO presence VALUES (?, ?, 'beschikbaar', '', ?)", (who, GEMEENTE, str(now + timedelta(days=1)))
    )
    yield who
    file.execute("DELETE FROM presence")
    file.close()


def test_asking_for_a_human_leads_to_the_queue_and_back(client: httpx.Client, somebody: str) -> None:
    chat = Chat(client, GEMEENTE)
    assert chat.say("ik wil een medewerker spreken")["status"] == "gevraagd"
    where = f"{chat.url}/handover"
    preview = client.get(where, headers=chat.headers).json()
    assert preview["staffing"]["case"] == "bemenst"
    assert [message["text"] for message in preview["messages"] if message["from"] == "inwoner"] == ["ik wil een medewerker spreken"]  # fmt: skip
    asked = client.post(where, json={"consent": True, "include": ["gesprek"]}, headers=chat.headers)
    assert asked.json()["status"] == "wachtrij"
    assert chat.say("bent u daar?") == {"messages": [], "status": "wachtrij", "gemeente": GEMEENTE, "masked": []}
    # How many go first depends on the tests before.
    assert client.get(where, headers=chat.headers).json()["waiting"]["text"].startswith(("U bent als eerste", "Er "))
    problem(client.post(f"{chat.url}/contact", json={"name": "Fatma"}, headers=chat.headers), 409)
    assert client.delete(where, headers=chat.headers).json()["status"] == "bot"
    assert chat.say("wat is een pgb?")["messages"][0]["from"] == "assistent"


@pytest.mark.parametrize(
    "said", [["ik wil een medewerker spreken, ik woon in Utrecht"], ["ik wil een medewerker spreken", "Utrecht"]]
)
def test_who_names_the_place_is_brought_to_the_colleague_who_is_there(
    client: httpx.Client, somebody: str, said: list[str]
) -> None:
    chat = Chat(client, None)
    answers = [chat.say(text) for text in said]
    texts = " ".join(message["text"] for answer in answers for message in answer["messages"])
    assert answers[-1]["status"] == "gevraagd", texts
    assert "U ziet eerst wat ik wil doorgeven" in texts
    assert "geen medewerker" not in texts
    # The card that shows what is passed on has the only button to say no.
    assert "Toch niet" not in str(answers[-1]["messages"])
    assert client.get(f"{chat.url}/handover", headers=chat.headers).json()["staffing"]["case"] == "bemenst"


def test_danger_that_no_rule_knows_is_seen_after_delivery_and_puts_the_talk_in_front(
    client: httpx.Client, stack: Stack, somebody: str
) -> None:
    chat = Chat(client, GEMEENTE)
    assert (
        client.post(f"{chat.url}/handover", json={"consent": True}, headers=chat.headers).json()["status"] == "wachtrij"
    )
    text = "hij heeft mij gisteren tegen de muur geduwd"
    assert assess(text).klasse is None
    assert chat.say(text)["messages"] == []
    file = sqlite3.connect(stack.environment["STEUNWIJZER_DATABASE_URL"].removeprefix("sqlite+aiosqlite:///"))
    urgency = "SELECT urgency FROM handover_case WHERE conversation_id = ?"
    for _ in range(200):
        (found,) = file.execute(urgency, (chat.url.rpartition("/")[2],)).fetchone()
        if found == 2:
            break
        time.sleep(0.1)
    file.close()
    assert found == 2


def test_without_anybody_a_call_back_is_asked_and_can_be_looked_up(client: httpx.Client) -> None:
    chat = Chat(client, GEMEENTE)
    where = f"{chat.url}/handover"
    nobody = client.post(where, json={"consent": True}, headers=chat.headers).json()
    assert (nobody["status"], nobody["messages"][0]["blocks"]) == ("gevraagd", [{"type": "terugbelformulier"}])
    callback = {"name": "Fatma", "phone": "06 12345678"}
    assert client.post(where, json={"consent": True, "callback": callback}, headers=chat.headers).status_code == 200
    preview = client.get(where, headers=chat.headers).json()
    assert preview["callback"]["status"] == "open"
    assert preview["callback"]["promised_until"] is None
    assert "Fatma" not in str(preview)


def test_who_was_not_helped_is_offered_a_human(client: httpx.Client, somebody: str) -> None:
    chat = Chat(client, GEMEENTE)
    answer = client.post(f"{chat.url}/feedback", json={"solved": "nee", "next_step": "nee"}, headers=chat.headers)
    assert answer.json()["status"] == "gevraagd"


def test_only_who_has_the_token_sees_or_changes_a_hand_over(client: httpx.Client) -> None:
    chat, other = Chat(client), Chat(client)
    for method, path in (("GET", "handover"), ("POST", "handover"), ("DELETE", "handover"), ("POST", "contact")):
        body = {"consent": True} if path == "handover" else {"name": "x"}
        problem(client.request(method, f"{chat.url}/{path}", json=None if method != "POST" else body, headers=other.headers), 401)  # fmt: skip
