"""Every state of the panel on somebody else's site: axe finds nothing, and it fits the smallest screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chat import Chat, launch
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_accessibility import show, violations


def _menu(page: Page) -> None:
    page.get_by_role("button", name="Opties").click()


def _end(page: Page) -> None:
    Chat(page).option("Ik ben klaar")


def _large(page: Page) -> None:
    Chat(page).option("Grotere letters")


def _danger(page: Page) -> None:
    Chat(page).say("mijn man slaat mij")


def _terms(page: Page) -> None:
    items = [{"id": "pgb", "term": "pgb", "uitleg": "Geld waarmee u zelf hulp regelt."}]
    show(Chat(page), text="Met een pgb kan dat ook.", blocks=[{"type": "begrippen", "items": items}])
    page.get_by_role("button", name="Wat betekent pgb?").click()


def _handed_over(page: Page) -> None:
    show(Chat(page), text="Vul in.", blocks=[{"type": "terugbelformulier"}])
    page.get_by_label("Uw naam").fill("Fatma")
    page.get_by_label("Uw telefoonnummer").fill("06 12345678")
    page.get_by_label("Ja, geef dit door").check()
    page.get_by_role("button", name="Ja, bel mij terug").click()
    expect(page.get_by_text("Uw verzoek is verstuurd.")).to_be_visible()


PANEL_STATES = {
    "open": lambda page: None, "menu": _menu, "eindvraag": _end, "groot": _large, "crisis": _danger, "begrippen": _terms, "doorgegeven": _handed_over,
}  # fmt: skip


@pytest.mark.parametrize("theme", ["voorbeeld", "voorbeeldstad"])
@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["telefoon", "bureau"])
def test_axe_finds_nothing_on_the_demo_site(
    visit: Callable[..., Page], site: str, screen: dict[str, int], theme: str
) -> None:
    page = visit(f"{site}/demo?thema={theme}", viewport=screen)
    expect(page.get_by_role("button", name="Stel uw vraag")).to_be_visible()
    assert violations(Chat(page)) == []
    launch(page)
    assert violations(Chat(page)) == []


@pytest.mark.parametrize("state", PANEL_STATES)
def test_axe_finds_nothing_in_the_panel(visit: Callable[..., Page], site: str, state: str) -> None:
    page = visit(f"{site}/demo", viewport=PHONE)
    launch(page)
    PANEL_STATES[state](page)
    assert violations(Chat(page)) == []


@pytest.mark.parametrize(
    "options", [{"forced_colors": "active"}, {"color_scheme": "dark"}], ids=["gedwongen", "donker"]
)
def test_axe_finds_nothing_in_other_colours(visit: Callable[..., Page], site: str, options: dict[str, Any]) -> None:
    page = visit(f"{site}/chat?gemeente=GM9999", **options)
    Chat(page).wait_for_welcome()
    _danger(page)
    assert violations(Chat(page)) == []


@pytest.mark.parametrize("state", PANEL_STATES)
def test_the_panel_fits_a_screen_of_320_pixels(visit: Callable[..., Page], site: str, state: str) -> None:
    page = visit(f"{site}/demo", viewport={"width": 320, "height": 640})
    launch(page)
    PANEL_STATES[state](page)
    overflowing = """() => [...document.querySelector('steunwijzer-chat').shadowRoot.querySelectorAll('.chat *')]
        .filter(e => e.checkVisibility() && e.getBoundingClientRect().right > innerWidth + 1 && getComputedStyle(e).clipPath === 'none')
        .map(e => e.className || e.tagName)"""
    assert page.evaluate(overflowing) == []
