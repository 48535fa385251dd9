"""Who is signed in: sessions in the database, of which the browser has only a secret."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from steunwijzer import audit
from steunwijzer.accounts.who import Who
from steunwijzer.store import Colleague, DeskSession, Membership

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
# So often is noted that somebody is still there; not at every click.
_NOTE_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class SignedIn:
    """A session: who, the secret that goes into forms, and whether an OpenID provider vouched."""

    who: Who
    csrf: str
    via_provider: bool


def fingerprint(secret: str) -> str:
    """What is kept of a secret: its SHA-256."""
    return hashlib.sha256(secret.encode()).hexdigest()


async def open_session(session: AsyncSession, colleague_id: str, now: datetime) -> str:
    """A new session; returns the secret for the browser. What has expired is removed along the way."""
    await session.execute(
        delete(DeskSession).where(or_(DeskSession.created_at <= now - ABSOLUTE, DeskSession.seen_at <= now - IDLE))
    )
    secret = secrets.token_urlsafe(32)
    session.add(
        DeskSession(
            token_hash=fingerprint(secret), colleague_id=colleague_id, csrf=secrets.token_urlsafe(32), created_at=now, seen_at=now
        )
    )  # fmt: skip
    return secret


async def find(session: AsyncSession, secret: str, now: datetime, *, passive: bool = False) -> SignedIn | None:
    """The session of this secret while it lasts, and renewed unless ``passive`` (a page that asks by itself is nobody at work)."""
    row = (
        await session.execute(
            select(DeskSession, Colleague)
            .join(Colleague, Colleague.id == DeskSession.colleague_id)
            .where(
                DeskSession.token_hash == fingerprint(secret),
                DeskSession.created_at > now - ABSOLUTE,
                DeskSession.seen_at > now - IDLE,
                Colleague.active,
            )
        )
    ).one_or_none()
    if row is None:
        return None
    desk, colleague = row
    if not passive and now - desk.seen_at >= _NOTE_EVERY:
        await session.execute(update(DeskSession).where(DeskSession.token_hash == desk.token_hash).values(seen_at=now))
    return SignedIn(await who_is(session, colleague), desk.csrf, colleague.issuer is not None)


async def who_is(session: AsyncSession, colleague: Colleague) -> Who:
    """A colleague with the roles of this moment."""
    rows = await session.scalars(select(Membership).where(Membership.colleague_id == colleague.id))
    return Who(colleague.id, colleague.name, colleague.email, _by_gemeente(rows))


def _by_gemeente(rows: Iterable[Membership]) -> dict[str, frozenset[str]]:
    roles: dict[str, set[str]] = {}
    for row in rows:
        roles.setdefault(row.gemeente, set()).add(row.role)
    return {code: frozenset(own) for code, own in roles.items()}


async def forget(session: AsyncSession, secret: str) -> None:
    """End a session because another takes its place."""
    await session.execute(delete(DeskSession).where(DeskSession.token_hash == fingerprint(secret)))


async def end(session: AsyncSession, secret: str, colleague_id: str, now: datetime) -> None:
    """Sign out here."""
    await forget(session, secret)
    await _note(session, colleague_id, now, "afgemeld")


async def end_everywhere(session: AsyncSession, colleague_id: str, now: datetime) -> None:
    """Sign out everywhere, because the colleague asks for it."""
    await end_all(session, colleague_id)
    await _note(session, colleague_id, now, "overal_afgemeld")


async def end_all(session: AsyncSession, colleague_id: str) -> None:
    """End all sessions of a colleague."""
    await session.execute(delete(DeskSession).where(DeskSession.colleague_id == colleague_id))


async def _note(session: AsyncSession, colleague_id: str, now: datetime, act: str) -> None:
    await audit.append(session, at=now, who=colleague_id, gemeente="", act=act, subject=f"collega:{colleague_id}")
