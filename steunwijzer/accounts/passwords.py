"""Passwords: which are good enough, and how they are kept.

Follows NIST SP 800-63B section 3.1.1: length counts, composition rules do not; what is easily guessed is refused.
"""

from __future__ import annotations

import asyncio
import re
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher

MIN_LENGTH, MAX_LENGTH = 12, 200
# Argon2id with 19 MiB, two rounds, one lane: the OWASP Password Storage Cheat Sheet's first choice.
_MEMORY_KIB, _ROUNDS, _LANES = 19_456, 2, 1
# Hashing takes memory and a core; more than two at once would let strangers at the door slow down the chat.
_AT_ONCE = 2
_SHORTEST_PART = 4
_COMMON = Path(__file__).with_name("veelgebruikt.txt")


def problem_with(password: str, *, email: str, name: str) -> str | None:
    """Why this password is not good enough, in Dutch; None when it is."""
    plain = _plain(password)
    if len(plain) < MIN_LENGTH:
        return f"Kies een wachtwoord van minstens {MIN_LENGTH} tekens. Een paar losse woorden achter elkaar is goed."
    if len(plain) > MAX_LENGTH:
        return f"Kies een wachtwoord van hoogstens {MAX_LENGTH} tekens."
    folded = plain.casefold()
    own = [email.casefold(), *re.split(r"[\W_]+", f"{email} {name}".casefold())]
    rest = folded
    for part in sorted((part for part in own if len(part) >= _SHORTEST_PART), key=len, reverse=True):
        rest = rest.replace(part, "")
    if len(rest) < MIN_LENGTH / 2:
        return "Uw wachtwoord lijkt te veel op uw naam of e-mailadres. Kies iets anders."
    letters = re.sub(r"[\W\d_]+", "", folded)
    if folded in _common() or letters in _common() or len(set(folded)) < _SHORTEST_PART:
        return "Dit wachtwoord is makkelijk te raden. Kies iets anders."
    return None


async def hashed(password: str) -> str:
    """The password as an argon2id hash."""
    return await _alone(_hasher().hash, _plain(password))


async def is_right(kept: str | None, password: str) -> bool:
    """Whether this is the password that was kept. Without one it takes as long, and is not."""
    if len(password) > MAX_LENGTH:
        kept, password = None, ""
    right = await _alone(_verified, kept or _nobodys(), _plain(password))
    return right and kept is not None


def _verified(kept: str, password: str) -> bool:
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return _hasher().verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False


async def _alone[**Given, Made](work: Callable[Given, Made], *given: Given.args, **named: Given.kwargs) -> Made:
    async with _turns(asyncio.get_running_loop()):
        return await asyncio.to_thread(work, *given, **named)


@cache
def _turns(_loop: asyncio.AbstractEventLoop) -> asyncio.Semaphore:
    return asyncio.Semaphore(_AT_ONCE)


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=_ROUNDS, memory_cost=_MEMORY_KIB, parallelism=_LANES)


@cache
def _nobodys() -> str:
    """A hash to compare with when there is no account, so that the answer takes as long."""
    return _hasher().hash("niemand")


@cache
def _common() -> frozenset[str]:
    return frozenset(_COMMON.read_text(encoding="utf-8").split())


def _plain(password: str) -> str:
    """The same characters however a keyboard composes them."""
    return unicodedata.normalize("NFKC", password)
