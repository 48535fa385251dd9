"""What every page of the desk has: its policy, an answer in Dutch when something is wrong, files of our own only."""

from __future__ import annotations

import base64
import hashlib
import json
import re

import pytest

from steunwijzer.accounts import MEDEWERKER
from steunwijzer.desk.rendering import STATIC, TEMPLATES
from tests.unit.desk.conftest import VOORBEELDSTAD, Desk

ANNE = "anne@voorbeeldstad.example"


async def test_a_page_runs_and_shows_nothing_but_our_own_and_is_kept_nowhere(desk: Desk) -> None:
    headers = (await desk.browser().get("/balie/aanmelden")).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["cache-control"] == "no-store"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"


def test_no_template_has_code_or_style_in_it() -> None:
    for path in TEMPLATES.glob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|\bsafe\b|autoescape false", text), (
            path.name
        )


async def test_what_is_not_there_is_a_page_in_dutch_and_the_api_keeps_its_own(desk: Desk) -> None:
    answer = await desk.browser().get("/balie/bestaat-niet")
    assert answer.status_code == 404
    assert "Niet gevonden" in answer.text
    assert answer.headers["content-type"].startswith("text/html")
    api = await desk.browser().get("/api/v1/bestaat-niet")
    assert api.headers["content-type"].startswith("application/problem+json")
    assert (await desk.browser().get("/baliekluiver")).headers["content-type"].startswith("application/problem+json")


async def test_who_is_signed_in_sees_the_menu_on_a_page_that_is_not_there(desk: Desk) -> None:
    browser = await desk.signed_in(ANNE, (VOORBEELDSTAD, MEDEWERKER))
    assert "Afmelden" in (await browser.get("/balie/bestaat-niet")).text


async def test_another_method_is_refused_in_dutch(desk: Desk) -> None:
    answer = await desk.browser().ask("DELETE", "/balie/aanmelden")
    assert answer.status_code == 405
    assert "Dat kan hier niet" in answer.text
    assert "GET" in answer.headers["allow"]


async def test_a_form_that_is_too_big_is_refused_in_dutch(desk: Desk) -> None:
    answer = await desk.browser().ask("POST", "/balie/aanmelden", data={"email": "x" * 30_000})
    assert answer.status_code == 413
    assert "te groot" in answer.text


@pytest.mark.parametrize("name", ["..%2f__init__.py", "LEESMIJ.md", "layout.html", "bestaat-niet.css"])
async def test_only_files_for_browsers_are_handed_out(desk: Desk, name: str) -> None:
    assert (await desk.browser().get(f"/balie/static/{name}")).status_code == 404


async def test_files_are_found_by_their_fingerprint_and_then_kept(desk: Desk) -> None:
    page = (await desk.browser().get("/balie/aanmelden")).text
    addresses = re.findall(r'(?:href|src)="(/balie/static/[^"]+)"', page)
    assert len(addresses) == 2
    for address in addresses:
        answer = await desk.browser().get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]


def test_htmx_is_the_file_its_note_says_it_is() -> None:
    note = json.loads((STATIC / "htmx.json").read_text(encoding="utf-8"))
    digest = hashlib.sha384((STATIC / "htmx.min.js").read_bytes()).digest()
    assert note["sha384"] == base64.b64encode(digest).decode()
    assert note["versie"] in (STATIC / "LEESMIJ.md").read_text(encoding="utf-8")


async def test_a_message_is_shown_once_and_cannot_be_made_up(desk: Desk) -> None:
    browser = await desk.signed_in(ANNE, (VOORBEELDSTAD, MEDEWERKER))
    body = base64.urlsafe_b64encode(json.dumps({"tekst": "Bel 0900", "soort": "fout", "link": ""}).encode()).decode()
    for cookie in (f"{body}.", f"{body}.{'0' * 64}", "rommel", "%C3%A9."):
        browser.cookies["__Host-balie-melding"] = cookie
        assert "Bel 0900" not in (await browser.get("/balie/account")).text


async def test_a_closed_door_for_residents_leaves_the_desk_open(desk: Desk) -> None:
    desk.app.ctx.doors.closed = {"pages": "onderhoud", "chat": "onderhoud"}
    assert (await desk.browser().get("/balie/aanmelden")).status_code == 200


async def test_a_request_of_htmx_is_sent_to_sign_in_as_a_whole_page(desk: Desk) -> None:
    answer = await desk.browser().get("/balie/account", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["hx-redirect"]) == (401, "/balie/aanmelden")


async def test_an_error_of_ours_tells_nothing_of_what_went_wrong(desk: Desk) -> None:
    browser = await desk.signed_in(ANNE, (VOORBEELDSTAD, MEDEWERKER))
    desk.app.ctx.content = None
    answer = await browser.get("/balie/account")
    assert answer.status_code == 500
    assert "Traceback" not in answer.text
    assert "NoneType" not in answer.text
