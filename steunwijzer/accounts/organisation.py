"""A colleague for whom the organisation's provider vouched: known again, or new; the roles are those of this moment."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from steunwijzer import audit
from steunwijzer.accounts import colleagues, sessions
from steunwijzer.accounts.claims import Vouched
from steunwijzer.accounts.errors import Refused
from steunwijzer.accounts.who import Who
from steunwijzer.store import Colleague, Membership

# Who gives and takes these roles is the organisation.
_PROVIDER = Who("systeem", "aanmelddienst", "", {})
_NO_ROLE = "U bent bekend bij uw organisatie, maar u heeft daar geen rol voor de balie. Vraag uw beheerder om een rol."
_OFF = "Uw account bij de balie staat uit. Vraag de beheerder."
_TAKEN = (
    "Bij de balie is al een ander account met uw e-mailadres. Vraag de beheerder om dat te verwijderen, en meld u dan opnieuw aan."
)  # fmt: skip


async def sign_in(session: AsyncSession, given: Vouched, now: datetime) -> str | Refused:
    """The secret of a new session; or why there is none. What was changed (roles that are gone) must be stored all the same."""
    colleague = await _known(session, given)
    if colleague is None:
        if not given.roles:
            return Refused(_NO_ROLE)
        if await colleagues.by_email(session, given.email):
            return Refused(_TAKEN)
        colleague = await _new(session, given, now)
    await _refresh(session, colleague, given, now)
    if not colleague.active:
        return Refused(_OFF)
    if not given.roles:
        await sessions.end_all(session, colleague.id)
        return Refused(_NO_ROLE)
    colleague.last_login_at = now
    await _note(session, colleague.id, now, "aangemeld", colleague.id)
    return await sessions.open_session(session, colleague.id, now)


async def _known(session: AsyncSession, given: Vouched) -> Colleague | None:
    """The colleague of this subject; or the local account with this e-mail address, which from then on is the provider's.

    That only when the provider says it verified the address: else somebody could take over an account by claiming its address.
    """
    of_subject = Colleague.issuer == given.issuer, Colleague.subject == given.subject
    if found := await session.scalar(select(Colleague).where(*of_subject)):
        return found
    local = await colleagues.by_email(session, given.email) if given.verified else None
    if local is None or local.issuer is not None or not local.active:
        return None
    local.issuer, local.subject = given.issuer, given.subject
    local.password_hash = local.totp_secret = local.setup_hash = local.setup_until = local.locked_until = None
    local.failures = 0
    await sessions.end_all(session, local.id)
    return local


async def _new(session: AsyncSession, given: Vouched, now: datetime) -> Colleague:
    colleague = Colleague(
        id=str(uuid.uuid4()), email=given.email, name=given.name, issuer=given.issuer, subject=given.subject, active=True, created_at=now
    )  # fmt: skip
    session.add(colleague)
    await session.flush()
    await _note(session, colleague.id, now, "collega_toegevoegd", _PROVIDER.id)
    return colleague


async def _refresh(session: AsyncSession, colleague: Colleague, given: Vouched, now: datetime) -> None:
    """Name, address and roles as the provider has them now."""
    colleague.name = given.name
    other = await colleagues.by_email(session, given.email)
    if other is None:
        colleague.email = given.email
    had = await session.scalars(select(Membership.gemeente).where(Membership.colleague_id == colleague.id))
    for gemeente in sorted({*had, *(code for code, _ in given.roles)}):
        roles = {role for code, role in given.roles if code == gemeente}
        await colleagues.set_roles(session, colleague.id, gemeente, roles, by=_PROVIDER, now=now)


async def _note(session: AsyncSession, colleague_id: str, now: datetime, act: str, who: str) -> None:
    detail = {"met": "organisatie"}
    await audit.append(session, at=now, who=who, gemeente="", act=act, subject=f"collega:{colleague_id}", detail=detail)
