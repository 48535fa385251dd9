"""Only a token of this issuer, for us, for this visit, signed with its key and still valid, is believed."""

from __future__ import annotations

import base64
import hmac
from datetime import UTC, datetime
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, RSAKey

from steunwijzer.accounts.id_token import checked

NOW = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
AT = int(NOW.timestamp())
RSA = RSAKey.generate_key(2048, {"kid": "een", "use": "sig"})
EC = ECKey.generate_key("P-256", {"kid": "twee", "use": "sig"})
KEYS = KeySet([RSA, EC]).as_dict(private=False)
ISSUER, CLIENT, NONCE = "https://inloggen.example", "balie", "alleen nu"
GOOD = {"iss": ISSUER, "aud": CLIENT, "sub": "123", "nonce": NONCE, "iat": AT, "exp": AT + 300}


def token(key: Any = RSA, alg: str = "RS256", **changed: Any) -> str:
    claims = {name: value for name, value in {**GOOD, **changed}.items() if value is not None}
    return jwt.encode({"alg": alg, "kid": key.kid or "een"}, claims, key, algorithms=[alg])


def encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def believed(text: str) -> bool:
    return checked(text, KEYS, issuer=ISSUER, client_id=CLIENT, nonce=NONCE, now=NOW) is not None


@pytest.mark.parametrize(
    "text", [token(), token(EC, "ES256"), token(alg="PS256"), token(aud=[CLIENT]), token(aud=[CLIENT, "ander"], azp=CLIENT)]
)  # fmt: skip
def test_a_good_token(text: str) -> None:
    assert believed(text)


@pytest.mark.parametrize(
    "changed",
    [
        {"iss": "https://elders.example"},
        {"aud": "ander"},
        {"aud": ["ander"]},
        {"aud": [CLIENT, "ander"]},
        {"azp": "ander"},
        {"nonce": "een andere keer"},
        {"exp": AT - 60},
        {"iat": AT + 3600},
        *({name: None} for name in ("iss", "aud", "sub", "nonce", "iat", "exp")),
    ],
    ids=str,
)
def test_one_thing_wrong(changed: dict[str, Any]) -> None:
    assert not believed(token(**changed))


def test_a_key_that_is_not_the_providers() -> None:
    assert not believed(token(RSAKey.generate_key(2048, {"kid": "een"})))


def test_no_signature_or_one_with_a_secret_is_none() -> None:
    header, claims, _ = token().split(".")
    pem = RSA.as_pem(private=False)
    forged = f"{encoded(b'{"alg":"HS256","kid":"een"}')}.{claims}"
    assert not believed(f"{forged}.{encoded(hmac.digest(pem, forged.encode(), 'sha256'))}")
    assert not believed(f"{header}.{claims}.")
    assert not believed(f"eyJhbGciOiJub25lIn0.{claims}.")


@pytest.mark.parametrize("text", ["", "a.b.c", "geen token", "é.é.é"])
def test_rubbish(text: str) -> None:
    assert not believed(text)


def test_a_provider_without_usable_keys() -> None:
    for keys in ({}, {"keys": []}, {"keys": [{"kty": "??"}]}, {"keys": "tekst"}):
        assert checked(token(), keys, issuer=ISSUER, client_id=CLIENT, nonce=NONCE, now=NOW) is None
