"""Who works at the desk: accounts, signing in, sessions and roles."""

from steunwijzer.accounts.who import BEHEERDER, MEDEWERKER, RAADPLEGER, REDACTEUR, ROLES, TEAMLEIDER, Who

__all__ = ["BEHEERDER", "MEDEWERKER", "RAADPLEGER", "REDACTEUR", "ROLES", "TEAMLEIDER", "Who"]
