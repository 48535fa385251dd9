"""Signing in with an account of our own: password and a code from an app; and setting those up by a one-time link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.ext.asyncio import AsyncSession

from steunwijzer import audit
from steunwijzer.accounts import lockout, passwords, sessions, totp
from steunwijzer.accounts.errors import AccountError, Refused
from steunwijzer.privacy import Sealer, SealError
from steunwijzer.store import Colleague, Database

_WRONG = "Dit klopt niet. Kijk uw e-mailadres, wachtwoord en code na. Een code werkt maar één keer."
_MAX_EMAIL = 254
# Who fails to sign in is not known: it need not be the colleague.
NOBODY = "systeem"
# In the log instead of a colleague: nobody has the e-mail address that was typed.
UNKNOWN = "onbekend"


@dataclass(frozen=True)
class SetUp:
    """What the set-up page shows: whose account it is, and the secret for the app."""

    name: str
    email: str
    totp_secret: str


class LocalAccounts:
    """Signs in and sets up. ``secret``: of the installation."""

    def __init__(self, database: Database, secret: str) -> None:
        self._database, self._secret, self._sealer = database, secret, Sealer(secret)
        self._by_address = lockout.Failures(lockout.FREE_TRIES_PER_ADDRESS)
        self._by_unknown_email = lockout.Failures(lockout.FREE_TRIES)

    async def sign_in(self, email: str, password: str, code: str, *, address: str, now: datetime) -> str:
        """The secret of a new session. Raises :class:`Refused`; how and how fast does not tell whether the account exists."""
        email = email.strip().lower()[:_MAX_EMAIL]
        async with self._database.transaction() as session:
            colleague = await session.scalar(
                select(Colleague).where(Colleague.email == email, Colleague.issuer.is_(None))
            )
        locked = colleague.locked_until if colleague else self._by_unknown_email.locked_until(email, now)
        _refuse_while(now, locked, self._by_address.locked_until(address, now))
        right = await passwords.is_right(colleague.password_hash if colleague else None, password)
        step = self._step(colleague, code, now)
        async with self._database.transaction() as session:
            if colleague and right and step and await _use(session, colleague, step, now):
                await _note(session, now, colleague.id, "aangemeld", {"met": "wachtwoord"})
                return await sessions.open_session(session, colleague.id, now)
            if colleague:
                await _failed(session, colleague.id, now)
            else:
                # Without what was typed: it may be anybody's address, or a password in the wrong field.
                times = self._by_unknown_email.failed(email, now)
                await _note(session, now, UNKNOWN, "aanmelden_mislukt", {"keer": times}, who=NOBODY)
        self._by_address.failed(address, now)
        raise Refused(_WRONG)

    async def set_up_page(self, token: str, now: datetime) -> SetUp | None:
        """What belongs to a one-time link; None when it was used or is too old."""
        async with self._database.transaction() as session:
            colleague = await _of_link(session, token, now)
        return SetUp(colleague.name, colleague.email, totp.secret_for(self._secret, token)) if colleague else None

    async def set_up(self, token: str, password: str, again: str, code: str, now: datetime) -> str | None:
        """Use the link: keeps password and app, signs out everywhere else, and signs in. Returns the secret of the session, None when the link no longer works.

        Raises :class:`AccountError` when something must be filled in otherwise; the link then still works.
        """
        page = await self.set_up_page(token, now)
        if page is None:
            return None
        if reason := passwords.problem_with(password, email=page.email, name=page.name):
            raise AccountError(reason)
        if password != again:
            raise AccountError("De twee wachtwoorden zijn niet gelijk. Vul ze opnieuw in.")
        step = totp.matching_step(page.totp_secret, code, now, 0)
        if step is None:
            raise AccountError("De code klopt niet. Kijk in uw app, en of de klok van uw telefoon goed staat.")
        password_hash, sealed = await passwords.hashed(password), self._sealer.seal(page.totp_secret)
        async with self._database.transaction() as session:
            used = await session.execute(
                update(Colleague)
                .where(Colleague.setup_hash == sessions.fingerprint(token), Colleague.active)
                .values(
                    password_hash=password_hash, totp_secret=sealed, totp_last=step, setup_hash=None, setup_until=None,
                    failures=0, locked_until=None, last_login_at=now,
                )
                .returning(Colleague.id)
            )  # fmt: skip
            colleague_id = used.scalar_one_or_none()
            if colleague_id is None:
                return None
            await sessions.end_all(session, colleague_id)
            await _note(session, now, colleague_id, "account_ingesteld")
            return await sessions.open_session(session, colleague_id, now)

    def _step(self, colleague: Colleague | None, code: str, now: datetime) -> int | None:
        if colleague is None or colleague.totp_secret is None or not colleague.active:
            return None
        try:
            secret = self._sealer.open(colleague.totp_secret)
        except SealError:
            # The installation has another secret now: a new link mends it (docs/beheer.md).
            return None
        return totp.matching_step(secret, code, now, colleague.totp_last)


def _refuse_while(now: datetime, *locks: datetime | None) -> None:
    until = max((lock for lock in locks if lock), default=now)
    if until > now:
        minutes = -((now - until) // timedelta(minutes=1))
        raise Refused(
            f"Het ging te vaak mis. Probeer het over {minutes} {'minuut' if minutes == 1 else 'minuten'} opnieuw."
        )


async def _use(session: AsyncSession, colleague: Colleague, step: int, now: datetime) -> bool:
    """Take this code. False when somebody else took it first, or the account was switched off or locked meanwhile."""
    taken: CursorResult[Any] = await session.execute(  # type: ignore[assignment]
        update(Colleague)
        .where(Colleague.id == colleague.id, Colleague.totp_last < step, Colleague.active)
        .where(Colleague.password_hash == colleague.password_hash)
        # Tries that were under way together when the lock fell do not count either.
        .where(or_(Colleague.locked_until.is_(None), Colleague.locked_until <= now))
        .values(totp_last=step, failures=0, locked_until=None, last_login_at=now)
    )
    return taken.rowcount == 1


async def _failed(session: AsyncSession, colleague_id: str, now: datetime) -> None:
    counted = await session.execute(
        update(Colleague)
        .where(Colleague.id == colleague_id)
        .values(failures=Colleague.failures + 1)
        .returning(Colleague.failures)
    )
    failures = counted.scalar_one()
    await _note(session, now, colleague_id, "aanmelden_mislukt", {"keer": failures}, who=NOBODY)
    if wait := lockout.wait_after(failures):
        await session.execute(update(Colleague).where(Colleague.id == colleague_id).values(locked_until=now + wait))
        detail = {"minuten": wait // timedelta(minutes=1)}
        await _note(session, now, colleague_id, "account_op_slot", detail, who=NOBODY)


async def _of_link(session: AsyncSession, token: str, now: datetime) -> Colleague | None:
    return await session.scalar(
        select(Colleague).where(
            Colleague.setup_hash == sessions.fingerprint(token), Colleague.setup_until > now, Colleague.active
        )
    )


async def _note(
    session: AsyncSession,
    now: datetime,
    colleague_id: str,
    act: str,
    detail: dict[str, Any] | None = None,
    who: str = "",
) -> None:
    await audit.append(
        session, at=now, who=who or colleague_id, gemeente="", act=act, subject=f"collega:{colleague_id}", detail=detail
    )
