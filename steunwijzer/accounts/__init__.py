"""Who works at the desk: accounts, signing in, sessions and roles."""

from steunwijzer.accounts import colleagues, passwords, sessions, totp
from steunwijzer.accounts.errors import AccountError, Refused
from steunwijzer.accounts.sessions import SignedIn
from steunwijzer.accounts.signing_in import LocalAccounts, SetUp
from steunwijzer.accounts.who import BEHEERDER, MEDEWERKER, RAADPLEGER, REDACTEUR, ROLES, TEAMLEIDER, Who

__all__ = [
    "BEHEERDER", "MEDEWERKER", "RAADPLEGER", "REDACTEUR", "ROLES", "TEAMLEIDER", "AccountError", "LocalAccounts", "Refused", "SetUp",
    "SignedIn", "Who", "colleagues", "passwords", "sessions", "totp",
]  # fmt: skip
