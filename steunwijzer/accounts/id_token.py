"""Checks an ID token as OpenID Connect Core 1.0 section 3.1.3.7 asks."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any

# Signed with a key of the provider that anybody can check; never "none", never with our own secret.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
_CLOCKS_DIFFER_SECONDS = 30
logger = logging.getLogger("steunwijzer")


def checked(
    token: str, keys: Mapping[str, Any], *, issuer: str, client_id: str, nonce: str, now: datetime
) -> dict[str, Any] | None:
    """The claims of a token by this issuer, for us, for this visit, still valid; None for any other. The log tells what is wrong, not who."""
    from joserfc import jwt
    from joserfc.errors import JoseError
    from joserfc.jwk import KeySet

    asked = jwt.JWTClaimsRegistry(
        now=int(now.timestamp()),
        leeway=_CLOCKS_DIFFER_SECONDS,
        iss={"essential": True, "value": issuer},
        aud={"essential": True, "value": client_id},
        nonce={"essential": True, "value": nonce},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
    )
    try:
        known = KeySet.import_key_set({"keys": keys["keys"]})
        claims: dict[str, Any] = jwt.decode(token, known, algorithms=list(ALGORITHMS)).claims
        asked.validate(claims)
    except (JoseError, ValueError, KeyError, TypeError) as error:
        logger.warning("ID-token geweigerd: %s", type(error).__name__)
        return None
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if (several or "azp" in claims) and claims.get("azp") != client_id:
        logger.warning("ID-token geweigerd: azp")
        return None
    return claims
