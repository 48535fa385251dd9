"""Text that is set wider (WCAG 1.4.12) or twice as large (1.4.4): in the panel and on the page nothing is cut off or runs off the screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chat import Chat, launch
from tests.browser.test_accessibility import EVERY_BLOCK, show
from tests.browser.test_conversation import MOTHER

SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }"""
TWICE = ":root { font-size: 200% !important }"
SIZES = {
    "ruim, 320 px": (SPACED, {"width": 320, "height": 640}),
    "dubbel, 320 px": (TWICE, {"width": 320, "height": 640}),
    "dubbel, telefoon": (TWICE, {"width": 360, "height": 740}),
    "dubbel, bureau": (TWICE, {"width": 1280, "height": 800}),
}
ADD = """css => { const sheet = () => { const made = new CSSStyleSheet(); made.replaceSync(css); return made; };
    document.adoptedStyleSheets = [sheet()];
    const root = document.querySelector('steunwijzer-chat').shadowRoot; root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet()]; }"""
# Cut off: it hides what does not fit. Over the edge: words that stick out of their own box or of the screen.
WRONG = """() => { const root = document.querySelector('steunwijzer-chat').shadowRoot, wrong = [];
    const seen = e => e.getBoundingClientRect().width > 1 && e.getBoundingClientRect().height > 1;
    const words = e => [...e.childNodes].some(child => child.nodeType === 3 && child.data.trim());
    const told = e => `${e.localName}.${e.className} ${e.innerText.slice(0, 30)}`;
    for (const e of root.querySelectorAll('.hoek *, .chat, .chat *')) {
        const style = getComputedStyle(e), box = e.getBoundingClientRect();
        if (!e.innerText || !e.checkVisibility() || style.clipPath !== 'none' || e.closest('.onzichtbaar')) continue;
        if (box.right > innerWidth + 1 || box.left < -1) wrong.push('naast het scherm: ' + told(e));
        const hides = /hidden|clip/, wide = e.scrollWidth > e.clientWidth + 1, high = e.scrollHeight > e.clientHeight + 1;
        if (hides.test(style.overflowX) && wide || hides.test(style.overflowY) && high) wrong.push('afgekapt: ' + told(e));
        if (e.matches('button, a.knop, .gesprek, .chat') && wide) wrong.push('te breed: ' + told(e));
        if (e.matches('button') && ![...e.querySelectorAll('*')].some(seen) && !words(e)) wrong.push('leeg: ' + told(e));
    }
    if (document.documentElement.scrollWidth > innerWidth) wrong.push('de pagina rolt opzij');
    return wrong; }"""
# What the bars leave of the screen; where they leave little, everything rolls together.
ROOM = """() => { const root = document.querySelector('steunwijzer-chat').shadowRoot, log = root.querySelector('.gesprek');
    return root.querySelector('.laag') ? log.scrollHeight - log.clientHeight < 2 : log.clientHeight >= innerHeight / 4; }"""
PLACES = {"paneel": "/demo", "pagina": "/chat?gemeente=GM9999"}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("place", PLACES)
def test_nothing_is_cut_off(visit: Callable[..., Page], site: str, place: str, size: str) -> None:
    css, screen = SIZES[size]
    page = visit(site + PLACES[place], viewport=screen)
    page.evaluate(ADD, css)
    chat = launch(page) if place == "paneel" else Chat(page).wait_for_welcome()
    assert page.evaluate(WRONG) == []
    page.get_by_role("button", name="Opties").click()
    assert page.evaluate(WRONG) == []
    page.keyboard.press("Escape")
    chat.say(MOTHER)
    show(chat, text="Alles bij elkaar.", blocks=EVERY_BLOCK)
    page.get_by_role("button", name="Ja, bel mij terug").click()
    expect(page.get_by_text("Vul uw naam in.")).to_be_visible()
    assert page.evaluate(WRONG) == []
    assert page.evaluate(ROOM)
