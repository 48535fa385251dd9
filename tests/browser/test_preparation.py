"""Preparing the talk in the browser: filled in, kept in the tab, printed, saved, erased; and nothing of it is sent."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.chat import Chat
from tests.browser.conftest import PHONE
from tests.browser.test_accessibility import NARROW, show, violations

OpenChat = Callable[..., Chat]
SECRET = "Stofzuigen lukt niet meer, ik word duizelig"
ASK = "hoe bereid ik het keukentafelgesprek voor"


def begin(chat: Chat) -> None:
    chat.say(ASK)
    chat.page.get_by_role("button", name="Begin met invullen").click()


def fill_two(chat: Chat) -> None:
    begin(chat)
    chat.page.get_by_role("button", name="Sla over").click()
    box(chat).fill("Koken lukt zelf")
    chat.page.get_by_role("button", name="Volgende").click()
    box(chat).fill(SECRET)
    for _ in range(7):
        chat.page.get_by_role("button", name="Volgende").click()


def box(chat: Chat) -> Any:
    return chat.page.locator(".voorbereiding textarea")


def test_filled_in_with_the_keyboard_alone(open_chat: OpenChat) -> None:
    chat = open_chat(viewport=PHONE)
    chat.say(ASK)
    chat.page.get_by_role("button", name="Begin met invullen").focus()
    chat.page.keyboard.press("Enter")
    expect(chat.focused()).to_have_text("Hoe ziet uw leven er nu uit?")
    chat.page.keyboard.press("Tab")
    chat.page.keyboard.press("Tab")
    expect(chat.focused()).to_have_role("textbox")
    chat.page.keyboard.type("Ik woon alleen")
    chat.page.keyboard.press("Tab")
    chat.page.keyboard.press("Enter")
    expect(chat.focused()).to_have_text("Wat gaat goed? Wat doet u zelf?")
    expect(chat.page.get_by_text("Vraag 2 van 9")).to_be_visible()
    chat.page.get_by_role("button", name="Terug", exact=True).click()
    expect(box(chat)).to_have_value("Ik woon alleen")


def test_nothing_is_sent_and_the_tab_remembers(open_chat: OpenChat) -> None:
    chat = open_chat()
    sent: list[str] = []
    chat.page.on("request", lambda request: sent.append(f"{request.url} {request.post_data or ''}"))
    fill_two(chat)
    expect(chat.page.locator(".samenvatting")).to_contain_text(SECRET)
    chat.page.reload()
    chat.page.get_by_role("button", name="Bekijk wat ik invulde").click()
    expect(chat.page.locator(".samenvatting")).to_contain_text(SECRET)
    assert sent
    assert not any("duizelig" in line for line in sent)
    assert "duizelig" not in str(chat.history(chat.key))


def test_saved_as_a_file_in_own_words(open_chat: OpenChat, tmp_path: Path) -> None:
    chat = open_chat()
    fill_two(chat)
    with chat.page.expect_download() as waiting:
        chat.page.get_by_role("button", name="Bewaar als bestand").last.click()
    text = Path(waiting.value.path()).read_text(encoding="utf-8")
    assert waiting.value.suggested_filename == "voorbereiding-gesprek.txt"
    assert f"Wat lukt niet, of kost veel moeite?\n{SECRET}" in text
    assert "Hoe ziet uw leven" not in text


def test_on_paper_only_the_preparation(open_chat: OpenChat, tmp_path: Path) -> None:
    chat = open_chat()
    fill_two(chat)
    chat.page.evaluate("() => { window.print = () => {} }")
    chat.page.get_by_role("button", name="Druk af").click()
    chat.page.emulate_media(media="print")
    expect(chat.page.locator(".steunwijzer-afdruk")).to_be_visible()
    expect(chat.page.locator(".steunwijzer-afdruk")).to_contain_text(SECRET)
    expect(chat.page.locator("steunwijzer-chat")).to_be_hidden()
    chat.page.emulate_media(media="screen")
    expect(chat.page.locator(".steunwijzer-afdruk")).to_be_hidden()
    chat.page.evaluate("() => window.dispatchEvent(new Event('afterprint'))")
    expect(chat.page.locator(".steunwijzer-afdruk")).to_have_count(0)
    expect(chat.page.locator("steunwijzer-chat")).to_be_visible()


def test_erased_in_two_presses_and_with_the_conversation(open_chat: OpenChat) -> None:
    chat = open_chat()
    fill_two(chat)
    chat.page.get_by_role("button", name="Wis alles").click()
    assert "duizelig" in str(chat.stored)
    chat.page.get_by_role("button", name="Zeker weten? Wis alles").click()
    expect(chat.page.get_by_text("Alles wat u invulde is gewist.")).to_be_visible()
    assert "duizelig" not in str(chat.stored)
    chat.page.get_by_role("button", name="Begin met invullen").click()
    box(chat).fill(SECRET)
    chat.option("Gesprek wissen")
    chat.page.get_by_role("button", name="Ja, wis het gesprek").click()
    expect(chat.page.get_by_text("Uw gesprek is gewist.")).to_be_visible()
    assert "duizelig" not in str(chat.stored)


@pytest.mark.parametrize("state", [begin, fill_two], ids=["vraag", "samenvatting"])
@pytest.mark.parametrize("screen", [NARROW, PHONE], ids=["smal", "telefoon"])
def test_axe_finds_nothing_and_nothing_sticks_out(open_chat: OpenChat, screen: dict[str, int], state: Any) -> None:
    chat = open_chat(viewport=screen)
    state(chat)
    assert violations(chat) == []
    assert chat.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_the_days_go_into_an_agenda(open_chat: OpenChat) -> None:
    chat = open_chat()
    chat.say("ik heb gisteren gemeld, wanneer moet de gemeente uiterlijk beslissen")
    with chat.page.expect_download() as waiting:
        chat.page.get_by_role("link", name="Zet in mijn agenda").click()
    assert Path(waiting.value.path()).read_text(encoding="utf-8").startswith("BEGIN:VCALENDAR")


def test_the_days_stand_clear_of_the_words_around_them(open_chat: OpenChat) -> None:
    chat = open_chat()
    show(
        chat,
        text="Zo gaat het:\n- Melding\nDaarna hoort u het.",
        blocks=[{"type": "tijdlijn", "stappen": [{"titel": "Melding"}]}],
    )
    above, days, below = (
        box.bounding_box() or {} for box in chat.page.locator(".bericht:last-child > :is(.ballon, .tijdlijn)").all()
    )
    assert days["y"] - above["y"] - above["height"] > 8
    assert below["y"] - days["y"] - days["height"] > 8


def test_a_letter_is_saved_as_a_file(open_chat: OpenChat) -> None:
    chat = open_chat()
    chat.say("ik wil bezwaar maken").say("gisteren").press("Voorbeeldbrief")
    with chat.page.expect_download() as waiting:
        chat.page.get_by_role("button", name="Bewaar als bestand").click()
    assert "Ik maak bezwaar tegen uw besluit" in Path(waiting.value.path()).read_text(encoding="utf-8")
