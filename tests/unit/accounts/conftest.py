"""An account on both kinds of database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from steunwijzer.accounts import LocalAccounts, colleagues, totp
from steunwijzer.store import Database

SECRET = "een geheim van de tests, lang genoeg"
PASSWORD = "vier losse woorden samen"
NOW = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
ANNE = "anne@voorbeeldstad.example"


@dataclass
class Account:
    """Somebody who can sign in."""

    id: str
    key: str
    accounts: LocalAccounts
    database: Database

    async def sign_in(self, minutes: float, **other: str) -> str:
        """Sign in so many minutes after :data:`NOW`; all right, except for ``other``."""
        at = NOW + timedelta(minutes=minutes)
        given = {"email": ANNE, "password": PASSWORD, "code": self.code(at), "address": "192.0.2.1", **other}
        return await self.accounts.sign_in(now=at, **given)

    def code(self, at: datetime) -> str:
        """What the app shows."""
        return pyotp.TOTP(self.key).at(at)


@pytest.fixture
async def account(database: Database) -> Account:
    """Anne, whose account is set up."""
    accounts = LocalAccounts(database, SECRET)
    async with database.transaction() as session:
        roles = [("GM9999", "medewerker")]
        colleague_id, token = await colleagues.add(
            session, "Anne de Vries", ANNE, roles, by=colleagues.COMMAND_LINE, now=NOW
        )
    key = totp.secret_for(SECRET, token)
    await accounts.set_up(token, PASSWORD, PASSWORD, pyotp.TOTP(key).at(NOW), NOW)
    return Account(colleague_id, key, accounts, database)
