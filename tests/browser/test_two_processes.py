"""Two front offices with one database and one Redis: the resident on one, the desk on the other, and nobody notices."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, expect

from steunwijzer.chat.limits import TURNS_PER_CONVERSATION
from tests.browser.chat import Chat
from tests.browser.front_office import GEMEENTE, Caller, FrontOffice, be_there, desk_context
from tests.browser.test_desk_story import ask_for_a_human, reply, take_first
from tests.conftest import Stack
from tests.redis_server import RedisServer

# Much sooner than somebody who only looks now and then would see it.
LIVE = 8_000
SLOW = 30_000


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path).start()
    yield server
    server.stop()


@pytest.fixture
def offices(stack: Stack, tmp_path: Path, redis: RedisServer) -> Iterator[tuple[FrontOffice, FrontOffice]]:
    """Both before the shared engine, with their limits on."""
    shared = {"STEUNWIJZER_REDIS_URL": redis.url, "STEUNWIJZER_RATE_LIMITS": "on"}
    one, other = FrontOffice(tmp_path, stack.engine_url, shared), FrontOffice(tmp_path, stack.engine_url, shared)
    for office in (one, other):
        office.start()
    yield one, other
    for office in (one, other):
        office.stop()


def test_a_talk_between_two_processes(
    browser: Browser, offices: tuple[FrontOffice, FrontOffice], redis: RedisServer
) -> None:
    one, other = offices
    people = {name: desk_context(browser) for name in ("sanne", "inwoner")}
    sanne = other.sign_in(people["sanne"], "Sanne de Wit")
    be_there(sanne, other.site)
    page = people["inwoner"].new_page()
    page.goto(f"{one.site}/?gemeente={GEMEENTE}")
    chat = Chat(page).wait_for_welcome()
    chat.say("Wat is een pgb?")
    ask_for_a_human(chat)

    expect(sanne.get_by_text("“Wat is een pgb?”")).to_be_visible(timeout=LIVE)
    take_first(sanne)
    expect(page.get_by_text("U praat nu met Sanne")).to_be_visible(timeout=LIVE)
    sanne.wait_for_load_state()
    sanne.get_by_label("Uw antwoord").press_sequentially("Ik kijk")
    expect(page.get_by_text("De medewerker typt…")).to_be_visible(timeout=LIVE)
    reply(sanne, "Goedemorgen, ik heb uw gesprek gelezen.")
    expect(page.get_by_text("Goedemorgen, ik heb uw gesprek gelezen.")).to_be_visible(timeout=LIVE)
    chat.input.fill("Fijn. Wat moet ik nu doen?")
    chat.input.press("Enter")
    expect(sanne.locator(".van-inwoner", has_text="Wat moet ik nu doen?")).to_have_count(1, timeout=LIVE)

    # Redis falls over: a little later, but everything arrives, once.
    redis.stop()
    reply(sanne, "Doe eerst een melding.")
    expect(page.get_by_text("Doe eerst een melding.")).to_have_count(1, timeout=SLOW)
    chat.input.fill("Dat ga ik doen.")
    chat.input.press("Enter")
    expect(sanne.locator(".van-inwoner", has_text="Dat ga ik doen.")).to_have_count(1, timeout=SLOW)
    for context in people.values():
        context.close()
    # Both did their own work on the one database all that time, and neither got in the other's way.
    wrong = [line for line in (one.folder / "front.log").read_text().splitlines() if "ERROR" in line]
    assert [line for line in wrong if "Redis antwoordt niet" not in line] == []
    assert len(wrong) >= len(offices)


def test_limits_and_turns_are_of_the_conversation_not_of_the_process(offices: tuple[FrontOffice, FrontOffice]) -> None:
    sites = [office.site for office in offices]
    caller = Caller.begin(sites[0])
    headers = {"Authorization": f"Bearer {caller.token}"}

    def send(number: int) -> int:
        body = {"client_id": str(uuid.UUID(int=number // 2)), "text": f"bericht {number // 2}"}
        address = f"{sites[number % 2]}/api/v1/conversations/{caller.id}/messages"
        return httpx.post(address, json=body, headers=headers, timeout=60).status_code

    # Each message goes to both at the same moment, as a browser does that tries again: it is taken once.
    with ThreadPoolExecutor(4) as pool:
        codes = list(pool.map(send, range(4 * TURNS_PER_CONVERSATION.burst)))
    assert set(codes) == {200, 429}
    shown = httpx.get(f"{sites[1]}/api/v1/conversations/{caller.id}", headers=headers, timeout=60).json()["messages"]
    said = [message["text"] for message in shown if message["from"] == "inwoner"]
    assert len(said) == len(set(said)), "nothing twice"
    assert [message["seq"] for message in shown] == sorted({message["seq"] for message in shown})
    assert len(said) < 2 * TURNS_PER_CONVERSATION.burst, "two processes do not give twice as much"
