"""Who is signed in at the desk, and what that person may do where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

MEDEWERKER, TEAMLEIDER, REDACTEUR, BEHEERDER, RAADPLEGER = ROLES = (
    "medewerker",
    "teamleider",
    "redacteur",
    "beheerder",
    "raadpleger",
)
# What else a role includes; everything not named here is refused.
_INCLUDES = {
    TEAMLEIDER: frozenset({MEDEWERKER, RAADPLEGER}),
    MEDEWERKER: frozenset({RAADPLEGER}),
}


@dataclass(frozen=True)
class Who:
    """A colleague and the roles, by municipality code."""

    id: str
    name: str
    email: str
    roles: Mapping[str, frozenset[str]]

    def may(self, role: str, gemeente: str) -> bool:
        """Whether this person has ``role``, or one that includes it, in that municipality."""
        return any(role == own or role in _INCLUDES.get(own, ()) for own in self.roles.get(gemeente, ()))

    def gemeenten(self, role: str) -> tuple[str, ...]:
        """The municipalities where this person has ``role``; the only ones of which anything may be shown."""
        return tuple(sorted(code for code in self.roles if self.may(role, code)))
