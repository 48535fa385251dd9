"""Signing in at the desk: with the right three things only, once per code, and not too often wrong."""

from __future__ import annotations

import re

import pytest

from steunwijzer.accounts import MEDEWERKER, totp
from tests.unit.desk.conftest import PASSWORD, SECRET, VOORBEELDSTAD, Desk

ANNE = "anne@voorbeeldstad.example"
ROLE = (VOORBEELDSTAD, MEDEWERKER)


async def test_a_colleague_signs_in_and_out(desk: Desk) -> None:
    browser = await desk.signed_in(ANNE, ROLE)
    assert "Anne" in (await browser.get("/balie/account")).text
    answer = await browser.post("/balie/afmelden", on="/balie/account")
    assert answer.headers["location"] == "/balie/afgemeld"
    assert "__Host-balie" not in browser.cookies
    assert (await browser.get("/balie/account")).headers["location"].startswith("/balie/aanmelden")


async def test_the_cookie_is_for_this_site_only_and_not_for_scripts(desk: Desk) -> None:
    await desk.colleague(ANNE, ROLE)
    answer = await desk.browser().post("/balie/aanmelden", desk.filled_in(ANNE))
    line = next(line for line in answer.headers.get_list("set-cookie") if line.startswith("__Host-balie="))
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= {part.strip() for part in line.split(";")}
    assert "domain" not in line.lower()


async def test_a_session_that_was_there_before_signing_in_is_not_used_after_it(desk: Desk) -> None:
    browser = await desk.signed_in(ANNE, ROLE)
    before = browser.cookies["__Host-balie"]
    fields = desk.filled_in(ANNE)
    other = desk.browser()
    await other.get("/balie/aanmelden")
    other.cookies["__Host-balie"] = before
    page = await desk.browser().get("/balie/aanmelden")
    other.cookies["__Host-balie-voor"] = cookie_of(page)
    answer = await other.ask("POST", "/balie/aanmelden", data={**fields, "csrf": csrf_of(page.text)})
    assert answer.status_code == 303
    assert other.cookies["__Host-balie"] != before
    browser.cookies["__Host-balie"] = before
    assert (await browser.get("/balie/account")).status_code == 303


def csrf_of(text: str) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', text)
    assert found
    return found[1]


def cookie_of(answer) -> str:  # type: ignore[no-untyped-def]
    line = next(line for line in answer.headers.get_list("set-cookie") if line.startswith("__Host-balie-voor="))
    return line.split("=", 1)[1].split(";")[0].strip('"')


@pytest.mark.parametrize(
    "wrong",
    [{"wachtwoord": "iets heel anders dan dat"}, {"code": "000000"}, {"email": "niemand@voorbeeldstad.example"}],
)
async def test_one_thing_wrong_and_the_answer_does_not_tell_which(desk: Desk, wrong: dict[str, str]) -> None:
    await desk.colleague(ANNE, ROLE)
    answer = await desk.browser().post("/balie/aanmelden", desk.filled_in(ANNE, **wrong))
    assert answer.status_code == 401
    assert "Kijk uw e-mailadres, wachtwoord en code na" in answer.text
    assert PASSWORD not in answer.text


async def test_a_code_works_once(desk: Desk) -> None:
    await desk.colleague(ANNE, ROLE)
    fields = desk.filled_in(ANNE)
    assert (await desk.browser().post("/balie/aanmelden", fields)).status_code == 303
    assert (await desk.browser().post("/balie/aanmelden", fields)).status_code == 401


async def test_a_form_from_elsewhere_is_refused(desk: Desk) -> None:
    await desk.colleague(ANNE, ROLE)
    answer = await desk.browser().ask("POST", "/balie/aanmelden", data=desk.filled_in(ANNE))
    assert answer.status_code == 403
    other = await desk.browser().get("/balie/aanmelden")
    browser = desk.browser()
    await browser.get("/balie/aanmelden")
    stolen = {**desk.filled_in(ANNE), "csrf": csrf_of(other.text)}
    assert (await browser.ask("POST", "/balie/aanmelden", data=stolen)).status_code == 403


@pytest.mark.parametrize("email", [ANNE, "niemand@voorbeeldstad.example"])
async def test_after_five_failures_nobody_gets_in_for_a_while_and_that_while_grows(desk: Desk, email: str) -> None:
    await desk.colleague(ANNE, ROLE)
    for _ in range(5):
        assert "klopt niet" in (await desk.browser().post("/balie/aanmelden", wrong(email))).text
    right = desk.filled_in(ANNE, email=email)
    assert "over 1 minuut" in (await desk.browser().post("/balie/aanmelden", right)).text
    desk.clock.forward(minutes=2)
    assert "klopt niet" in (await desk.browser().post("/balie/aanmelden", wrong(email))).text
    assert "over 2 minuten" in (await desk.browser().post("/balie/aanmelden", right)).text


async def test_after_waiting_the_right_things_open_the_door_and_failures_are_forgotten(desk: Desk) -> None:
    await desk.colleague(ANNE, ROLE)
    for _ in range(5):
        await desk.browser().post("/balie/aanmelden", wrong(ANNE))
    desk.clock.forward(minutes=2)
    await desk.sign_in(ANNE)
    await desk.browser().post("/balie/aanmelden", wrong(ANNE))
    await desk.sign_in(ANNE)


async def test_an_address_that_tries_many_accounts_waits_too(desk: Desk) -> None:
    await desk.colleague(ANNE, ROLE)
    for number in range(20):
        await desk.browser().post("/balie/aanmelden", wrong(f"gok{number}@voorbeeldstad.example"))
    assert "te vaak mis" in (await desk.browser().post("/balie/aanmelden", desk.filled_in(ANNE))).text


def wrong(email: str) -> dict[str, str]:
    return {"email": email, "wachtwoord": "dit is het vast niet", "code": "000000"}


async def test_without_anything_happening_a_session_ends_after_half_an_hour(desk: Desk) -> None:
    browser = await desk.signed_in(ANNE, ROLE)
    desk.clock.forward(minutes=29)
    assert (await browser.get("/balie/account")).status_code == 200
    desk.clock.forward(minutes=29)
    assert (await browser.get("/balie/account")).status_code == 200
    desk.clock.forward(minutes=30)
    assert (await browser.get("/balie/account")).status_code == 303


async def test_after_twelve_hours_one_signs_in_again_however_busy(desk: Desk) -> None:
    browser = await desk.signed_in(ANNE, ROLE)
    for _ in range(35):
        desk.clock.forward(minutes=20)
        assert (await browser.get("/balie/account")).status_code == 200
    desk.clock.forward(minutes=20)
    assert (await browser.get("/balie/account")).status_code == 303


async def test_signing_out_everywhere_ends_every_session(desk: Desk) -> None:
    first = await desk.signed_in(ANNE, ROLE)
    second = await desk.sign_in(ANNE)
    await second.post("/balie/overal-afmelden", on="/balie/account")
    assert (await first.get("/balie/account")).status_code == 303
    assert (await second.get("/balie/account")).status_code == 303


async def test_one_comes_back_to_the_page_one_asked_for_and_never_elsewhere(desk: Desk) -> None:
    await desk.colleague(ANNE, ROLE)
    asked = await desk.browser().get("/balie/account?x=1")
    assert asked.headers["location"] == "/balie/aanmelden?verder=%2Fbalie%2Faccount%3Fx%3D1"
    for given, becomes in [
        ("/balie/account?x=1", "/balie/account?x=1"),
        ("https://elders.example/balie", "/balie"),
        ("//elders.example/balie", "/balie"),
        ("/balie\\@elders.example", "/balie"),
        ("/baliekluiver", "/balie"),
        ("/api/v1/health", "/balie"),
    ]:
        answer = await desk.browser().post("/balie/aanmelden", desk.filled_in(ANNE, verder=given))
        assert answer.headers["location"] == becomes


async def test_setting_up_an_account_by_its_link(desk: Desk) -> None:
    _, token = await desk.invite(ANNE, ROLE)
    browser, path = desk.browser(), f"/balie/instellen/{token}"
    page = await browser.get(path)
    assert page.status_code == 200
    assert "<svg" in page.text
    assert "style=" not in page.text
    desk.keys[ANNE] = totp.secret_for(SECRET, token)
    fields = {"wachtwoord": PASSWORD, "nog_eens": PASSWORD, "code": desk.code(ANNE)}
    short = await browser.post(path, {**fields, "wachtwoord": "kort", "nog_eens": "kort"})
    assert short.status_code == 422
    assert "minstens 12 tekens" in short.text
    assert (await browser.post(path, {**fields, "nog_eens": "iets anders dan dat"})).status_code == 422
    assert (await browser.post(path, {**fields, "code": "000000"})).status_code == 422
    assert (await browser.post(path, fields)).headers["location"] == "/balie"
    assert (await browser.get("/balie/account")).status_code == 200
    assert (await desk.browser().get(path)).status_code == 404
    await desk.sign_in(ANNE)


async def test_a_link_is_of_no_use_after_three_days(desk: Desk) -> None:
    _, token = await desk.invite(ANNE, ROLE)
    desk.clock.forward(hours=72)
    answer = await desk.browser().get(f"/balie/instellen/{token}")
    assert answer.status_code == 404
    assert "Vraag de beheerder om een nieuwe" in answer.text


async def test_while_there_is_no_account_the_page_says_how_to_make_one(desk: Desk) -> None:
    assert "steunwijzer collega maak" in (await desk.browser().get("/balie/aanmelden")).text
    await desk.invite(ANNE, ROLE)
    assert "steunwijzer collega maak" not in (await desk.browser().get("/balie/aanmelden")).text
