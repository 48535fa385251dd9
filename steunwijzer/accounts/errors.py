"""What can go wrong with an account, in words for the person who reads them."""

from __future__ import annotations


class AccountError(ValueError):
    """Something about an account cannot be. The message is Dutch and says what to do."""


class Refused(AccountError):
    """Signing in is refused. The message does not tell whether the account exists."""
