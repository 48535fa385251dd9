"""An e-mail says that there is a request and where; it goes over TLS, once, or its failure shows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from steunwijzer.connectors import Plan
from steunwijzer.connectors.mail import Mail, MailSettings, mail_of
from steunwijzer.connectors.parcel import CALLBACK, TALK, Parcel
from steunwijzer.store import Database
from tests.unit.connectors.mailserver import PASSWORD, USER, MailServer, running, trusting
from tests.unit.connectors.parcels import NAME, NOW, PHONE, Time, ask, deliver_all, rows

SITE = "https://chat.example.nl"
BASE = MailSettings(
    to="kcc@example.nl", sender="chat@example.nl", host="localhost", port=0, security="starttls", user=USER.decode(),
    password=PASSWORD.decode(), personal=False,
)  # fmt: skip


def mail(server: MailServer, **other: object) -> Mail:
    return Mail(replace(BASE, port=server.port, **other), SITE, trusting())  # type: ignore[arg-type]


@pytest.mark.parametrize("security", ["starttls", "tls"])
async def test_a_call_back_is_mailed_once_over_tls(database: Database, time: Time, security: str) -> None:
    async with running(security) as server:
        plan = Plan({"email": mail(server, security=security)})
        await ask(database, plan)
        await deliver_all(database, plan, time)
        (row,) = await rows(database)
        assert (row.state, row.last_error) == ("afgeleverd", "")
        (message,) = server.mails
        assert server.secured == [True]
        assert message["To"] == "kcc@example.nl"
        assert message["Message-ID"] == f"<{row.id}@example.nl>"
        assert f"{SITE}/balie/geschiedenis/gesprek-1" in message.get_content()


async def test_a_second_attempt_has_the_same_message_id(database: Database, time: Time) -> None:
    async with running("starttls") as server:
        server.refuse_message.append("451 later")
        plan = Plan({"email": mail(server)})
        await ask(database, plan)
        await deliver_all(database, plan, time)
        assert "(451)" in (await rows(database))[0].last_error
        time.pass_by(minutes=1)
        await deliver_all(database, plan, time)
        assert len(server.mails) == 2
        assert len({message["Message-ID"] for message in server.mails}) == 1


@pytest.mark.parametrize(
    ("recipient", "message", "state", "says"),
    [
        ("550 onbekend: kcc@example.nl", "", "mislukt", "adres van de ontvanger (550)"),
        ("450 grijze lijst", "", "wacht", "adres van de ontvanger nu niet"),
        ("", "554 nee", "mislukt", "het bericht (554)"),
    ],
)
async def test_a_refusal_is_told_in_our_own_words(
    database: Database, time: Time, recipient: str, message: str, state: str, says: str
) -> None:
    async with running("starttls") as server:
        server.refuse_recipient += [recipient] * bool(recipient)
        server.refuse_message += [message] * bool(message)
        plan = Plan({"email": mail(server)})
        await ask(database, plan)
        await deliver_all(database, plan, time)
    (row,) = await rows(database)
    assert row.state == state
    assert says in row.last_error
    assert "kcc@" not in row.last_error


async def test_a_wrong_password_fails_at_once(database: Database, time: Time) -> None:
    async with running("starttls") as server:
        plan = Plan({"email": mail(server, password="verkeerd")})
        await ask(database, plan)
        await deliver_all(database, plan, time)
    (row,) = await rows(database)
    assert (row.state, row.last_error) == ("mislukt", "De mailserver kent naam of wachtwoord niet.")


async def test_a_server_with_a_certificate_of_another_gets_nothing() -> None:
    async with running("starttls", host="iemand.anders.example.nl") as server:
        (finding,) = await mail(server).check()
        assert not finding.ok
        assert "Het certificaat van de mailserver klopt niet" in finding.text


async def test_a_server_without_tls_gets_nothing() -> None:
    async with running("off") as server:
        (finding,) = await mail(server).check()
        assert not finding.ok
        assert server.mails == []


async def test_a_check_asks_and_sends_nothing() -> None:
    async with running("starttls") as server:
        (finding,) = await mail(server).check()
        assert finding.ok
        assert server.mails == []
        server.refuse_recipient.append("550 onbekend")
        (finding,) = await mail(server).check()
        assert not finding.ok
        assert "weigert het adres van de ontvanger (550)" in finding.text


def parcel(**other: object) -> Parcel:
    facts = {
        "id": "0b7e",
        "kind": CALLBACK,
        "conversation_id": "gesprek-1",
        "gemeente": "GM9999",
        "topic": "pgb",
        "at": NOW,
        "name": NAME,
    }
    summary = {"Onderwerp": "pgb", "Voor wie": "mijn moeder", "Wet": "Wmo", "Gemeente": "Voorbeeldstad"}
    return Parcel(**{**facts, "phone": PHONE, "best_time": "na vijf uur", "summary": summary, **other})  # type: ignore[arg-type]


def test_without_permission_nothing_of_the_person_is_in_the_mail() -> None:
    written = mail_of(parcel(), BASE, SITE).as_string()
    for private in (NAME, PHONE, "612345678", "moeder", "vijf uur", "Wmo"):
        assert private not in written
    assert "Onderwerp: pgb" in written
    assert "24-11-2026 13:00" in written


def test_with_permission_name_number_and_time_are_in_it_and_what_was_said_is_not() -> None:
    written = mail_of(parcel(changed=True), replace(BASE, personal=True), SITE).get_content()
    for needed in (NAME, PHONE, "na vijf uur", "aangepast"):
        assert needed in written
    assert "moeder" not in written


def test_a_closed_talk_says_what_came_of_it() -> None:
    message = mail_of(parcel(kind=TALK, outcome="beantwoord", name="", phone=""), replace(BASE, personal=True), SITE)
    assert message["Subject"] == "Afgesloten gesprek via de chat"
    assert "Uitkomst: beantwoord" in message.get_content()
    assert "Telefoon" not in message.get_content()
