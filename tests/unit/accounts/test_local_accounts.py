"""Accounts of our own, on SQLite and PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import select

from steunwijzer.accounts import AccountError, LocalAccounts, Refused, colleagues, sessions
from steunwijzer.accounts.signing_in import _use
from steunwijzer.accounts.who import Who
from steunwijzer.audit import verify
from steunwijzer.store import AuditEntry, Colleague, Database, DeskSession, Membership
from tests.unit.accounts.conftest import ANNE, NOW, PASSWORD, SECRET, Account

BY = colleagues.COMMAND_LINE


async def acts(database: Database) -> Sequence[str]:
    async with database.transaction() as session:
        return (await session.scalars(select(AuditEntry.act).order_by(AuditEntry.number))).all()


async def test_neither_password_nor_key_nor_session_can_be_read_in_the_database(account: Account) -> None:
    secret = await account.sign_in(1)
    async with account.database.transaction() as session:
        colleague = await session.get_one(Colleague, account.id)
        kept = [*vars(colleague).values()]
        hashes = (await session.scalars(select(DeskSession.token_hash))).all()
    assert colleague.password_hash
    assert colleague.password_hash.startswith("$argon2id$")
    assert not [value for value in kept if isinstance(value, str) and (PASSWORD in value or account.key in value)]
    assert secret not in hashes
    assert sessions.fingerprint(secret) in hashes


async def test_of_two_at_the_same_moment_with_one_code_only_one_gets_in(account: Account) -> None:
    answers = await asyncio.gather(*(account.sign_in(1) for _ in range(4)), return_exceptions=True)
    assert sorted(isinstance(answer, Refused) for answer in answers) == [False, True, True, True]


async def test_a_code_of_before_the_last_one_is_of_no_use(account: Account) -> None:
    await account.sign_in(1)
    with pytest.raises(Refused):
        await account.sign_in(1, code=account.code(NOW + timedelta(minutes=1, seconds=-30)))


async def test_a_set_up_link_works_once_even_at_the_same_moment(database: Database, account: Account) -> None:
    async with database.transaction() as session:
        token = await colleagues.new_link(session, account.id, by=BY, now=NOW)
    page = await account.accounts.set_up_page(token, NOW)
    assert page
    account.key = page.totp_secret
    given = token, PASSWORD + "!", PASSWORD + "!", account.code(NOW), NOW
    answers = await asyncio.gather(*(account.accounts.set_up(*given) for _ in range(3)))
    assert len([answer for answer in answers if answer]) == 1


async def test_a_new_link_ends_the_one_before_and_its_use_ends_all_sessions_and_the_old_password(
    account: Account,
) -> None:
    secret = await account.sign_in(1)
    async with account.database.transaction() as session:
        first = await colleagues.new_link(session, account.id, by=BY, now=NOW)
        second = await colleagues.new_link(session, account.id, by=BY, now=NOW)
    assert await account.accounts.set_up_page(first, NOW) is None
    page = await account.accounts.set_up_page(second, NOW)
    assert page
    assert page.totp_secret != account.key
    account.key = page.totp_secret
    new = "heel andere losse woorden"
    assert await account.accounts.set_up(second, new, new, account.code(NOW), NOW)
    async with account.database.transaction() as session:
        assert await sessions.find(session, secret, NOW) is None
    with pytest.raises(Refused):
        await account.sign_in(2)
    assert await account.sign_in(3, password=new)


async def test_switching_off_ends_sessions_and_links_at_once(account: Account) -> None:
    secret = await account.sign_in(1)
    async with account.database.transaction() as session:
        token = await colleagues.new_link(session, account.id, by=BY, now=NOW)
        await colleagues.set_active(session, account.id, False, by=BY, now=NOW)
    async with account.database.transaction() as session:
        assert await sessions.find(session, secret, NOW) is None
    assert await account.accounts.set_up_page(token, NOW) is None
    with pytest.raises(Refused):
        await account.sign_in(2)
    async with account.database.transaction() as session:
        await colleagues.set_active(session, account.id, True, by=BY, now=NOW)
    assert await account.sign_in(3)


async def test_a_role_that_is_taken_is_gone_at_the_next_click(account: Account) -> None:
    secret = await account.sign_in(1)
    async with account.database.transaction() as session:
        await colleagues.set_roles(session, account.id, "GM9999", {"redacteur"}, by=BY, now=NOW)
    async with account.database.transaction() as session:
        found = await sessions.find(session, secret, NOW)
    assert found
    assert found.who.roles == {"GM9999": frozenset({"redacteur"})}


async def test_a_page_that_asks_by_itself_keeps_nobody_signed_in(account: Account) -> None:
    secret = await account.sign_in(0.5)
    for minutes in (10, 20, 30):
        async with account.database.transaction() as session:
            assert await sessions.find(session, secret, NOW + timedelta(minutes=minutes), passive=True)
    async with account.database.transaction() as session:
        assert await sessions.find(session, secret, NOW + timedelta(minutes=31)) is None


async def test_sessions_that_are_over_are_removed_when_somebody_signs_in(account: Account) -> None:
    await account.sign_in(1)
    await account.sign_in(60 * 24)
    async with account.database.transaction() as session:
        assert len((await session.scalars(select(DeskSession))).all()) == 1


async def test_a_lock_on_the_account_holds_after_a_restart_and_for_another_address(account: Account) -> None:
    for number in range(5):
        with pytest.raises(Refused, match="klopt niet"):
            await account.sign_in(1, password="iets anders", address=f"192.0.2.{number}")
    account.accounts = LocalAccounts(account.database, SECRET)
    with pytest.raises(Refused, match="te vaak"):
        await account.sign_in(1.5, address="198.51.100.7")
    assert await account.sign_in(3)


async def test_a_try_that_was_under_way_when_the_lock_fell_does_not_get_in(account: Account) -> None:
    async with account.database.transaction() as session:
        colleague = await session.get_one(Colleague, account.id)
        step = colleague.totp_last + 1
        colleague.locked_until = NOW + timedelta(minutes=1)
        await session.flush()
        assert not await _use(session, colleague, step, NOW)
        assert await _use(session, colleague, step, NOW + timedelta(minutes=1))


async def test_with_another_secret_of_the_installation_a_new_link_is_needed(account: Account) -> None:
    account.accounts = LocalAccounts(account.database, SECRET + "!")
    with pytest.raises(Refused):
        await account.sign_in(1)


async def test_who_is_removed_is_gone_with_roles_and_sessions(account: Account) -> None:
    await account.sign_in(1)
    async with account.database.transaction() as session:
        await colleagues.remove(session, account.id, by=BY, now=NOW)
    async with account.database.transaction() as session:
        for table in (Colleague, Membership, DeskSession):
            assert not (await session.scalars(select(table))).all()


async def test_a_try_with_an_address_nobody_has_is_in_the_log_without_the_address(account: Account) -> None:
    for _ in range(2):
        with pytest.raises(Refused):
            await account.sign_in(1, email="niemand@elders.example", password="geheimpje")
    async with account.database.transaction() as session:
        failed = select(AuditEntry).where(AuditEntry.act == "aanmelden_mislukt").order_by(AuditEntry.number)
        entries = (await session.scalars(failed)).all()
    assert [(one.who, one.subject, one.detail) for one in entries] == [
        ("systeem", "collega:onbekend", {"keer": number}) for number in (1, 2)
    ]
    assert (await verify(account.database)).sound


async def test_everything_is_in_the_log_without_names_or_addresses(account: Account) -> None:
    for _ in range(5):
        with pytest.raises(Refused):
            await account.sign_in(1, password="iets anders")
    secret = await account.sign_in(3)
    async with account.database.transaction() as session:
        await colleagues.set_roles(session, account.id, "GM9999", {"beheerder"}, by=BY, now=NOW)
        await sessions.end(session, secret, account.id, NOW)
        await sessions.end_everywhere(session, account.id, NOW)
    assert list(await acts(account.database)) == [
        "collega_toegevoegd", "rol_gegeven", "instellink_gemaakt", "account_ingesteld", *["aanmelden_mislukt"] * 5, "account_op_slot",
        "aangemeld", "rol_afgenomen", "rol_gegeven", "afgemeld", "overal_afgemeld",
    ]  # fmt: skip
    async with account.database.transaction() as session:
        entries = (await session.scalars(select(AuditEntry))).all()
        text = " ".join(str((entry.who, entry.subject, entry.detail)) for entry in entries)
    assert (await verify(account.database)).sound
    assert "anne" not in text.lower()
    assert "192.0.2" not in text


@pytest.mark.parametrize(
    ("name", "email", "gemeente", "role", "says"),
    [
        ("", "b@voorbeeldstad.example", "GM9999", "medewerker", "naam"),
        ("Bram", "geen adres", "GM9999", "medewerker", "e-mailadres"),
        ("Bram", ANNE.upper(), "GM9999", "medewerker", "al een collega"),
        ("Bram", "b@voorbeeldstad.example", "Voorbeeldstad", "medewerker", "GM en vier cijfers"),
        ("Bram", "b@voorbeeldstad.example", "GM9999", "baas", "Kies een rol"),
    ],
)
async def test_what_cannot_be_is_refused_and_nothing_is_stored(
    account: Account, name: str, email: str, gemeente: str, role: str, says: str
) -> None:
    with pytest.raises(AccountError, match=says):
        async with account.database.transaction() as session:
            await colleagues.add(session, name, email, [(gemeente, role)], by=BY, now=NOW)
    async with account.database.transaction() as session:
        assert len((await session.scalars(select(Colleague))).all()) == 1


async def test_an_administrator_finds_only_colleagues_of_those_municipalities_with_those_roles(
    account: Account,
) -> None:
    async with account.database.transaction() as session:
        both = [("GM9999", "medewerker"), ("GM0518", "teamleider")]
        await colleagues.add(session, "Bram", "b@elders.example", both, by=BY, now=NOW)
        other, _ = await colleagues.add(session, "Cor", "c@elders.example", [("GM0518", "medewerker")], by=BY, now=NOW)
        found = await colleagues.people(session, ("GM9999",))
        assert [person.who.name for person in found] == ["Anne de Vries", "Bram"]
        assert found[1].roles == {"GM9999": frozenset({"medewerker"})}
        assert await colleagues.person(session, other, ("GM9999",)) is None


def test_a_team_leader_has_what_staff_have_and_an_administrator_reads_no_talks() -> None:
    leader = Who("1", "A", "a@b.example", {"GM9999": frozenset({"teamleider"})})
    admin = Who("2", "B", "b@b.example", {"GM9999": frozenset({"beheerder"})})
    assert leader.gemeenten("medewerker") == ("GM9999",)
    assert leader.gemeenten("raadpleger") == ("GM9999",)
    assert admin.gemeenten("raadpleger") == ()
    assert not leader.may("medewerker", "GM0518")
