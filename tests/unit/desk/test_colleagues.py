"""The administrator's pages: adding, roles, links, on and off; and where an administrator's power ends."""

from __future__ import annotations

import re

import pytest

from steunwijzer.accounts import BEHEERDER, MEDEWERKER, TEAMLEIDER
from tests.unit.desk.conftest import ELDERS, VOORBEELDSTAD, Browser, Desk

BOSS, BRAM = "baas@voorbeeldstad.example", "bram@voorbeeldstad.example"


@pytest.fixture
async def boss(desk: Desk) -> Browser:
    """The administrator of Voorbeeldstad, signed in."""
    return await desk.signed_in(BOSS, (VOORBEELDSTAD, BEHEERDER))


def new(**other: str) -> dict[str, str]:
    return {"naam": "Bram Jansen", "email": BRAM, "rol": f"{VOORBEELDSTAD}:{MEDEWERKER}", **other}


async def page_of(desk: Desk, email: str) -> str:
    return f"/balie/collegas/{(await desk.who(email)).id}"


async def test_a_colleague_is_added_and_gets_in_with_the_link(desk: Desk, boss: Browser) -> None:
    answer = await boss.post("/balie/collegas", new())
    assert answer.status_code == 303
    page = (await boss.get(answer.headers["location"])).text
    link = re.search(rf'value="{desk.site}(/balie/instellen/[^"]+)"', page)
    assert link
    assert "Bram Jansen" in (await desk.browser().get(link[1])).text
    assert link[1] not in (await boss.get(answer.headers["location"])).text
    assert (await desk.who(BRAM)).roles == {VOORBEELDSTAD: frozenset({MEDEWERKER})}


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"naam": " "}, "naam"),
        ({"email": "nee"}, "e-mailadres"),
        ({"email": BOSS}, "al een collega"),
        ({"rol": ""}, "rol"),
    ],
)
async def test_what_was_filled_in_wrongly_is_said_and_the_rest_stays(
    desk: Desk, boss: Browser, wrong: dict[str, str], says: str
) -> None:
    answer = await boss.post("/balie/collegas", new(**wrong))
    assert answer.status_code == 422
    assert says in re.sub(r"(?s)^.*role=\"alert\">(.*?)</div>.*$", r"\1", answer.text)
    assert wrong.get("naam") or 'value="Bram Jansen"' in answer.text


async def test_text_of_a_form_is_never_code_of_the_page(desk: Desk, boss: Browser) -> None:
    answer = await boss.post("/balie/collegas", new(naam='"><script>alert(1)</script>'))
    page = (await boss.get(answer.headers["location"])).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


async def test_roles_become_what_is_ticked(desk: Desk, boss: Browser) -> None:
    await desk.colleague(BRAM, (VOORBEELDSTAD, MEDEWERKER))
    page = await page_of(desk, BRAM)
    ticked = {"rol": [f"{VOORBEELDSTAD}:{TEAMLEIDER}", f"{ELDERS}:{BEHEERDER}"]}
    assert (await boss.post(f"{page}/rollen", ticked, on=page)).status_code == 303
    assert (await desk.who(BRAM)).roles == {VOORBEELDSTAD: frozenset({TEAMLEIDER})}


async def test_an_administrator_does_not_take_that_role_from_oneself_nor_switch_oneself_off(
    desk: Desk, boss: Browser
) -> None:
    page = await page_of(desk, BOSS)
    ticked = {"rol": f"{VOORBEELDSTAD}:{MEDEWERKER}"}
    assert (await boss.post(f"{page}/rollen", ticked, on=page)).status_code == 403
    for act in ("uit", "link"):
        assert (await boss.post(f"{page}/{act}", on=page)).status_code == 403
    assert (await desk.who(BOSS)).roles == {VOORBEELDSTAD: frozenset({BEHEERDER})}


async def test_switching_off_signs_the_colleague_out_at_once(desk: Desk, boss: Browser) -> None:
    bram = await desk.signed_in(BRAM, (VOORBEELDSTAD, MEDEWERKER))
    page = await page_of(desk, BRAM)
    await boss.post(f"{page}/uit", on=page)
    assert (await bram.get("/balie/account")).status_code == 303
    assert (await desk.browser().post("/balie/aanmelden", desk.filled_in(BRAM))).status_code == 401
    await boss.post(f"{page}/aan", on=page)
    await desk.sign_in(BRAM)


async def test_the_roles_of_another_municipality_are_neither_seen_nor_changed(desk: Desk, boss: Browser) -> None:
    await desk.colleague(BRAM, (VOORBEELDSTAD, MEDEWERKER), (ELDERS, TEAMLEIDER))
    page = await page_of(desk, BRAM)
    text = (await boss.get(page)).text
    assert ELDERS not in text
    await boss.post(f"{page}/rollen", {}, on=page)
    assert (await desk.who(BRAM)).roles == {ELDERS: frozenset({TEAMLEIDER})}


@pytest.mark.parametrize("act", ["link", "uit", "aan"])
async def test_nobody_takes_over_the_account_of_who_works_elsewhere_too(desk: Desk, boss: Browser, act: str) -> None:
    await desk.colleague(BRAM, (VOORBEELDSTAD, MEDEWERKER), (ELDERS, MEDEWERKER))
    page = await page_of(desk, BRAM)
    answer = await boss.post(f"{page}/{act}", on=page)
    assert answer.status_code == 403
    assert "geen beheerder" in answer.text


async def test_the_menu_has_only_what_one_may_open(desk: Desk, boss: Browser) -> None:
    assert 'href="/balie/collegas"' in (await boss.get("/balie/account")).text
    bram = await desk.signed_in(BRAM, (VOORBEELDSTAD, MEDEWERKER))
    assert 'href="/balie/collegas"' not in (await bram.get("/balie/account")).text
