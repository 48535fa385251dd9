"""Everyone can use it: axe on every state, the keyboard alone, what a screen reader hears, small and enlarged screens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.chat import Chat
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_conversation import MOTHER

OpenChat = Callable[..., Chat]
NARROW = {"width": 320, "height": 640}
ZOOMED = {"width": 640, "height": 450}  # a screen of 1280 by 900 at 200 %
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


def _start(chat: Chat) -> None:
    pass


def _choices(chat: Chat) -> None:
    chat.press(chat.page.locator(".keuze").first.inner_text())


def _cards(chat: Chat) -> None:
    chat.say(MOTHER)
    expect(chat.page.locator(".opties")).to_be_visible()


def _crisis(chat: Chat) -> None:
    chat.say("mijn man slaat mij")
    expect(chat.page.get_by_role("region", name="Direct hulp")).to_be_visible()


def _all_blocks(chat: Chat) -> None:
    show(chat, text="Alles bij elkaar.", blocks=EVERY_BLOCK)
    chat.page.locator("summary").last.click()


def _form_with_errors(chat: Chat) -> None:
    show(chat, text="Vul in.", blocks=[{"type": "terugbelformulier"}])
    chat.page.get_by_role("button", name="Ja, bel mij terug").click()
    expect(chat.page.get_by_text("Vul uw naam in.")).to_be_visible()


def _offline(chat: Chat) -> None:
    chat.page.context.set_offline(True)
    chat.input.fill("Wat is een pgb?")
    chat.input.press("Enter")
    expect(chat.page.get_by_role("button", name="Probeer opnieuw")).to_be_visible()


def _dialog(chat: Chat) -> None:
    chat.option("Gesprek wissen")


def _erased(chat: Chat) -> None:
    _dialog(chat)
    chat.page.get_by_role("button", name="Ja, wis het gesprek").click()
    expect(chat.page.get_by_text("Uw gesprek is gewist.")).to_be_visible()


STATES = {
    "begin": _start, "keuzes": _choices, "kaarten": _cards, "crisis": _crisis, "blokken": _all_blocks,
    "formulier": _form_with_errors, "zonder verbinding": _offline, "vraag": _dialog, "gewist": _erased,
}  # fmt: skip
_NUMBERS = [{"id": "112", "naam": "Alarmnummer", "nummer": "112", "wanneer": "dag en nacht", "kosten": "gratis"}]
EVERY_BLOCK: list[dict[str, Any]] = [
    {
        "type": "vergelijking", "titel": "Pgb en zorg in natura", "kolommen": ["Zorg in natura", "Pgb"],
        "rijen": [{"punt": "Wie kiest de hulpverlener?", "waarden": ["U kiest uit aanbieders.", "U kiest zelf."]}],
    },
    {"type": "tijdlijn", "stappen": [{"datum": "2026-11-03", "titel": "Melding", "voorbij": True}, {"datum": "2026-12-15", "titel": "Onderzoek", "uitleg": "Klaar."}]},
    {"type": "checklist", "titel": "Neem mee", "items": ["Identiteitsbewijs", "Medicijnlijst"]},
    {"type": "contact", "items": [{"id": "x", "naam": "Het Juridisch Loket", "nummer": "0800-8020", "kosten": "gratis", "url": "https://www.juridischloket.nl"}]},
    {"type": "noodnummers", "items": _NUMBERS},
    {"type": "verlaat_pagina"},
    {"type": "terugbelformulier"},
    {"type": "bron", "items": [{"titel": "Wmo 2015", "url": "https://wetten.overheid.nl/BWBR0035362"}, {"titel": "Rijksoverheid"}], "gecontroleerd_op": "2026-11-22"},
]  # fmt: skip


def show(chat: Chat, **message: Any) -> None:
    """Let the server's next answer be this message, to show what no single real answer holds."""
    full = {
        "id": "getoond",
        "seq": 900,
        "from": "assistent",
        "at": "2026-11-24T12:00:00+00:00",
        "text": "",
        "choices": [],
        "blocks": [],
        **message,
    }
    chat.page.route(
        "**/messages", lambda route: route.fulfill(json={"messages": [full], "status": "bot", "masked": []}), times=1
    )
    chat.say("laat zien")


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["telefoon", "bureau"])
def test_axe_finds_nothing(open_chat: OpenChat, screen: dict[str, int], state: str) -> None:
    chat = open_chat(viewport=screen)
    STATES[state](chat)
    assert violations(chat) == []


@pytest.mark.parametrize("state", ["kaarten", "crisis", "blokken", "formulier", "zonder verbinding"])
@pytest.mark.parametrize(
    "options",
    # As high as the longest answer: what is half scrolled away is no target that is too small.
    [{"color_scheme": "dark"}, {"forced_colors": "active"}, {"viewport": {**NARROW, "height": 2400}}],
    ids=["donker", "gedwongen", "320 px"],
)
def test_axe_finds_nothing_in_other_looks(open_chat: OpenChat, options: dict[str, Any], state: str) -> None:
    chat = open_chat(**options)
    STATES[state](chat)
    assert violations(chat) == []


def violations(chat: Chat) -> list[str]:
    """What axe has against the page as it is now, in words."""
    found = Axe().run(chat.page, options=RULES).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:120]} {node['failureSummary'][:200]}" for rule in found for node in rule["nodes"]
    ]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("screen", [NARROW, ZOOMED], ids=["320 px", "200 %"])
def test_no_sideways_scrolling(open_chat: OpenChat, screen: dict[str, int], state: str) -> None:
    chat = open_chat(viewport=screen)
    STATES[state](chat)
    assert chat.page.evaluate("() => document.documentElement.scrollWidth") <= screen["width"]
    overflowing = """() => [...document.querySelector('steunwijzer-chat').shadowRoot.querySelectorAll('.chat *')]
        .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && getComputedStyle(e).clipPath === 'none').map(e => e.className || e.tagName)"""
    assert chat.page.evaluate(overflowing) == []


@pytest.mark.parametrize("state", STATES)
def test_targets_are_large_enough(open_chat: OpenChat, state: str) -> None:
    chat = open_chat(viewport=PHONE)
    STATES[state](chat)
    # Links inside a sentence are excepted (WCAG 2.5.8); so are boxes whose label is the target.
    small = """() => [...document.querySelector('steunwijzer-chat').shadowRoot.querySelectorAll('button, summary, textarea, a, label.aanvinken, .checklist label')]
        .filter(e => e.checkVisibility() && !e.closest('.ballon, .bron ul, dl'))
        .map(e => [e.innerText, e.getBoundingClientRect()]).filter(([, r]) => r.height < 44 || r.width < 44).map(([text, r]) => `${text} ${r.width}x${r.height}`)"""
    assert chat.page.evaluate(small) == []


def test_keyboard_alone(open_chat: OpenChat) -> None:
    chat = open_chat()
    press = chat.page.keyboard.press
    press("Tab")
    expect(chat.page.get_by_role("link", name="Naar het gesprek")).to_be_focused()
    press("Enter")
    press("Tab")
    expect(chat.page.get_by_role("button", name="Opties")).to_be_focused()
    press("Enter")
    press("Tab")
    expect(chat.page.get_by_role("button", name="Grotere letters")).to_be_focused()
    press("Escape")
    expect(chat.page.get_by_role("button", name="Opties")).to_be_focused()
    expect(chat.page.get_by_role("button", name="Opnieuw beginnen")).to_be_hidden()
    press("Tab")
    expect(chat.log).to_be_focused()
    press("Tab")
    first = chat.page.locator(".keuze").first
    expect(first).to_be_focused()
    press("Enter")
    chat.wait_for_more_than(1)
    expect(first).to_be_focused()
    for _ in range(60):
        press("Tab")
        if chat.input.evaluate("e => e.matches(':focus')"):
            break
    expect(chat.input).to_be_focused()
    chat.page.keyboard.type("Wat is een pgb?")
    press("Enter")
    chat.wait_for_more_than(2)
    expect(chat.input).to_be_focused()
    press("Tab")
    expect(chat.send_button).to_be_focused()
    press("Tab")
    expect(chat.page.get_by_role("button", name="Praat met een medewerker")).to_be_focused()


def test_the_focus_is_visible(open_chat: OpenChat) -> None:
    chat = open_chat()
    chat.page.locator(".keuze").first.focus()
    chat.page.keyboard.press("Tab")
    style = chat.focused().evaluate("e => getComputedStyle(e).outlineStyle + ' ' + getComputedStyle(e).outlineWidth")
    assert style == "solid 3px"


def test_what_has_the_focus_is_not_hidden_behind_the_bars(open_chat: OpenChat) -> None:
    chat = open_chat(viewport=PHONE).say("mijn man slaat mij")
    chat.page.locator(".gesprek").focus()
    covered = """() => { const root = document.querySelector('steunwijzer-chat').shadowRoot, e = root.activeElement, r = e.getBoundingClientRect();
        const top = root.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2); return e.closest('.gesprek li') && !e.contains(top) ? e.innerText : '' }"""
    for _ in range(12):
        chat.page.keyboard.press("Tab")
        assert chat.page.evaluate(covered) == ""


def test_a_screen_reader_hears_only_what_is_new(open_chat: OpenChat) -> None:
    chat = open_chat().say("Wat is een pgb?")
    expect(chat.log).to_have_attribute("aria-live", "polite")
    chat.page.evaluate("""() => { const log = document.querySelector('steunwijzer-chat').shadowRoot.querySelector('[role=log]');
        window.heard = []; window.taken = 0;
        new MutationObserver(all => all.forEach(m => { heard.push(...[...m.addedNodes].map(n => n.className)); taken += m.removedNodes.length; }))
            .observe(log, {childList: true, subtree: true}); }""")
    count = chat.messages.count()
    chat.say("en wat is zorg in natura?")
    new = chat.messages.count() - count
    assert chat.page.evaluate("() => [heard.length, taken]") == [new, 0]
    assert chat.page.evaluate("() => heard.every(name => name.startsWith('bericht'))")


def test_history_is_not_read_out_again(open_chat: OpenChat) -> None:
    chat = open_chat().say("Wat is een pgb?")
    chat.page.reload()
    expect(chat.own).to_have_count(1)
    expect(chat.log).to_have_attribute("aria-live", "off")
    chat.say("en wat is zorg in natura?")
    expect(chat.log).to_have_attribute("aria-live", "polite")


def test_typing_is_told_outside_the_log(open_chat: OpenChat) -> None:
    chat = open_chat()
    status = chat.page.get_by_role("status").first
    chat.page.route("**/messages", lambda route: None)
    chat.input.fill("Wat is een pgb?")
    chat.input.press("Enter")
    expect(status).to_have_text("Steunwijzer typt…")
    assert chat.log.locator("[role=status]").count() == 0


def test_every_message_says_who_speaks(open_chat: OpenChat) -> None:
    chat = open_chat().say("Wat is een pgb?")
    for index in range(chat.messages.count()):
        assert chat.messages.nth(index).locator(".afzender").text_content() in {"Steunwijzer", "U", "Bericht"}


def test_forced_colours_and_a_low_screen_keep_everything_reachable(open_chat: OpenChat) -> None:
    chat = open_chat(viewport={"width": 320, "height": 256}, forced_colors="active")
    chat.input.scroll_into_view_if_needed()
    expect(chat.input).to_be_in_viewport()
    chat.say("Wat is een pgb?")
    border = chat.page.locator(".ballon").last.evaluate("e => getComputedStyle(e).borderTopWidth")
    assert border == "1px"
