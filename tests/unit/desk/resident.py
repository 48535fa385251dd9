"""A resident who talks with the front office over HTTP, and a colleague's desk in front of the same database."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import httpx

from tests.unit.desk.conftest import VOORBEELDSTAD, Browser, Desk

ALL_OF_IT = ("gesprek", "onderwerp", "gemeente")


@dataclass
class Resident:
    """One conversation. Without an engine the assistant only apologises; the hand-over needs none."""

    client: httpx.AsyncClient
    url: str
    id: str
    headers: dict[str, str]

    async def say(self, text: str) -> httpx.Response:
        """Type something."""
        body = {"client_id": str(uuid.uuid4()), "text": text}
        return await self.client.post(f"{self.url}/messages", json=body, headers=self.headers)

    async def hand_over(self, **given: Any) -> httpx.Response:
        """Agree that the conversation is passed on."""
        body = {"consent": True, "include": list(ALL_OF_IT), **given}
        return await self.client.post(f"{self.url}/handover", json=body, headers=self.headers)

    async def seen(self) -> list[dict[str, Any]]:
        """All messages as the resident has them."""
        answer = await self.client.get(self.url, headers=self.headers)
        found: list[dict[str, Any]] = answer.json()["messages"]
        return found

    async def status(self) -> str:
        """Of the conversation."""
        return str((await self.client.get(self.url, headers=self.headers)).json()["status"])


async def resident(
    desk: Desk, gemeente: str = VOORBEELDSTAD, said: Sequence[str] = ("Mijn moeder valt steeds.",)
) -> Resident:
    """Somebody who started a conversation and said something."""
    begun = (
        await desk.client.post(f"{desk.site}/api/v1/conversations", json={"gemeente": gemeente, "taal": "nl"})
    ).json()
    made = Resident(
        desk.client, f"{desk.site}/api/v1/conversations/{begun['id']}", begun["id"], {"Authorization": f"Bearer {begun['token']}"}
    )  # fmt: skip
    for text in said:
        assert (await made.say(text)).status_code == 200
    return made


async def present(browser: Browser, stand: str = "beschikbaar") -> None:
    """The colleague says that they are there."""
    answer = await browser.post("/balie/aanwezig", {"stand": stand, "terug": "/balie/werklijst"}, on="/balie/werklijst")
    assert answer.status_code == 303


async def waiting(desk: Desk, staff: Browser, **given: Any) -> tuple[Resident, str]:
    """A resident whose talk waits, and the path of its page."""
    await present(staff)
    leave_out = given.pop("hand_over", {})
    somebody = await resident(desk, **given)
    answer = await somebody.hand_over(**leave_out)
    assert answer.json()["status"] == "wachtrij", answer.text
    return somebody, await newest(staff)


async def newest(staff: Browser) -> str:
    """The path of the last talk in the list of who waits."""
    page = await staff.get("/balie/werklijst")
    found = re.findall(r'action="(/balie/gesprek/[0-9a-f-]{36})/oppakken"', page.text)
    assert found, page.text
    return str(found[-1])


async def taken(desk: Desk, staff: Browser, **given: Any) -> tuple[Resident, str]:
    """A talk that this colleague has."""
    somebody, path = await waiting(desk, staff, **given)
    answer = await staff.post(f"{path}/oppakken", on=path)
    assert answer.headers["location"] == path
    return somebody, path
