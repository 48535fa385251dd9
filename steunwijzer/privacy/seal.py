"""Seals a text so that only this installation can read it: what stands in a database or a backup says nothing by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

_PURPOSE = b"steunwijzer/verzegelen/1"


class SealError(ValueError):
    """A sealed text cannot be opened: it was changed, or sealed with another secret."""


class Sealer:
    """Seals with a key derived (HKDF, SHA-256) from the secret of the installation; Fernet, so a change is noticed."""

    def __init__(self, secret: str) -> None:
        self._secret = secret
        self._made: Fernet | None = None

    def seal(self, text: str) -> str:
        """The text, sealed; another value at every call."""
        return self._fernet().encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """What was sealed. Raises :class:`SealError` when that cannot be known."""
        from cryptography.fernet import InvalidToken

        try:
            return self._fernet().decrypt(sealed.encode()).decode()
        except (InvalidToken, UnicodeError) as error:
            raise SealError("sealed with another secret, or changed") from error

    def _fernet(self) -> Fernet:
        # Cryptography costs memory; an installation without a desk never seals.
        if self._made is None:
            import base64

            from cryptography.fernet import Fernet
            from cryptography.hazmat.primitives import hashes
            from cryptography.hazmat.primitives.kdf.hkdf import HKDF

            derive = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=_PURPOSE)
            self._made = Fernet(base64.urlsafe_b64encode(derive.derive(self._secret.encode())))
        return self._made
