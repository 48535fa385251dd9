"""Nothing that anybody types or sends becomes code, and the form passes on only what was agreed."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.chat import Chat
from tests.browser.test_accessibility import show

OpenChat = Callable[..., Chat]
BUILD = Path(__file__).resolve().parents[2] / "widget" / "dist" / "steunwijzer.js"
MAX_GZIP_BYTES = 25_000
ATTACKS = [
    "<img src=x onerror=window.raak=1>",
    "<script>window.raak=1</script>",
    "[klik](javascript:window.raak=1)",
    "{{7*7}} ${7*7}",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_a_resident_types_is_only_text(open_chat: OpenChat, attack: str) -> None:
    chat = open_chat().say(attack)
    expect(chat.own.locator(".eigen")).to_have_text(attack)
    assert chat.own.locator("img, script, a").count() == 0
    assert chat.page.evaluate("() => window.raak") is None


def test_what_the_server_sends_is_only_text_in_every_field(open_chat: OpenChat) -> None:
    chat = open_chat()
    bad, link = ATTACKS[0], "javascript:window.raak=1"
    blocks = [
        {
            "type": "opties",
            "items": [
                {
                    "naam": bad,
                    "omschrijving": bad,
                    "kosten": bad,
                    "url": link,
                    "email": f"{link}@x.nl",
                    "telefoon": bad,
                    "gecontroleerd_op": bad,
                }
            ],
        },
        {"type": "vergelijking", "titel": bad, "kolommen": [bad, bad], "rijen": [{"punt": bad, "waarden": [bad, bad]}]},
        {"type": "tijdlijn", "stappen": [{"datum": bad, "titel": bad, "uitleg": bad}]},
        {"type": "checklist", "titel": bad, "items": [bad]},
        {"type": "contact", "items": [{"naam": bad, "nummer": bad, "wanneer": bad, "url": link}]},
        {"type": "noodnummers", "items": [{"naam": bad, "nummer": bad, "wanneer": bad}]},
        {"type": "bron", "items": [{"titel": bad, "url": link}], "gecontroleerd_op": bad},
        {"type": "onbekend", "html": bad},
        {"type": "constructor"},
    ]
    show(chat, text=f"{bad}\n- {bad}\n{link}", blocks=blocks, choices=[{"id": "1", "label": bad}])
    assert chat.log.locator("img, script").count() == 0
    hrefs = chat.log.locator("a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert [href for href in hrefs if not href.startswith(("tel:", "https:", "mailto:"))] == []
    assert chat.page.evaluate("() => window.raak") is None


def test_a_broken_block_does_not_take_the_message_with_it(open_chat: OpenChat) -> None:
    chat = open_chat()
    show(
        chat,
        text="De tekst blijft.",
        blocks=[{"type": "opties", "items": 3}, {"type": "vergelijking"}, {"type": "tijdlijn", "stappen": [None]}],
    )
    expect(chat.assistant.last).to_contain_text("De tekst blijft.")


def test_numbers_and_addresses_in_a_text_become_links(open_chat: OpenChat) -> None:
    chat = open_chat()
    show(
        chat,
        text="Bel 112, 0800-2000 of 14 053. Kijk op 113.nl of https://www.pgb.nl/regels. Het kost € 112 volgens artikel 113.\n- Mail niet naar a@b.nl",
    )
    hrefs = chat.assistant.last.locator("a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert hrefs == ["tel:112", "tel:08002000", "tel:14053", "https://113.nl/", "https://www.pgb.nl/regels"]
    expect(chat.assistant.last.locator("ul li")).to_have_text("Mail niet naar a@b.nl")


def test_the_token_never_travels_in_an_address(open_chat: OpenChat) -> None:
    chat = open_chat()
    addresses: list[str] = []
    chat.page.on("request", lambda request: addresses.append(request.url))
    chat.say("Wat is een pgb?")
    chat.page.reload()
    expect(chat.own).to_have_count(1)
    assert len(addresses) > 2
    assert not [address for address in addresses if chat.key["token"] in address]


def test_a_call_back_is_sent_only_with_consent_and_says_what_is_wrong(open_chat: OpenChat) -> None:
    chat = open_chat()
    show(chat, text="Vul in.", blocks=[{"type": "terugbelformulier"}])
    sent: list[object] = []
    chat.page.on(
        "request",
        lambda request: (
            sent.append(request.post_data_json)
            if request.url.endswith("/handover") and request.method == "POST"
            else None
        ),
    )
    send = chat.page.get_by_role("button", name="Ja, bel mij terug")
    name, phone = chat.page.get_by_label("Uw naam"), chat.page.get_by_label("Uw telefoonnummer")
    consent = chat.page.get_by_label("Ja, geef dit door")
    send.click()
    expect(name).to_be_focused()
    expect(name).to_have_accessible_description("Vul uw naam in. Een voornaam is genoeg.")
    name.fill("Fatma")
    expect(name).to_have_accessible_description("")
    expect(name).to_have_attribute("aria-invalid", "false")
    phone.fill("06 12")
    send.click()
    expect(phone).to_be_focused()
    phone.fill("06 12345678")
    send.click()
    expect(consent).to_be_focused()
    assert sent == []
    consent.check()
    send.click()
    expect(chat.page.get_by_text("Uw verzoek is verstuurd.")).to_be_focused()
    callback = {"name": "Fatma", "phone": "06 12345678", "best_time": "Maakt niet uit"}
    assert sent == [{"consent": True, "include": ["onderwerp", "gemeente"], "callback": callback}]
    expect(chat.page.locator(".van-systeem")).to_be_visible()


def test_the_build_is_small_and_parses_no_html() -> None:
    code = BUILD.read_bytes()
    assert len(gzip.compress(code)) < MAX_GZIP_BYTES
    for sink in (
        b"innerHTML",
        b"outerHTML",
        b"insertAdjacentHTML",
        b"document.write",
        b"eval(",
        b"new Function",
        b"document.cookie",
    ):
        assert sink not in code
