"""Call-back requests at the desk: late ones first, the number only for who calls, and the resident can see how it goes."""

from __future__ import annotations

import re

from steunwijzer.accounts import MEDEWERKER
from tests.unit.desk.conftest import ELDERS, VOORBEELDSTAD, Browser, Desk
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


async def test_who_calls_reads_the_talk_that_was_passed_on_with_the_request(desk: Desk) -> None:
    browser = await desk.signed_in(SANNE, ROLE)
    elsewhere = await desk.signed_in("kim@elders.example", (ELDERS, MEDEWERKER))
    somebody = await asked(desk)
    desk.clock.forward(seconds=1)
    await somebody.say("Dit is van later.")
    page = (await browser.get("/balie/terugbellen")).text
    assert "“Mijn moeder valt steeds.”" in page
    where = f"/balie/geschiedenis/{somebody.id}"
    assert f'href="{where}"' in page
    talk = (await browser.get(where)).text
    assert "Mijn moeder valt steeds." in talk
    assert "nog niet opgepakt" in talk
    # What was said after the request was not passed on.
    assert "Dit is van later." not in talk
    assert somebody.id in (await browser.get("/balie/geschiedenis?woorden=moeder")).text
    assert somebody.id not in (await browser.get("/balie/geschiedenis?woorden=later")).text
    assert (await elsewhere.get(where)).status_code == 404
    # Withdrawn: nobody's to read any more.
    await desk.client.delete(f"{somebody.url}/handover", headers=somebody.headers)
    assert (await browser.get(where)).status_code == 404


async def test_without_consent_for_the_talk_only_the_request_is_there(desk: Desk) -> None:
    browser = await desk.signed_in(SANNE, ROLE)
    somebody = await resident(desk)
    given = {"name": "Jo Jansen", "phone": "0612345678"}
    await somebody.hand_over(include=["onderwerp", "gemeente"], callback=given)
    page = (await browser.get("/balie/terugbellen")).text
    assert "Jo Jansen" in page
    assert "Lees het gesprek" not in page
    assert "moeder" not in page
    talk = (await browser.get(f"/balie/geschiedenis/{somebody.id}")).text
    assert "De inwoner gaf het gesprek zelf niet door." in talk
    assert "moeder" not in talk


async def test_a_message_kept_back_from_the_request_stays_back(desk: Desk) -> None:
    browser = await desk.signed_in(SANNE, ROLE)
    somebody = await resident(desk, said=("Mijn moeder valt steeds.", "Het is een geheim."))
    secret = next(message["id"] for message in await somebody.seen() if "geheim" in message["text"])
    await somebody.hand_over(leave_out=[secret], callback={"name": "Jo Jansen", "phone": "0612345678"})
    for path in ("/balie/terugbellen", f"/balie/geschiedenis/{somebody.id}"):
        page = (await browser.get(path)).text
        assert "moeder" in page
        assert "geheim" not in page
