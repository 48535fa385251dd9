"""The whole story in two browsers: a resident escalates, staff claims, chats, hands back, closes; and what goes wrong meanwhile."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from steunwijzer import audit
from steunwijzer.store import Database
from tests.browser.chat import KEY, Chat
from tests.browser.front_office import GEMEENTE, Caller, FrontOffice, be_there, desk_context, run
from tests.conftest import Stack

SLOW = 30_000
HUMAN = "Praat met een medewerker"


@pytest.fixture
def front(stack: Stack, tmp_path: Path) -> Iterator[FrontOffice]:
    """A front office of its own before the shared engine."""
    office = FrontOffice(tmp_path, stack.engine_url).start()
    yield office
    office.stop()
    if stack.engine.poll() is not None:
        stack.restart_engine()


def ask_for_a_human(chat: Chat) -> None:
    """The resident sees what would be passed on, and agrees."""
    chat.page.get_by_role("button", name=HUMAN).click()
    expect(chat.page.get_by_role("heading", name=HUMAN)).to_be_visible()
    chat.page.get_by_role("button", name="Ja, geef dit door").click()
    expect(chat.page.get_by_text("U wacht op een medewerker.", exact=False).last).to_be_visible()


def reply(staff: Page, text: str) -> None:
    """Answer with the keyboard, and see it stand in the talk."""
    staff.get_by_label("Uw antwoord").fill(text)
    staff.get_by_label("Uw antwoord").press("Control+Enter")
    expect(staff.locator(".van-medewerker", has_text=text)).to_have_count(1, timeout=SLOW)
    expect(staff.get_by_label("Uw antwoord")).to_have_value("")


def take_first(staff: Page) -> None:
    staff.get_by_role("button", name="Oppakken").first.click()
    staff.get_by_text("U heeft dit gesprek.").wait_for()


def test_a_talk_from_the_first_question_to_the_end(browser: Browser, stack: Stack, front: FrontOffice) -> None:
    people = {name: desk_context(browser) for name in ("sanne", "inwoner")}
    # Piet's browser has no JavaScript: his list stands still until he asks for it, and everything works.
    people["piet"] = desk_context(browser, java_script_enabled=False)
    sanne = front.sign_in(people["sanne"], "Sanne de Wit")
    piet = front.sign_in(people["piet"], "Piet Bakker")
    be_there(sanne, front.site)

    # A resident asks, is answered by the assistant, and wants a human.
    page = people["inwoner"].new_page()
    page.goto(f"{front.site}/?gemeente={GEMEENTE}")
    chat = Chat(page).wait_for_welcome()
    chat.say("Wat is een pgb?")
    ask_for_a_human(chat)

    # It stands on the open work list without anybody renewing it; the title counts it.
    expect(sanne.get_by_text("“Wat is een pgb?”")).to_be_visible(timeout=SLOW)
    expect(sanne).to_have_title("(1) Werklijst – Balie Steunwijzer")
    piet.goto(f"{front.site}/balie/werklijst")
    expect(piet.get_by_text("“Wat is een pgb?”")).to_be_visible()

    # One gets it, the other reads who has it.
    take_first(sanne)
    piet.get_by_role("button", name="Oppakken").first.click()
    expect(piet.get_by_text("Sanne de Wit heeft dit gesprek al opgepakt.")).to_be_visible()
    expect(page.get_by_text("U praat nu met Sanne")).to_be_visible(timeout=SLOW)
    expect(sanne.get_by_text("Begrepen als: Wat een pgb is")).to_be_visible()

    # The engine falls over; people do not need it to talk with each other.
    stack.kill_engine()
    reply(sanne, "Goedemorgen, ik heb uw gesprek gelezen.")
    expect(page.get_by_text("Goedemorgen, ik heb uw gesprek gelezen.")).to_be_visible(timeout=SLOW)
    chat.input.fill("Fijn. Wat moet ik nu doen?")
    chat.input.press("Enter")
    expect(sanne.locator(".van-inwoner", has_text="Wat moet ik nu doen?")).to_have_count(1, timeout=SLOW)

    # The desk falls over while Sanne writes; her text stays, and arrives once.
    front.kill()
    sanne.get_by_label("Uw antwoord").fill("Ik zoek het voor u uit.")
    sanne.get_by_role("button", name="Verstuur").click()
    expect(sanne.get_by_text("Geen verbinding. Uw tekst staat er nog.")).to_be_visible(timeout=SLOW)
    front.start()
    expect(sanne.locator(".van-medewerker", has_text="Ik zoek het voor u uit.")).to_have_count(1, timeout=SLOW)
    expect(page.get_by_text("Ik zoek het voor u uit.")).to_have_count(1, timeout=SLOW)
    expect(sanne.get_by_text("U heeft dit gesprek.")).to_be_visible()

    # Sanne gives it back; the engine is there again and the assistant goes on.
    stack.restart_engine()
    sanne.get_by_text("Teruggeven aan Steunwijzer").click()
    sanne.get_by_role("button", name="Geef terug").click()
    expect(sanne).to_have_url(f"{front.site}/balie/werklijst")
    expect(page.locator(".bericht").last).to_contain_text("weer met de digitale assistent", timeout=SLOW)
    chat.say("Wat is zorg in natura?")
    ask_for_a_human(chat)

    # Piet takes it this time, without JavaScript, answers and closes it.
    piet.goto(f"{front.site}/balie/werklijst")
    take_first(piet)
    piet.get_by_label("Uw antwoord").fill("Dag, met Piet. Ik sluit het gesprek af.")
    piet.get_by_role("button", name="Verstuur").click()
    expect(piet.locator(".van-medewerker", has_text="met Piet")).to_have_count(1)
    expect(page.get_by_text("Dag, met Piet. Ik sluit het gesprek af.")).to_be_visible(timeout=SLOW)
    piet.locator("summary", has_text="Afsluiten").click()
    piet.get_by_label("De vraag is beantwoord").check()
    piet.get_by_role("button", name="Sluit het gesprek af").click()
    expect(piet.get_by_text("Het gesprek is afgesloten.")).to_be_visible()

    texts = [message["text"] for message in history(chat, front.site)["messages"]]
    for said in (
        "Wat is een pgb?",
        "Goedemorgen, ik heb uw gesprek gelezen.",
        "Fijn. Wat moet ik nu doen?",
        "Ik zoek het voor u uit.",
    ):
        assert texts.count(said) == 1
    assert history(chat, front.site)["status"] == "afgesloten"
    assert run(sound(front))
    for context in people.values():
        context.close()


def history(chat: Chat, site: str) -> Any:
    key = json.loads(chat.page.evaluate(f"() => sessionStorage.getItem('{KEY}')"))
    answer = chat.page.request.get(
        f"{site}/api/v1/conversations/{key['id']}", headers={"Authorization": f"Bearer {key['token']}"}
    )
    return answer.json()


async def sound(front: FrontOffice) -> bool:
    """Whether the log of who read and did what is whole."""
    database = Database(front.database_url)
    try:
        return (await audit.verify(database)).sound
    finally:
        await database.close()


def test_danger_is_seen_at_its_message_while_the_colleague_goes_on(browser: Browser, front: FrontOffice) -> None:
    context = desk_context(browser)
    sanne = front.sign_in(context, "Sanne de Wit")
    be_there(sanne, front.site)
    caller = Caller.begin(front.site, "Wat is een pgb?")
    assert caller.hand_over() == "wachtrij"
    sanne.goto(f"{front.site}/balie/werklijst")
    take_first(sanne)
    signs = sanne.locator(".teken")

    # No rule knows this one; the whole gate sees it after it was delivered and shown.
    caller.say("hij heeft mij gisteren tegen de muur geduwd")
    expect(sanne.locator(".van-inwoner", has_text="tegen de muur").locator(".teken")).to_have_count(1, timeout=SLOW)
    expect(sanne.locator("#voorrang")).to_have_text("Gevaar of crisis")
    # The talk is still Sanne's, and so is the form to answer in.
    reply(sanne, "Bent u nu op een veilige plek?")
    caller.say("ik wil niet meer leven")
    expect(sanne.locator(".van-inwoner", has_text="niet meer leven").locator(".teken")).to_have_count(1, timeout=SLOW)
    reply(sanne, "Ik blijf bij u.")
    expect(signs).to_have_count(2)
    assert sanne.locator(".gesprek").get_attribute("data-mijn") == "ja"
    context.close()
