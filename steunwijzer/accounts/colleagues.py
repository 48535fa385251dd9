"""The colleagues: adding one, the one-time link to set up an account, roles per municipality, and letting somebody go."""

from __future__ import annotations

import re
import secrets
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from steunwijzer import audit
from steunwijzer.accounts import sessions
from steunwijzer.accounts.errors import AccountError
from steunwijzer.accounts.who import ROLES, Who
from steunwijzer.store import Colleague, Membership

LINK_VALID = timedelta(hours=72)
_MAX_NAME, _MAX_EMAIL = 120, 254
_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]+")
_GEMEENTE = re.compile(r"GM[0-9]{4}")
# Who does something on the command line is not signed in.
COMMAND_LINE = Who("opdracht", "opdracht", "", {})


@dataclass(frozen=True)
class Person:
    """A colleague as an administrator sees one. ``waits``: the set-up link is not used yet. ``roles``: of the asked municipalities only."""

    who: Who
    active: bool
    waits: bool
    via_provider: bool
    last_login_at: datetime | None
    roles: dict[str, frozenset[str]]


async def add(
    session: AsyncSession, name: str, email: str, roles: Iterable[tuple[str, str]], *, by: Who, now: datetime
) -> tuple[str, str]:
    """A new colleague with (municipality, role) pairs; returns id and set-up secret.

    Raises :class:`AccountError` when a value cannot be or the e-mail address is taken.
    """
    name, email = checked_name(name), checked_email(email)
    if await session.scalar(select(Colleague.id).where(Colleague.email == email)):
        raise AccountError("Er is al een collega met dit e-mailadres.")
    colleague = Colleague(id=str(uuid.uuid4()), email=email, name=name, created_at=now)
    session.add(colleague)
    await session.flush()
    await _note(session, now, by, "collega_toegevoegd", colleague.id)
    await give(session, colleague.id, roles, by=by, now=now)
    return colleague.id, await new_link(session, colleague.id, by=by, now=now)


async def new_link(session: AsyncSession, colleague_id: str, *, by: Who, now: datetime) -> str:
    """The secret of a new one-time link to set a password and an app; an earlier link no longer works."""
    colleague = await _local(session, colleague_id)
    token = secrets.token_urlsafe(32)
    colleague.setup_hash, colleague.setup_until = sessions.fingerprint(token), now + LINK_VALID
    await _note(session, now, by, "instellink_gemaakt", colleague_id)
    return token


async def give(
    session: AsyncSession, colleague_id: str, roles: Iterable[tuple[str, str]], *, by: Who, now: datetime
) -> None:
    """Add roles to those a colleague has."""
    for gemeente, role in sorted(set(roles)):
        _check_role(gemeente, role)
        if await session.get(Membership, (colleague_id, gemeente, role)) is None:
            session.add(Membership(colleague_id=colleague_id, gemeente=gemeente, role=role))
            await _note(session, now, by, "rol_gegeven", colleague_id, gemeente, {"rol": role})


async def set_roles(
    session: AsyncSession, colleague_id: str, gemeente: str, roles: Collection[str], *, by: Who, now: datetime
) -> None:
    """The roles of a colleague in one municipality become exactly these; true from the next click on."""
    for role in roles:
        _check_role(gemeente, role)
    own = select(Membership.role).where(Membership.colleague_id == colleague_id, Membership.gemeente == gemeente)
    for role in sorted(set(await session.scalars(own)) - set(roles)):
        await session.execute(
            delete(Membership).where(
                Membership.colleague_id == colleague_id, Membership.gemeente == gemeente, Membership.role == role
            )
        )
        await _note(session, now, by, "rol_afgenomen", colleague_id, gemeente, {"rol": role})
    await give(session, colleague_id, [(gemeente, role) for role in roles], by=by, now=now)


async def set_active(session: AsyncSession, colleague_id: str, active: bool, *, by: Who, now: datetime) -> None:
    """Switch an account off, which signs the colleague out everywhere and ends a set-up link; or on again."""
    colleague = await session.get_one(Colleague, colleague_id)
    colleague.active = active
    if not active:
        colleague.setup_hash = colleague.setup_until = None
        await sessions.end_all(session, colleague_id)
    await _note(session, now, by, "account_aan" if active else "account_uit", colleague_id)


async def remove(session: AsyncSession, colleague_id: str, *, by: Who, now: datetime) -> None:
    """Take a colleague out for good. Talks and notes stay, without a name; the audit keeps the number."""
    await session.delete(await session.get_one(Colleague, colleague_id))
    await _note(session, now, by, "collega_verwijderd", colleague_id)


async def people(session: AsyncSession, gemeenten: Collection[str]) -> list[Person]:
    """Who has a role in one of these municipalities, by name."""
    mine = select(Membership.colleague_id).where(Membership.gemeente.in_(gemeenten))
    found = await session.scalars(
        select(Colleague).where(Colleague.id.in_(mine)).order_by(Colleague.name, Colleague.id)
    )
    return [await _person(session, colleague, gemeenten) for colleague in found]


async def person(session: AsyncSession, colleague_id: str, gemeenten: Collection[str]) -> Person | None:
    """One of :func:`people`; None for anybody else."""
    colleague = await session.get(Colleague, colleague_id)
    found = await _person(session, colleague, gemeenten) if colleague else None
    return found if found and found.roles else None


async def by_email(session: AsyncSession, email: str) -> Colleague | None:
    """The colleague with this e-mail address."""
    return await session.scalar(select(Colleague).where(Colleague.email == email.strip().lower()))


async def anybody(session: AsyncSession) -> bool:
    """Whether there is a colleague at all."""
    return bool(await session.scalar(select(func.count()).select_from(Colleague)))


def checked_name(name: str) -> str:
    """The name, tidied. Raises :class:`AccountError` when it cannot be one."""
    tidy = " ".join(name.split())
    if not tidy or len(tidy) > _MAX_NAME or not tidy.isprintable():
        raise AccountError(f"Vul een naam in van hoogstens {_MAX_NAME} tekens.")
    return tidy


def checked_email(email: str) -> str:
    """The address in small letters. Raises :class:`AccountError` when it cannot be one."""
    tidy = email.strip().lower()
    if len(tidy) > _MAX_EMAIL or not tidy.isprintable() or not _EMAIL.fullmatch(tidy):
        raise AccountError("Vul een e-mailadres in, zoals naam@gemeente.nl.")
    return tidy


def _check_role(gemeente: str, role: str) -> None:
    if not _GEMEENTE.fullmatch(gemeente):
        raise AccountError("Vul de code van de gemeente in: GM en vier cijfers, zoals GM9999.")
    if role not in ROLES:
        raise AccountError(f"Kies een rol: {', '.join(ROLES)}.")


async def _person(session: AsyncSession, colleague: Colleague, gemeenten: Collection[str]) -> Person:
    who = await sessions.who_is(session, colleague)
    return Person(
        who=who,
        active=colleague.active,
        waits=colleague.setup_hash is not None,
        via_provider=colleague.issuer is not None,
        last_login_at=colleague.last_login_at,
        roles={code: own for code, own in sorted(who.roles.items()) if code in gemeenten},
    )


async def _local(session: AsyncSession, colleague_id: str) -> Colleague:
    colleague = await session.get_one(Colleague, colleague_id)
    if colleague.issuer is not None:
        raise AccountError(
            "Deze collega meldt zich aan met het account van de organisatie. Een link is daar niet nodig."
        )
    if not colleague.active:
        raise AccountError("Dit account staat uit. Zet het eerst aan.")
    return colleague


async def _note(
    session: AsyncSession,
    now: datetime,
    by: Who,
    act: str,
    colleague_id: str,
    gemeente: str = "",
    detail: dict[str, str] | None = None,
) -> None:
    await audit.append(
        session, at=now, who=by.id, gemeente=gemeente, act=act, subject=f"collega:{colleague_id}", detail=detail or {}
    )
