"""On somebody else's site: one script tag, a strict policy, a button in the corner, and what it does to the page around it."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.chat import Chat, launch
from tests.browser.conftest import EXIT, PHONE
from tests.browser.test_accessibility import show, violations
from tests.conftest import Stack

Serve = Callable[[str], str]
STRICT = "default-src 'none'; script-src {site}; connect-src {site}; require-trusted-types-for 'script'"


@pytest.fixture
def host(stack: Stack) -> Iterator[Callable[..., str]]:
    """Serves one page of HTML as another site, with a policy that allows the chat's site and nothing more."""
    shown: dict[str, str] = {}

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", shown["policy"])
            self.end_headers()
            self.wfile.write(shown["html"].encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", urlsplit(stack.host_site).port or 0), Site)
    threading.Thread(target=partial(server.serve_forever, 0.05), daemon=True).start()

    def serve(body: str, policy: str = STRICT) -> str:
        shown.update(
            html=f"<!doctype html><html lang=nl><title>Gemeente</title><body><main><h1>Welkom</h1></main>{body}"
        )
        shown.update(policy=policy.format(site=stack.site))
        return stack.host_site

    yield serve
    server.shutdown()
    server.server_close()


def tag(site: str, more: str = "") -> str:
    return f'<script type="module" src="{site}/widget/v1/steunwijzer.js" data-gemeente="GM9999" data-taal="nl" {more}></script>'


def test_one_script_tag_on_a_strict_site_of_another_is_enough(
    host: Callable[..., str], visit: Callable[..., Page], site: str
) -> None:
    page = visit(host(tag(site)))
    chat = launch(page).say("wat is een pgb?")
    expect(chat.assistant.last).to_be_visible()
    expect(page.get_by_role("link", name="Bel 14 0999")).to_have_attribute("href", "tel:140999")
    assert page.evaluate("() => [...document.querySelectorAll('style, link, [style]')].length") == 0


def test_every_released_version_works_with_its_fingerprint(
    host: Callable[..., str], visit: Callable[..., Page], site: str
) -> None:
    versions = httpx.get(f"{site}/widget/v1/integrity.json").json()["versies"]
    assert len(versions) >= 2
    for version, fingerprint in versions.items():
        own = f'<script type="module" src="{site}/widget/{version}/steunwijzer.js" data-gemeente="GM9999" integrity="{fingerprint}" crossorigin></script>'
        launch(visit(host(own))).say("wat is een pgb?")


def test_a_wrong_fingerprint_keeps_the_script_out(host: Callable[..., str], browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.goto(host(tag(site, 'integrity="sha384-' + "A" * 64 + '"')))
    expect(page.get_by_role("heading", name="Welkom")).to_be_visible()
    assert page.evaluate("() => customElements.get('steunwijzer-chat')") is None
    page.close()


def test_a_site_that_is_not_on_the_list_cannot_start_a_conversation(site: str) -> None:
    answer = httpx.post(f"{site}/api/v1/conversations", json={}, headers={"Origin": "https://elders.example"})
    assert "access-control-allow-origin" not in answer.headers


def test_nothing_is_stored_or_asked_before_the_button_is_pressed(
    host: Callable[..., str], visit: Callable[..., Page], site: str
) -> None:
    page = visit(host(tag(site)))
    expect(page.get_by_role("button", name="Stel uw vraag")).to_be_visible()
    asked: list[str] = page.evaluate("() => performance.getEntriesByType('resource').map(e => e.name)")
    assert [urlsplit(address).path for address in asked if "favicon" not in address] == ["/widget/v1/steunwijzer.js"]
    assert Chat(page).stored == {}
    assert page.context.cookies() == []


def test_a_second_element_is_not_made(host: Callable[..., str], visit: Callable[..., Page], site: str) -> None:
    page = visit(host("<steunwijzer-chat></steunwijzer-chat>" + tag(site)))
    expect(page.get_by_role("button", name="Begin een gesprek")).to_be_visible()
    assert page.locator("steunwijzer-chat").count() == 1


def test_focus_goes_in_and_comes_back(visit: Callable[..., Page], site: str) -> None:
    page = visit(f"{site}/demo")
    button = page.get_by_role("button", name="Stel uw vraag")
    expect(button).to_have_attribute("aria-expanded", "false")
    button.focus()
    page.keyboard.press("Enter")
    chat = Chat(page).wait_for_welcome()
    expect(chat.input).to_be_focused()
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_escape_closes_the_menu_before_the_panel(visit: Callable[..., Page], site: str) -> None:
    page = visit(f"{site}/demo", viewport=PHONE)
    launch(page)
    page.get_by_role("button", name="Opties").click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Grotere letters")).to_be_hidden()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_on_a_phone_the_page_behind_waits(visit: Callable[..., Page], site: str) -> None:
    page = visit(f"{site}/demo", viewport=PHONE)
    launch(page)
    expect(page.get_by_role("heading", name="Steunwijzer")).to_be_focused()
    for _ in range(40):
        page.keyboard.press("Tab")
        assert page.evaluate("() => ['steunwijzer-chat', 'body'].includes(document.activeElement.localName)")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= PHONE["width"]


def test_the_conversation_goes_on_on_the_next_page(visit: Callable[..., Page], site: str) -> None:
    page = visit(f"{site}/demo")
    launch(page).say("wat is een pgb?")
    page.get_by_role("link", name="Zorg en hulp").first.click()
    page.wait_for_url("**/demo/zorg**")
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page.locator(".van-inwoner")).to_have_count(1)
    assert page.evaluate("() => document.activeElement.localName") == "body"
    page.get_by_role("button", name="Verberg").click()
    page.reload()
    expect(page.get_by_role("button", name="Stel uw vraag")).to_be_visible()
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_what_comes_while_the_panel_is_hidden_is_counted(visit: Callable[..., Page], site: str) -> None:
    page = visit(f"{site}/demo")
    chat = launch(page)
    slow: list[Any] = []
    page.route("**/messages", lambda route: slow.append(route), times=1)
    chat.input.fill("wat is een pgb?")
    chat.input.press("Enter")
    expect(chat.own).to_have_count(1)
    page.get_by_role("button", name="Verberg").click()
    slow[0].continue_()
    button = page.get_by_role("button", name="Stel uw vraag")
    expect(button).to_have_accessible_name(re.compile(r"^Stel uw vraag \d nieuwe? bericht(en)?$"))
    expect(page.locator(".hoek [role=status]")).to_have_text(re.compile(r"^\d nieuwe? bericht(en)?$"))
    button.click()
    page.get_by_role("button", name="Verberg").click()
    expect(button).to_have_accessible_name("Stel uw vraag")


@pytest.mark.parametrize("height", [640, 480], ids=["oude telefoon", "nog kleiner"])
def test_on_a_small_phone_the_answer_to_danger_is_what_one_sees(
    visit: Callable[..., Page], site: str, height: int
) -> None:
    chat = launch(visit(f"{site}/demo", viewport={"width": 320, "height": height}))
    chat.say("wat is een pgb?").say("mijn man slaat mij")
    expect(chat.own.last).to_be_in_viewport()
    expect(chat.assistant.filter(has_text="Bel Veilig Thuis").first).to_be_in_viewport()


def test_without_a_network_danger_and_the_notice_stay_in_sight(visit: Callable[..., Page], site: str) -> None:
    page = visit(f"{site}/demo", viewport={"width": 360, "height": 740})
    launch(page).say("mijn man slaat mij")
    page.context.set_offline(True)
    # So little room is left that the bars move along with the conversation.
    page.locator(".laag.storing").wait_for()
    for bar, what in ((".melding", "Er is even geen verbinding"), (".nood", "Bel 112")):
        expect(page.locator(bar).get_by_text(what)).to_be_in_viewport(ratio=1)


def test_on_a_phone_every_button_says_what_it_does(visit: Callable[..., Page], site: str) -> None:
    page = visit(f"{site}/demo", viewport={"width": 320, "height": 640})
    launch(page)
    for name in ("Opties", "Verberg", "Verstuur"):
        words = page.get_by_role("button", name=name).get_by_text(name)
        assert (words.bounding_box() or {})["width"] > 40
    assert (page.locator(".naam h2").bounding_box() or {})["height"] < 40


def test_the_quick_way_out_forgets_everything(visit: Callable[..., Page], site: str) -> None:
    page = visit(f"{site}/demo")
    chat = launch(page).say("mijn man slaat mij")
    key = chat.key
    page.get_by_role("button", name="Verlaat deze pagina snel").first.click()
    page.wait_for_url(EXIT)
    page.goto(f"{site}/demo")
    assert chat.stored == {}
    assert chat.history(key)[0] == 401


def test_a_frame_is_only_for_sites_on_the_list(
    host: Callable[..., str], browser: Browser, site: str, stack: Stack
) -> None:
    headers = httpx.get(f"{site}/chat/frame?gemeente=GM9999").headers
    assert headers["content-security-policy"].endswith(
        f"frame-ancestors 'self' {stack.host_site} https://voorbeeldstad.example"
    )
    assert "x-frame-options" not in headers
    assert httpx.get(f"{site}/chat/frame").headers["content-security-policy"].endswith(f"'self' {stack.host_site}")
    for address in ("/", "/chat", "/demo"):
        assert "frame-ancestors 'none'" in httpx.get(site + address).headers["content-security-policy"]
    page = browser.new_page()
    page.goto(
        host(
            f'<iframe src="{site}/chat/frame?gemeente=GM9999" title="Chat" width=400 height=600></iframe>',
            "frame-src {site}",
        )
    )
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("link", name="Bel 14 0999")).to_be_visible()
    frame.get_by_role("button", name="Begin een gesprek").click()
    expect(frame.locator(".van-assistent").first).to_be_visible()
    page.close()


def test_without_javascript_there_is_a_phone_an_address_and_a_form(browser: Browser, site: str) -> None:
    # Playwright's own switch leaves the parser thinking there are scripts; this is what the parser makes of it without them.
    html = httpx.get(f"{site}/chat?gemeente=GM9999").text
    page = browser.new_page()
    page.set_content(re.sub(r"</?noscript>|<script.*?</script>", "", html))
    expect(page.get_by_role("link", name="14 0999")).to_have_attribute("href", "tel:140999")
    expect(page.get_by_text("Ga langs: Raadhuisplein 1 in Voorbeeldstad.")).to_be_visible()
    form = page.get_by_role("link", name="Vul het formulier in")
    expect(form).to_have_attribute("href", "https://voorbeeldstad.example/wmo-melding")
    page.close()


def test_a_theme_with_too_little_contrast_makes_way(
    host: Callable[..., str], visit: Callable[..., Page], site: str
) -> None:
    page = visit(host(tag(site)))
    pale = {
        "--utrecht-button-background-color": "#9ad",
        "--utrecht-button-color": "#fff",
        "--utrecht-link-color": "#ccc",
        "--utrecht-document-color": "#999",
    }
    good = {"--utrecht-page-header-background-color": "rgb(0, 64, 0)", "--utrecht-page-header-color": "#fff"}
    page.evaluate(
        "vars => { Object.entries(vars).forEach(([k, v]) => document.documentElement.style.setProperty(k, v)); document.documentElement.className = 'anders'; }",
        {**pale, **good},
    )
    launch(page)
    seen = """() => { const root = document.querySelector('steunwijzer-chat').shadowRoot, of = s => getComputedStyle(root.querySelector(s));
        return [of('.verstuur').backgroundColor, of('.keuze').color, of('.ballon').color, of('.kop').backgroundColor]; }"""
    assert page.evaluate(seen) == ["rgb(13, 85, 99)", "rgb(13, 85, 99)", "rgb(28, 37, 41)", "rgb(0, 64, 0)"]


def test_a_browser_without_dark_colours_gets_the_light_ones(
    host: Callable[..., str], visit: Callable[..., Page], site: str
) -> None:
    old = """() => { const supports = CSS.supports; CSS.supports = (...asked) => !String(asked).includes('light-dark') && supports.apply(CSS, asked); }"""
    page = visit("about:blank", color_scheme="dark")
    page.add_init_script(f"({old})()")
    page.goto(host(f"<meta name=color-scheme content='light dark'>{tag(site)}"))
    launch(page)
    seen = """() => { const root = document.querySelector('steunwijzer-chat').shadowRoot, of = s => getComputedStyle(root.querySelector(s));
        return [of('.verstuur').backgroundColor, of('.ballon').color, of('.ballon').backgroundColor]; }"""
    assert page.evaluate(seen) == ["rgb(13, 85, 99)", "rgb(28, 37, 41)", "rgb(255, 255, 255)"]


@pytest.mark.parametrize("theme", ["voorbeeld", "voorbeeldstad"])
def test_the_chat_wears_the_clothes_of_the_site(visit: Callable[..., Page], site: str, theme: str) -> None:
    page = visit(f"{site}/demo?thema={theme}")
    button = page.get_by_role("button", name="Stel uw vraag")
    colours = {"voorbeeld": "rgb(81, 21, 239)", "voorbeeldstad": "rgb(122, 31, 61)"}
    assert button.evaluate("e => getComputedStyle(e).backgroundColor") == colours[theme]


def test_a_conversation_can_be_kept(visit: Callable[..., Page], site: str) -> None:
    page = visit(f"{site}/demo")
    chat = launch(page).say("wat is een pgb?")
    with page.expect_download() as download:
        chat.option("Bewaar dit gesprek")
    text = download.value.path().read_text(encoding="utf-8")
    assert download.value.suggested_filename == "gesprek-steunwijzer.txt"
    assert "wat is een pgb?" in text
    assert chat.history(chat.key)[1]["messages"][-1]["text"] in text


def test_on_paper_there_is_only_the_conversation(visit: Callable[..., Page], site: str) -> None:
    page = visit(f"{site}/demo")
    chat = launch(page).say("wat is een pgb?")
    page.evaluate("() => { window.print = () => {} }")
    chat.option("Druk dit gesprek af")
    page.emulate_media(media="print")
    paper = page.locator(".steunwijzer-afdruk")
    expect(paper.get_by_role("heading", name="Gesprek met Steunwijzer")).to_be_visible()
    expect(paper).to_contain_text("wat is een pgb?")
    expect(page.get_by_role("heading", name="Waarmee kunnen we u helpen?")).to_be_hidden()
    page.evaluate("() => window.dispatchEvent(new Event('afterprint'))")
    expect(paper).to_have_count(0)


def test_the_menu_leads_to_what_is_kept(visit: Callable[..., Page], site: str) -> None:
    page = visit(f"{site}/demo")
    launch(page)
    page.get_by_role("button", name="Opties").click()
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Wat bewaren we? (nieuw tabblad)").click()
    expect(opened.value.get_by_role("heading", name="Wat gebeurt er met wat u typt?")).to_be_visible()
    expect(opened.value.get_by_text("Bel 14 0999.", exact=False)).to_be_visible()
    assert violations(Chat(opened.value)) == []


def test_larger_letters_stay_on_the_next_page_and_go_with_the_conversation(
    visit: Callable[..., Page], site: str
) -> None:
    page = visit(f"{site}/demo")
    chat = launch(page)
    size = "e => parseFloat(getComputedStyle(e).fontSize)"
    before = chat.assistant.first.evaluate(size)
    chat.option("Grotere letters")
    assert chat.assistant.first.evaluate(size) > before * 1.3
    page.reload()
    chat.wait_for_welcome()
    assert chat.assistant.first.evaluate(size) > before * 1.3
    page.get_by_role("button", name="Opties").click()
    expect(page.get_by_role("button", name="Grotere letters")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Escape")
    chat.option("Gesprek wissen")
    page.get_by_role("button", name="Ja, wis het gesprek").click()
    expect(page.get_by_text("Uw gesprek is gewist.")).to_be_visible()
    assert [name for name in chat.stored if name != "steunwijzer.paneel"] == []


def test_the_end_is_asked_once_and_sent_whole(visit: Callable[..., Page], site: str) -> None:
    page = visit(f"{site}/demo")
    chat = launch(page)
    chat.option("Ik ben klaar")
    expect(page.get_by_role("heading", name="Is uw vraag beantwoord?")).to_be_focused()
    page.get_by_role("button", name="Deels").click()
    expect(page.get_by_role("heading", name="Weet u wat u nu kunt doen?")).to_be_focused()
    with page.expect_response("**/feedback") as answer:
        page.get_by_role("button", name="Ja", exact=True).click()
    assert (answer.value.status, json.loads(answer.value.request.post_data or "")) == (
        200,
        {"solved": "deels", "next_step": "ja"},
    )
    expect(page.get_by_text("Daarmee maken we Steunwijzer beter")).to_be_focused()


def test_the_end_is_asked_after_a_goodbye(visit: Callable[..., Page], site: str) -> None:
    chat = launch(visit(f"{site}/demo")).say("bedankt, tot ziens!")
    expect(chat.page.get_by_role("heading", name="Is uw vraag beantwoord?")).to_be_visible()
    expect(chat.input).to_be_focused()


def test_after_danger_nobody_is_asked_whether_it_helped(visit: Callable[..., Page], site: str) -> None:
    chat = launch(visit(f"{site}/demo")).say("mijn man slaat mij").say("bedankt")
    expect(chat.page.get_by_text("Is uw vraag beantwoord?")).to_have_count(0)
    chat.page.get_by_role("button", name="Opties").click()
    expect(chat.page.get_by_role("button", name="Gesprek wissen")).to_be_visible()
    expect(chat.page.get_by_role("button", name="Ik ben klaar")).to_have_count(0)


def test_difficult_words_are_explained_in_place(visit: Callable[..., Page], site: str) -> None:
    chat = launch(visit(f"{site}/demo"))
    items = [{"id": "pgb", "term": "pgb", "uitleg": "Geld waarmee u zelf hulp regelt."}]
    show(chat, text="Met een pgb kan dat ook.", blocks=[{"type": "begrippen", "items": items}])
    button = chat.page.get_by_role("button", name="Wat betekent pgb?")
    expect(chat.page.get_by_text("Geld waarmee u zelf hulp regelt.")).to_be_hidden()
    button.click()
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(chat.page.get_by_text("Geld waarmee u zelf hulp regelt.")).to_be_visible()
    expect(button).to_be_focused()


VOICES = """() => { speechSynthesis.getVoices = () => [{lang: 'nl-NL', localService: %s, name: 'Stem'}];
    window.said = []; speechSynthesis.speak = u => said.push(u.text); speechSynthesis.cancel = () => said.push('stil');
    window.SpeechSynthesisUtterance = class extends EventTarget { constructor(text) { super(); this.text = text; } }; }"""


def test_reading_aloud_uses_only_a_voice_of_the_device(visit: Callable[..., Page], site: str) -> None:
    chat = launch(visit(f"{site}/demo"))
    read = chat.page.get_by_role("button", name="Lees voor").last
    chat.page.evaluate(VOICES % "false")
    read.click()
    expect(chat.page.get_by_text("Uw apparaat heeft geen Nederlandse stem")).to_be_visible()
    assert chat.page.evaluate("() => said") == []
    chat.page.evaluate(VOICES % "true")
    read.click()
    stop = chat.page.get_by_role("button", name="Stop met voorlezen")
    stop.click()
    said = chat.page.evaluate("() => said")
    assert said[0] == chat.history(chat.key)[1]["messages"][0]["text"]
    assert said[1] == "stil"
    expect(read).to_be_visible()


def test_an_answer_can_be_copied(visit: Callable[..., Page], site: str) -> None:
    page = visit(f"{site}/demo", permissions=["clipboard-read", "clipboard-write"])
    chat = launch(page)
    page.get_by_role("button", name="Kopieer").last.click()
    expect(page.get_by_role("button", name="Gekopieerd")).to_be_visible()
    assert page.evaluate("() => navigator.clipboard.readText()") == chat.history(chat.key)[1]["messages"][0]["text"]


def test_without_a_network_that_is_said_at_once(visit: Callable[..., Page], site: str) -> None:
    chat = launch(visit(f"{site}/demo"))
    chat.page.context.set_offline(True)
    notice = chat.page.get_by_role("alert").filter(has_text="geen verbinding")
    expect(notice).to_be_visible()
    chat.page.context.set_offline(False)
    expect(notice).to_be_hidden()
