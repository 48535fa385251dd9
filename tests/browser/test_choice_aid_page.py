"""The choice aid and the self-check on a phone, from the first question to the outcome."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.test_accessibility import OpenChat, violations


@pytest.mark.parametrize(
    ("words", "answer", "outcome", "ways"),
    [
        ("help mij kiezen tussen pgb en zorg in natura", "Maakt mij niet uit", "heel gewoon", ["Allebei combineren", "Zo gaat een pgb"]),
        ("kan ik een pgb aan?", "Nee", "10 keer nee", ["Gratis hulp bij uw vraag", "Iemand regelt het voor mij", "Zo gaat zorg in natura"]),
    ],
)  # fmt: skip
def test_ten_taps_lead_to_an_outcome_and_ways_on(
    open_chat: OpenChat, words: str, answer: str, outcome: str, ways: list[str]
) -> None:
    chat = open_chat(viewport=PHONE)
    chat.say(words)
    for number in range(1, 11):
        expect(chat.page.get_by_text(f"Vraag {number} van 10")).to_be_visible()
        chat.press(answer)
    expect(chat.page.get_by_text(outcome)).to_be_visible()
    for way in ways:
        expect(chat.page.get_by_role("button", name=way, exact=True)).to_be_visible()
    assert chat.page.evaluate("() => document.documentElement.scrollWidth") <= PHONE["width"]
    assert violations(chat) == []
