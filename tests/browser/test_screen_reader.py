"""A whole conversation as a screen reader has it: names, roles and order, each answer said once, the focus where one goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chat import launch
from tests.browser.conftest import PHONE
from tests.browser.screen_reader import ScreenReader
from tests.browser.test_accessibility import show
from tests.browser.test_human import HUMAN, Staff, accept, consent_screen
from tests.conftest import Stack

Visit = Callable[..., Page]


@pytest.fixture
def staff(stack: Stack) -> Iterator[Staff]:
    there = Staff(stack)
    yield there
    there.leave()


def in_order(lines: list[str], *expected: str) -> list[str]:
    """Which of the expected lines do not come, in this order."""
    rest = iter(lines)
    return [line for line in expected if line not in rest]


def test_the_panel_reads_from_top_to_bottom(visit: Visit, site: str) -> None:
    page = visit(f"{site}/demo")
    reader = ScreenReader(page)
    assert "button Stel uw vraag" in reader.lines()
    launch(page)
    missing = in_order(
        reader.lines(), "dialog Steunwijzer", "heading Steunwijzer", "button Opties", "button Verberg",
        "log Gesprek met Steunwijzer", "list", "listitem", "group Kies een antwoord", "button Lees voor", "button Kopieer",
        "textbox Uw bericht", "button Verstuur", f"button {HUMAN}", "link Bel 14 0999",
    )  # fmt: skip
    assert missing == []
    box = next(node for node in reader.tree() if node.role == "textbox")
    assert box.description == "Geen naam, adres of BSN"
    assert not [node for node in reader.tree() if node.role in {"button", "link", "textbox"} and not node.name]


def test_each_new_answer_is_said_once_and_nothing_again(visit: Visit, site: str) -> None:
    page = visit(f"{site}/demo")
    chat, reader = launch(page), ScreenReader(page)
    reader.spoken()
    for question in ("wat is een pgb?", "en wat is zorg in natura?"):
        before = chat.history(chat.key)[1]["messages"][-1]["seq"]
        chat.say(question)
        expect(page.get_by_text("Steunwijzer typt…")).to_be_hidden()
        said = reader.spoken()
        new = [message for message in chat.history(chat.key)[1]["messages"] if message["seq"] > before]
        for message in new:
            first = message["text"].split("\n")[0]
            assert sum(first in text for text in said) <= 1, first
        assert said.count(question) == 1
        assert said.count("Steunwijzer") == sum(message["from"] == "assistent" for message in new)
        assert reader.spoken() == []
    log = next(node for node in reader.tree() if node.role == "log")
    assert log.properties["live"] == "polite"
    assert str(reader.focus()) == "textbox Uw bericht"


def test_after_opening_and_minimising_the_focus_is_where_one_goes_on(visit: Visit, site: str) -> None:
    wide, small = visit(f"{site}/demo"), visit(f"{site}/demo", viewport=PHONE)
    for page, opened in ((wide, "textbox Uw bericht"), (small, "heading Steunwijzer")):
        launch(page)
        reader = ScreenReader(page)
        assert str(reader.focus()) == opened
        page.get_by_role("button", name="Verberg").click()
        assert str(reader.focus()) == "button Stel uw vraag"
        assert "dialog Steunwijzer" not in reader.lines()


def test_an_error_is_said_and_tied_to_its_field(visit: Visit, site: str) -> None:
    page = visit(f"{site}/demo")
    chat, reader = launch(page), ScreenReader(page)
    reader.spoken()
    chat.send_button.click()
    focus = reader.focus()
    assert (str(focus), focus.properties["invalid"]) == ("textbox Uw bericht", "true")
    assert focus.description == "Geen naam, adres of BSN Typ eerst uw vraag in het vak."
    assert reader.spoken() == ["Typ eerst uw vraag in het vak."]
    show(chat, text="Vul in.", blocks=[{"type": "terugbelformulier"}])
    page.get_by_role("button", name="Ja, bel mij terug").click()
    focus = reader.focus()
    assert (str(focus), focus.properties["invalid"]) == ("textbox Uw naam", "true")
    assert "Vul uw naam in." in focus.description


def test_a_hand_over_from_asking_to_the_end(visit: Visit, site: str, staff: Staff) -> None:
    chat = consent_screen(visit, site)
    reader = ScreenReader(chat.page)
    missing = in_order(
        reader.lines(), "log Gesprek met Steunwijzer", f"form {HUMAN}", f"heading {HUMAN}", "button Ja, geef dit door", "button Nee, geef niets door", "textbox Uw bericht"
    )  # fmt: skip
    assert missing == []
    ticks = [node for node in reader.tree() if node.role == "checkbox"]
    assert ticks
    assert all(node.name and node.properties["checked"] == "true" for node in ticks)
    reader.spoken()
    accept(chat)
    assert str(reader.focus()) == "textbox Uw bericht"
    assert sum("U wacht op een medewerker" in text for text in reader.spoken()) >= 1
    chat.page.get_by_role("button", name="Stop met wachten").click()
    expect(chat.page.get_by_role("button", name=HUMAN)).to_be_visible()
    assert str(reader.focus()) == "textbox Uw bericht"


def test_trying_again_gives_the_focus_back(visit: Visit, site: str) -> None:
    chat = launch(visit(f"{site}/demo"))
    chat.page.route("**/messages", lambda route: route.abort(), times=2)
    chat.input.fill("wat is een pgb?")
    chat.input.press("Enter")
    chat.page.get_by_role("button", name="Probeer opnieuw").click()
    chat.wait_for_more_than(1)
    assert str(ScreenReader(chat.page).focus()) == "textbox Uw bericht"
