"""Which passwords are good enough, and how they are compared."""

from __future__ import annotations

import pytest

from steunwijzer.accounts import passwords

GIVEN = {"email": "anne.devries@voorbeeldstad.example", "name": "Anne de Vries"}


@pytest.mark.parametrize(
    "password",
    [
        "vier losse woorden samen",
        "zonderhoofdletterofcijfer",
        "aaaa bbbb cccc dddd",
        "Ik fiets elke dag naar Vries",
        "ééééáááá zeeën",
    ],
)
def test_length_is_what_counts(password: str) -> None:
    assert passwords.problem_with(password, **GIVEN) is None


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("elf tekens.", "minstens 12"),
        ("a" * 201, "hoogstens 200"),
        ("wachtwoord123", "makkelijk te raden"),
        ("Welkom2026!!", "makkelijk te raden"),
        ("123456789012", "makkelijk te raden"),
        ("Zomer-2026-!", "makkelijk te raden"),
        ("qwertyuiop[]", "makkelijk te raden"),
        ("aaaaaaaaaaaaaaaa", "makkelijk te raden"),
        ("anne.devries@voorbeeldstad.example", "lijkt te veel"),
        ("devriesanne12", "lijkt te veel"),
        ("Voorbeeldstad1", "lijkt te veel"),
    ],
)
def test_short_or_easily_guessed_is_refused(password: str, says: str) -> None:
    problem = passwords.problem_with(password, **GIVEN)
    assert problem
    assert says in problem


async def test_only_the_same_password_is_right() -> None:
    kept = await passwords.hashed("vier losse woorden samen")
    assert await passwords.is_right(kept, "vier losse woorden samen")
    assert not await passwords.is_right(kept, "vier losse woorden")
    assert not await passwords.is_right(kept, "")
    assert not await passwords.is_right(None, "niemand")
    assert not await passwords.is_right("geen hash", "vier losse woorden samen")
    assert not await passwords.is_right(kept, "x" * 100_000)


async def test_the_same_letters_from_another_keyboard_are_the_same_password() -> None:
    assert await passwords.is_right(await passwords.hashed("een caf\u00e9 in de zon"), "een cafe\u0301 in de zon")


async def test_without_an_account_as_much_work_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted, not timed: one full verification either way."""
    done = []
    verify = passwords._verified
    monkeypatch.setattr(passwords, "_verified", lambda kept, given: (done.append(kept), verify(kept, given))[1])
    await passwords.is_right(None, "wat dan ook")
    await passwords.is_right(await passwords.hashed("vier losse woorden samen"), "wat dan ook")
    assert len(done) == 2
    assert {kept.split("$")[3] for kept in done} == {done[0].split("$")[3]}
