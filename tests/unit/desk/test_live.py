"""What is pushed to open pages: that something happened, to whom it concerns, and nothing of what was said."""

from __future__ import annotations

import asyncio
import html
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from steunwijzer.accounts import MEDEWERKER
from tests.unit.desk.conftest import ELDERS, VOORBEELDSTAD, Browser, Desk
from tests.unit.desk.resident import present, resident, taken

SANNE = "sanne@voorbeeldstad.example"
ROLE = (VOORBEELDSTAD, MEDEWERKER)
Happened = tuple[str, Any, str]


class Stream:
    """Events of one open page, as (name, data, id)."""

    def __init__(self, lines: AsyncIterator[str]) -> None:
        self._lines = lines

    async def next(self, *names: str) -> Happened:
        """The next event with one of these names."""
        name, number = "", ""
        async with asyncio.timeout(60):
            async for line in self._lines:
                if line.startswith("id: "):
                    number = line[4:]
                elif line.startswith("event: "):
                    name = line[7:]
                elif line.startswith("data: ") and name in names:
                    return name, json.loads(line[6:]), number
        raise AssertionError("the stream ended")

    async def both(self) -> list[Happened]:
        """One event of the lists and one of the talk, in the order in which they came: the two do not wait for each other."""
        first = await self.next("bericht", "lijst")
        return [first, await self.next("lijst" if first[0] == "bericht" else "bericht")]


@asynccontextmanager
async def opened(browser: Browser, path: str = "/balie/live", last: str = "") -> AsyncIterator[Stream]:
    headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in browser.cookies.items())}
    if last:
        headers["Last-Event-ID"] = last
    async with browser.client.stream("GET", browser.site + path, headers=headers, timeout=90) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        yield Stream(answer.aiter_lines())


async def test_who_waits_is_counted_on_every_open_page_of_that_municipality_only(desk: Desk) -> None:
    sanne = await desk.signed_in(SANNE, ROLE)
    other = await desk.signed_in("iemand@elders.example", (ELDERS, MEDEWERKER))
    await present(sanne)
    async with opened(sanne) as here, opened(other) as elsewhere:
        assert (await here.next("lijst"))[1]["wachten"] == 0
        assert (await elsewhere.next("lijst"))[1]["wachten"] == 0
        somebody = await resident(desk)
        await somebody.hand_over()
        _, data, _ = await here.next("lijst")
        assert (data["wachten"], data["samen"]) == (1, 1)
        try:
            async with asyncio.timeout(2):
                raise AssertionError(await elsewhere.next("lijst"))
        except TimeoutError:
            pass


async def test_a_new_message_of_the_open_talk_comes_by_itself_and_without_its_text(desk: Desk) -> None:
    browser = await desk.signed_in(SANNE, ROLE)
    somebody, path = await taken(desk, browser)
    before = len(await somebody.seen())
    async with opened(browser, f"/balie/live?gesprek={path.rsplit('/', 1)[1]}&na={before}") as live:
        await live.next("lijst")
        await somebody.say("Dit is geheim.")
        _, data, number = await live.next("bericht")
        assert data == {"tot": before + 1}
        assert number.startswith(f"{before + 1}.")


async def test_danger_that_is_seen_after_the_message_was_shown_is_told_too(desk: Desk) -> None:
    browser = await desk.signed_in(SANNE, ROLE)
    somebody, path = await taken(desk, browser)
    case_id = path.rsplit("/", 1)[1]
    await somebody.say("het gaat zo niet langer")
    seen = len(await somebody.seen())
    async with opened(browser, f"/balie/live?gesprek={case_id}&na={seen}") as live:
        await live.next("lijst")
        # What the whole gate does when it has looked: neither a new message nor another state of the talk.
        desk.app.ctx.chat.desk.live.tell(VOORBEELDSTAD, somebody.id)
        _, data, _ = await live.next("bericht")
        assert data == {"tot": seen}


async def test_who_comes_back_hears_what_was_missed_and_nothing_twice(desk: Desk) -> None:
    browser = await desk.signed_in(SANNE, ROLE)
    somebody, path = await taken(desk, browser)
    address = f"/balie/live?gesprek={path.rsplit('/', 1)[1]}&na=0"
    async with opened(browser, address) as live:
        _, (_, _, last) = await live.both()
    desk.clock.forward(seconds=5)
    await somebody.say("Bent u er nog?")
    async with opened(browser, address, last) as live:
        happened = {name: data for name, data, _ in await live.both()}
        assert happened["bericht"] == {"tot": len(await somebody.seen())}
        assert happened["lijst"]["nieuw"] == 1


async def test_a_page_hears_that_its_talk_went_to_somebody_else(desk: Desk) -> None:
    sanne, piet = await desk.signed_in(SANNE, ROLE), await desk.signed_in("piet@voorbeeldstad.example", ROLE)
    _, path = await taken(desk, sanne)
    async with opened(sanne, f"/balie/live?gesprek={path.rsplit('/', 1)[1]}&na=0") as live:
        await live.both()
        desk.clock.forward(seconds=120)
        await piet.post(f"{path}/oppakken", on=path)
        assert (await live.next("stand"))[1] == {"stand": "in_gesprek", "van_u": False}


async def test_a_page_hears_what_happened_while_it_was_being_opened(desk: Desk) -> None:
    sanne, piet = await desk.signed_in(SANNE, ROLE), await desk.signed_in("piet@voorbeeldstad.example", ROLE)
    _, path = await taken(desk, sanne)
    shown = re.search(r'data-live="([^"]+)"', (await sanne.get(path)).text)
    assert shown
    desk.clock.forward(seconds=120)
    await piet.post(f"{path}/oppakken", on=path)
    async with opened(sanne, html.unescape(shown.group(1))) as live:
        assert (await live.next("stand"))[1] == {"stand": "in_gesprek", "van_u": False}


async def test_a_talk_of_elsewhere_has_no_stream(desk: Desk) -> None:
    sanne = await desk.signed_in(SANNE, ROLE)
    other = await desk.signed_in("iemand@elders.example", (ELDERS, MEDEWERKER))
    _, path = await taken(desk, sanne)
    assert (await other.get(f"/balie/live?gesprek={path.rsplit('/', 1)[1]}")).status_code == 404


async def test_who_signs_out_is_no_longer_there_for_residents(desk: Desk) -> None:
    browser = await desk.signed_in(SANNE, ROLE)
    await present(browser)
    await browser.post("/balie/afmelden", on="/balie/werklijst")
    assert (await (await resident(desk)).hand_over()).json()["status"] == "gevraagd"
