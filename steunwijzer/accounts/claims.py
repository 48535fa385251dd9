"""What an OpenID provider says about a colleague, made into a name, an e-mail address and roles per municipality."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from steunwijzer.accounts.colleagues import checked_email, checked_name
from steunwijzer.accounts.errors import AccountError, Refused
from steunwijzer.accounts.who import ROLES

_GEMEENTE = re.compile(r"GM[0-9]{4}", re.IGNORECASE)
# "GM9999:medewerker", and "/GM9999/medewerker" as groups of Keycloak are written.
_BETWEEN = re.compile(r"[:/]")


@dataclass(frozen=True)
class RoleClaim:
    """How roles are read. ``path``: where they stand, dots between the steps; ``gemeente``: of a role that names no municipality;
    ``names``: what the organisation calls a role, in small letters, with our name for it."""

    path: str
    gemeente: str
    names: Mapping[str, str]


@dataclass(frozen=True)
class Vouched:
    """A colleague as the provider knows one. ``verified``: the provider says that the e-mail address is this person's."""

    issuer: str
    subject: str
    name: str
    email: str
    verified: bool
    roles: frozenset[tuple[str, str]]


def vouched(claims: Mapping[str, Any], how: RoleClaim) -> Vouched:
    """Read the claims. Raises :class:`Refused` when there is no e-mail address to know the colleague by."""
    given = claims.get("email") or claims.get("preferred_username") or ""
    try:
        email = checked_email(str(given))
    except AccountError as wrong:
        raise Refused("Uw organisatie geeft geen e-mailadres door. Vraag uw beheerder om de claim 'email'.") from wrong
    try:
        name = checked_name(str(claims.get("name") or email))
    except AccountError:
        name = email
    return Vouched(
        issuer=str(claims["iss"]),
        subject=str(claims["sub"]),
        name=name,
        email=email,
        verified=claims.get("email_verified") is True and bool(claims.get("email")),
        roles=frozenset(roles_in(claims, how)),
    )


def roles_in(claims: Mapping[str, Any], how: RoleClaim) -> Iterator[tuple[str, str]]:
    """The (municipality, role) pairs; what is no role of ours is passed over."""
    found = _at(claims, how.path)
    for value in [found] if isinstance(found, str) else found if isinstance(found, list) else []:
        parts = _BETWEEN.split(str(value).strip("/ "))
        gemeente = parts.pop(0).upper() if _GEMEENTE.fullmatch(parts[0]) else how.gemeente
        role = how.names.get(parts[0].casefold(), parts[0].casefold()) if len(parts) == 1 else ""
        if gemeente and role in ROLES:
            yield gemeente, role


def _at(claims: Any, path: str) -> Any:
    """What stands at a path. A key may hold dots itself, as the name of a client does in Keycloak's ``resource_access``."""
    if not isinstance(claims, Mapping):
        return None
    if path in claims:
        return claims[path]
    steps = path.split(".")
    for length in range(len(steps) - 1, 0, -1):
        key = ".".join(steps[:length])
        if key in claims and (found := _at(claims[key], ".".join(steps[length:]))) is not None:
            return found
    return None
