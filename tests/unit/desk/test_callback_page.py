"""Call-back requests at the desk: late ones first, the number only for who calls, and the resident can see how it goes."""

from __future__ import annotations

import re

from steunwijzer.accounts import MEDEWERKER
from tests.unit.desk.conftest import VOORBEELDSTAD, Browser, Desk
from tests.unit.desk.resident import Resident, resident

SANNE, PIET = "sanne@voorbeeldstad.example", "piet@voorbeeldstad.example"
ROLE = (VOORBEELDSTAD, MEDEWERKER)


async def asked(desk: Desk, name: str = "Jo Jansen", phone: str = "0612345678") -> Resident:
    somebody = await resident(desk)
    given = {"name": name, "phone": phone, "best_time": "in de ochtend"}
    answer = await somebody.hand_over(callback=given)
    assert answer.json()["status"] == "terugbelverzoek", answer.text
    return somebody


async def path_of(browser: Browser, name: str) -> str:
    page = (await browser.get("/balie/terugbellen")).text
    row = next(row for row in page.split("<li ") if name in row)
    found = re.search(r'action="(/balie/terugbellen/[0-9a-f-]{36})/', row)
    assert found, row
    return found[1]


async def act(browser: Browser, path: str, name: str) -> str:
    answer = await browser.post(f"{path}/{name}", on="/balie/terugbellen")
    assert answer.status_code == 303, answer.text
    return (await browser.get("/balie/terugbellen")).text


async def test_the_number_is_for_who_takes_the_request(desk: Desk) -> None:
    sanne, piet = await desk.signed_in(SANNE, ROLE), await desk.signed_in(PIET, ROLE)
    await asked(desk)
    path = await path_of(sanne, "Jo Jansen")
    assert "06 12345678" not in (await sanne.get("/balie/terugbellen")).text
    page = await act(sanne, path, "oppakken")
    assert 'href="tel:+31612345678"' in page
    assert "06 12345678" in page
    others = (await piet.get("/balie/terugbellen")).text
    assert "+31612345678" not in others
    assert "opgepakt: Sanne" in others
    assert "al opgepakt of afgehandeld" in await act(piet, path, "oppakken")


async def test_called_in_vain_twice_then_reached_and_the_resident_reads_it(desk: Desk) -> None:
    browser = await desk.signed_in(SANNE, ROLE)
    somebody = await asked(desk)
    path = await path_of(browser, "Jo Jansen")
    await act(browser, path, "oppakken")
    assert "1 keer vergeefs gebeld" in await act(browser, path, "niet-bereikt")
    assert "2 keer vergeefs gebeld" in await act(browser, path, "niet-bereikt")
    page = await act(browser, path, "gebeld")
    assert "Er hoeft niemand gebeld te worden." in page
    answer = await desk.client.get(f"{somebody.url}/handover", headers=somebody.headers)
    assert answer.json()["callback"]["status"] == "gebeld"


async def test_what_is_late_stands_first_and_says_so_in_words(desk: Desk) -> None:
    browser = await desk.signed_in(SANNE, ROLE)
    await asked(desk, "Jo Jansen")
    desk.clock.forward(days=10)
    browser = await desk.sign_in(SANNE)
    await asked(desk, "Bo Bakker", "0612345679")
    page = (await browser.get("/balie/terugbellen")).text
    assert page.index("Jo Jansen") < page.index("Bo Bakker")
    late, in_time = page.split("<li ")[-2:]
    assert "Te laat" in late
    assert "Te laat" not in in_time


async def test_an_act_that_does_not_exist_is_not_there(desk: Desk) -> None:
    browser = await desk.signed_in(SANNE, ROLE)
    await asked(desk)
    path = await path_of(browser, "Jo Jansen")
    assert (await browser.post(f"{path}/wissen", on="/balie/terugbellen")).status_code == 404
