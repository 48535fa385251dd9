"""Who runs a municipality's desk sees what did not arrive, and sends it again or discards it, with a line in the log."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from steunwijzer.store import AuditEntry, Delivery
from tests.unit.desk.conftest import ELDERS, VOORBEELDSTAD, Browser, Desk
from tests.unit.desk.deliveries import delivery, failed_delivery

LIST = "/balie/bezorging"


async def states(desk: Desk) -> dict[str, str]:
    async with desk.app.ctx.database.transaction() as session:
        return {row.id: row.state for row in await session.scalars(select(Delivery))}


async def logged(desk: Desk) -> list[tuple[str, str, str]]:
    async with desk.app.ctx.database.transaction() as session:
        rows = await session.scalars(select(AuditEntry).where(AuditEntry.act.startswith("bezorging")))
        return [(row.act, row.subject, row.detail.get("reden", "")) for row in rows]


async def beheerder(desk: Desk) -> Browser:
    return await desk.signed_in("beheer@voorbeeldstad.example", (VOORBEELDSTAD, "beheerder"))


@pytest.mark.parametrize("role", ["beheerder", "teamleider"])
async def test_the_page_says_what_failed_and_why_and_nothing_of_the_resident(desk: Desk, role: str) -> None:
    database, now = desk.app.ctx.database, desk.clock()
    browser = await desk.signed_in(f"{role}@voorbeeldstad.example", (VOORBEELDSTAD, role))
    await failed_delivery(database, VOORBEELDSTAD, now)
    done = {"state": "afgeleverd", "delivered_at": now, "progress": {"klantcontact": "x", "stand": "afgehandeld"}}
    await delivery(database, VOORBEELDSTAD, now, **done)
    text = (await browser.get(LIST)).text
    for needed in ("Mislukt (1)", "Kijk het token of geheim na", "Aangekomen (1)", "afgehandeld", "Open Klant"):
        assert needed in text
    for private in ("Anna", "Boer", "612345678"):
        assert private not in text


async def test_what_failed_elsewhere_is_not_shown_and_not_sent_again(desk: Desk) -> None:
    theirs = await failed_delivery(desk.app.ctx.database, ELDERS, desk.clock())
    browser = await beheerder(desk)
    assert "Mislukt (0)" in (await browser.get(LIST)).text
    assert (await browser.post(f"{LIST}/{theirs}/weggooien", {"reden": "x"}, on="/balie/account")).status_code == 404
    await browser.post(f"{LIST}/opnieuw", on="/balie/account")
    assert await states(desk) == {theirs: "mislukt"}
    assert await logged(desk) == []


async def test_one_or_all_are_sent_again(desk: Desk) -> None:
    database, now = desk.app.ctx.database, desk.clock()
    # The workers of the desk would take what waits: a connector that is not there makes it fail again.
    one, two, three = [await failed_delivery(database, VOORBEELDSTAD, now) for _ in range(3)]
    browser = await beheerder(desk)
    assert "Alles opnieuw proberen" in (await browser.get(LIST)).text
    assert (await browser.post(f"{LIST}/{one}/opnieuw", on=LIST)).status_code == 303
    assert await logged(desk) == [("bezorging_opnieuw", f"bezorging:{one}", "")]
    await browser.post(f"{LIST}/opnieuw", on=LIST)
    assert {(act, subject) for act, subject, _ in await logged(desk)} == {
        ("bezorging_opnieuw", f"bezorging:{each}") for each in (one, two, three)
    }


async def test_a_delivery_is_discarded_only_with_a_reason(desk: Desk) -> None:
    one = await failed_delivery(desk.app.ctx.database, VOORBEELDSTAD, desk.clock())
    browser = await beheerder(desk)
    refused = await browser.post(f"{LIST}/{one}/weggooien", {"reden": "  "}, on=LIST)
    assert refused.status_code == 400
    assert "waarom" in refused.text
    assert await states(desk) == {one: "mislukt"}
    assert (await browser.post(f"{LIST}/{one}/weggooien", {"reden": "al gebeld"}, on=LIST)).status_code == 303
    assert await states(desk) == {}
    assert await logged(desk) == [("bezorging_weggegooid", f"bezorging:{one}", "al gebeld")]


async def test_what_waits_cannot_be_discarded(desk: Desk) -> None:
    later = desk.clock().replace(year=desk.clock().year + 1)
    one = await delivery(desk.app.ctx.database, VOORBEELDSTAD, desk.clock(), next_at=later)
    browser = await beheerder(desk)
    assert (await browser.post(f"{LIST}/{one}/weggooien", {"reden": "x"}, on=LIST)).status_code == 404
    assert await states(desk) == {one: "wacht"}


async def test_a_colleague_without_the_role_does_not_see_it(desk: Desk) -> None:
    browser = await desk.signed_in("m@voorbeeldstad.example", (VOORBEELDSTAD, "medewerker"))
    assert (await browser.get(LIST)).status_code == 403
    assert "Bezorging" not in (await browser.get("/balie")).text
