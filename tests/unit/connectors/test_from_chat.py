"""A resident leaves a number in the chat: exactly what was agreed goes to the outbox."""

from __future__ import annotations

from dataclasses import replace

from steunwijzer.app import CONTENT
from steunwijzer.chat import ChatService
from steunwijzer.chat.limits import Limiter
from steunwijzer.chat.requests import Callback, Handover
from steunwijzer.chat.texts import Texts
from steunwijzer.connectors import Plan
from steunwijzer.engine import EngineClient
from steunwijzer.handover import Cases
from steunwijzer.handover.rules import Rules
from steunwijzer.store import Conversation, Database
from tests.conftest import ROOT
from tests.unit.connectors.parcels import Time, deliver_all, rows
from tests.unit.connectors.receiver import Receiver
from tests.unit.handover.talks import Talks

NOBODY = "http://127.0.0.1:9"  # the engine need not be there to leave a number


def chat(database: Database, plan: Plan, time: Time) -> ChatService:
    engine = EngineClient(NOBODY, 1)
    return ChatService(
        database, engine, Texts(CONTENT), Limiter(enabled=False), time, secret="s" * 32, seal=str.upper,
        rules=Rules.read(CONTENT, ROOT / "data" / "flows"), content=CONTENT, retention_days=28, token_hours=24, plan=plan,
    )  # fmt: skip


async def test_what_the_resident_agreed_to_is_delivered_and_nothing_else(
    database: Database, plan: Plan, receiver: Receiver, time: Time
) -> None:
    service = chat(database, plan, time)
    begun = await service.start("GM9999", "nl")
    async with database.transaction() as session:
        stored = await session.get_one(Conversation, begun["id"])
        stored.state = {
            "slots": {"onderwerp": "medewerker_spreken", "voor_wie": "mijzelf", "wet": "wmo", "leeftijd": 81}
        }
        stored.summary = {"reden": "verzoek", "onderwerp": "wmo_melding"}
    given = Handover(consent=True, include=["onderwerp"], callback=Callback("A. Jansen", "06 12 34 56 78", "middag"))
    await service.handover.ask(begun["id"], begun["token"], given)
    await service.handover.ask(begun["id"], begun["token"], given)
    assert await deliver_all(database, plan, time) == 1
    ((_, message),) = receiver.posts
    data = message["data"]
    assert (data["naam"], data["telefoon"], data["bestTijd"]) == ("A. Jansen", "+31612345678", "middag")
    assert data["samenvatting"] == {
        "Onderwerp": service.desk.rules.topic("wmo_melding"),
        "Voor wie": "de inwoner zelf",
        "Wet": "Wmo (ondersteuning door de gemeente)",
    }
    await service.handover.ask(begun["id"], begun["token"], given)
    assert len(await rows(database)) == 1


async def test_another_number_later_is_a_delivery_of_its_own(
    database: Database, plan: Plan, receiver: Receiver, time: Time
) -> None:
    service = chat(database, plan, time)
    begun = await service.start("GM9999", "nl")
    for number in ("0612345678", "0687654321"):
        given = Handover(consent=True, callback=Callback("A. Jansen", number))
        await service.handover.ask(begun["id"], begun["token"], given)
        await deliver_all(database, plan, time)
    assert [message["data"]["aangepast"] for _, message in receiver.posts] == [False, True]
    assert [message["data"]["samenvatting"] for _, message in receiver.posts] == [{}, {}]


async def test_who_no_longer_wants_to_be_called_is_not_delivered(
    database: Database, plan: Plan, receiver: Receiver, time: Time
) -> None:
    service = chat(database, plan, time)
    begun = await service.start("GM9999", "nl")
    given = Handover(consent=True, callback=Callback("A. Jansen", "0612345678"))
    await service.handover.ask(begun["id"], begun["token"], given)
    await service.handover.withdraw(begun["id"], begun["token"])
    assert await deliver_all(database, plan, time) == 0
    assert await rows(database) == []


async def test_a_talk_that_a_colleague_closes_is_delivered_without_what_was_said(
    database: Database, plan: Plan, receiver: Receiver, time: Time
) -> None:
    talks = Talks(database)
    talks.cases = Cases(replace(talks.desk, plan=replace(plan, closed=True)))
    who, case = await talks.colleague(), await talks.waiting()
    await talks.cases.claim(who, case.id)
    await talks.cases.close(who, case.id, "beantwoord")
    assert await deliver_all(database, plan, time) == 1
    ((_, message),) = receiver.posts
    assert message["type"] == "gesprek.afgesloten"
    assert message["data"]["uitkomst"] == "beantwoord"
    assert "moeder valt" not in str(message)
