"""The second step of signing in: six digits from an app (RFC 6238: SHA-1, 30 seconds), each of use once."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime

_PERIOD_SECONDS = 30
# A telephone's clock may be one period off.
_AROUND = (-1, 0, 1)
_SECRET_BYTES = 20
_ISSUER = "Steunwijzer"


def secret_for(key: str, token: str) -> str:
    """The secret (base32) that belongs to a set-up link: the same each time the page is opened, so nothing is kept until it is used."""
    digest = hmac.digest(key.encode(), f"steunwijzer/totp/1/{token}".encode(), hashlib.sha256)
    return base64.b32encode(digest[:_SECRET_BYTES]).decode()


def matching_step(secret: str, code: str, now: datetime, last: int) -> int | None:
    """The period of this code when it is right and later than ``last``, the period of the code that was used before; else None."""
    import pyotp

    given = "".join(code.split())
    app = pyotp.TOTP(secret, interval=_PERIOD_SECONDS)
    current = app.timecode(now)
    # All are compared, whichever is right.
    right = [step for step in (current + around for around in _AROUND) if _same(app.generate_otp(step), given)]
    return next((step for step in right if step > last), None)


def address(secret: str, email: str) -> str:
    """The ``otpauth:`` address that an app reads from the picture."""
    import pyotp

    return pyotp.TOTP(secret, interval=_PERIOD_SECONDS).provisioning_uri(name=email, issuer_name=_ISSUER)


def picture(text: str) -> str:
    """A QR code as an SVG element without style, script or address of elsewhere."""
    import segno

    # A quiet zone of white, so that a camera reads it from a dark page too.
    return segno.make(text, error="m", micro=False).svg_inline(
        scale=5, border=4, dark="#000", light="#fff", title="QR-code voor uw app", svgclass="qr", omitsize=True
    )


def _same(expected: str, given: str) -> bool:
    return hmac.compare_digest(expected.encode(), given.encode())
