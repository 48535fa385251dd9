"""The work list: who waits, in which order, with what; and who may take it."""

from __future__ import annotations

import asyncio

from steunwijzer.accounts import MEDEWERKER, RAADPLEGER
from tests.unit.desk.conftest import ELDERS, VOORBEELDSTAD, Desk
from tests.unit.desk.resident import present, resident, waiting

SANNE, PIET = "sanne@voorbeeldstad.example", "piet@voorbeeldstad.example"
ROLE = (VOORBEELDSTAD, MEDEWERKER)


async def test_with_nobody_waiting_the_lists_say_so(desk: Desk) -> None:
    page = await (await desk.signed_in(SANNE, ROLE)).get("/balie/werklijst")
    assert "Er wacht niemand." in page.text
    assert "U heeft nu geen gesprek." in page.text


async def test_a_colleague_is_away_until_they_say_that_they_are_there(desk: Desk) -> None:
    browser = await desk.signed_in(SANNE, ROLE)
    assert "U staat op afwezig" in (await browser.get("/balie/werklijst")).text
    somebody = await resident(desk)
    assert (await somebody.hand_over()).json()["status"] == "gevraagd"
    await present(browser)
    assert "U staat op afwezig" not in (await browser.get("/balie/werklijst")).text
    assert (await somebody.hand_over()).json()["status"] == "wachtrij"


async def test_the_open_page_keeps_the_colleague_there_and_without_it_nobody_is(desk: Desk) -> None:
    browser = await desk.signed_in(SANNE, ROLE)
    await present(browser)
    desk.clock.forward(seconds=80)
    await browser.post("/balie/hier", on="/balie/werklijst")
    desk.clock.forward(seconds=80)
    assert (await (await resident(desk)).hand_over()).json()["status"] == "wachtrij"
    desk.clock.forward(seconds=100)
    assert (await (await resident(desk)).hand_over()).json()["status"] == "gevraagd"


async def test_a_row_tells_who_needs_what_in_the_words_of_the_resident(desk: Desk) -> None:
    browser = await desk.signed_in(SANNE, ROLE)
    await waiting(desk, browser, said=("Mijn moeder valt steeds.",))
    desk.clock.forward(minutes=12)
    page = (await browser.get("/balie/werklijst")).text
    assert "“Mijn moeder valt steeds.”" in page
    assert "Gewoon" in page
    assert "12 min" in page
    assert "De inwoner vroeg om een medewerker" in page


async def test_what_a_resident_typed_is_text_on_the_page_and_nothing_else(desk: Desk) -> None:
    browser = await desk.signed_in(SANNE, ROLE)
    _, path = await waiting(desk, browser, said=('<script>alert(1)</script> "><img src=x>',))
    for page in ("/balie/werklijst", path, f"{path}/afdruk", f"{path}/berichten?na=0"):
        shown = (await browser.get(page)).text
        assert "<script>alert" not in shown
        assert "<img" not in shown
        assert "&lt;script&gt;" in shown


async def test_two_colleagues_at_once_are_one_winner_and_one_who_reads_who_has_it(desk: Desk) -> None:
    sanne, piet = await desk.signed_in(SANNE, ROLE), await desk.signed_in(PIET, ROLE)
    _, path = await waiting(desk, sanne)
    answers = await asyncio.gather(
        *(one.post(f"{path}/oppakken", {"vanaf": "werklijst"}, on="/balie/werklijst") for one in (sanne, piet))
    )
    places = sorted(answer.headers["location"] for answer in answers)
    assert places == [path, "/balie/werklijst"]
    loser = sanne if answers[0].headers["location"] == "/balie/werklijst" else piet
    winner = "Piet" if loser is sanne else "Sanne"
    assert f"{winner} heeft dit gesprek al opgepakt" in (await loser.get("/balie/werklijst")).text


async def test_who_may_only_read_sees_the_list_and_takes_nothing(desk: Desk) -> None:
    staff = await desk.signed_in(SANNE, ROLE)
    reader = await desk.signed_in("lees@voorbeeldstad.example", (VOORBEELDSTAD, RAADPLEGER))
    _, path = await waiting(desk, staff)
    page = (await reader.get("/balie/werklijst")).text
    assert "Mijn moeder valt steeds." in page
    assert "Oppakken" not in page
    talk = (await reader.get(path)).text
    assert "Oppakken" not in talk
    assert "Uw antwoord" not in talk
    answer = await reader.post(f"{path}/oppakken", on="/balie/account")
    assert answer.status_code == 403


async def test_a_colleague_elsewhere_sees_nothing_of_it(desk: Desk) -> None:
    staff = await desk.signed_in(SANNE, ROLE)
    other = await desk.signed_in("iemand@elders.example", (ELDERS, MEDEWERKER))
    _, path = await waiting(desk, staff)
    assert "Mijn moeder" not in (await other.get("/balie/werklijst")).text
    assert (await other.get(path)).status_code == 404


async def test_the_piece_for_scripts_has_the_same_rows_as_the_page(desk: Desk) -> None:
    browser = await desk.signed_in(SANNE, ROLE)
    await waiting(desk, browser)
    piece = (await browser.get("/balie/werklijst/rijen")).text
    assert "Mijn moeder valt steeds." in piece
    assert "<html" not in piece


async def test_the_switch_is_on_every_page_and_brings_one_back_there(desk: Desk) -> None:
    browser = await desk.signed_in(SANNE, ROLE)
    for path in ("/balie/werklijst", "/balie/terugbellen", "/balie/geschiedenis", "/balie/account", "/balie/toetsen"):
        page = (await browser.get(path)).text
        assert "U bent <strong>afwezig</strong>" in page, path
        assert f'name="terug" value="{path}"' in page
    # Who reads only has nothing to switch.
    reader = await desk.signed_in("lezer@voorbeeldstad.example", (VOORBEELDSTAD, RAADPLEGER))
    assert "U bent <strong>" not in (await reader.get("/balie/geschiedenis")).text
