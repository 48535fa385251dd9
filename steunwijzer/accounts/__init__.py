"""Who works at the desk: accounts, signing in, sessions and roles."""

from steunwijzer.accounts import colleagues, organisation, passwords, sessions, totp
from steunwijzer.accounts.claims import RoleClaim
from steunwijzer.accounts.errors import AccountError, Refused
from steunwijzer.accounts.oidc import Provider, ProviderDown, ProviderSettings
from steunwijzer.accounts.sessions import SignedIn
from steunwijzer.accounts.signing_in import LocalAccounts, SetUp
from steunwijzer.accounts.who import BEHEERDER, MEDEWERKER, RAADPLEGER, REDACTEUR, ROLES, TEAMLEIDER, Who

__all__ = [
    "BEHEERDER", "MEDEWERKER", "RAADPLEGER", "REDACTEUR", "ROLES", "TEAMLEIDER", "AccountError", "LocalAccounts", "Provider", "ProviderDown",
    "ProviderSettings", "Refused", "RoleClaim", "SetUp", "SignedIn", "Who", "colleagues", "organisation", "passwords", "sessions", "totp",
]  # fmt: skip
