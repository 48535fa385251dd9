"""Signing in with the organisation's own account: OpenID Connect, authorization code with PKCE (Keycloak, Entra ID and the like)."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from steunwijzer.accounts.claims import RoleClaim, Vouched, vouched
from steunwijzer.accounts.errors import AccountError, Refused
from steunwijzer.accounts.id_token import checked

if TYPE_CHECKING:
    from authlib.integrations.httpx_client import AsyncOAuth2Client

_SCOPE = "openid profile email"
_TIMEOUT_SECONDS = 5.0
_LOOK_AGAIN = timedelta(hours=1)
# A provider that changed its keys is asked at once, but not by every wrong token.
_NEW_KEYS_EVERY = timedelta(minutes=1)
IN_TIME = timedelta(minutes=10)
_AGAIN = "Aanmelden bij uw organisatie is niet gelukt. Begin opnieuw."


class ProviderDown(AccountError):
    """The provider does not answer, or with something else than it should."""

    def __init__(self) -> None:
        super().__init__(
            "De aanmelddienst van uw organisatie antwoordt niet. Probeer het over een paar minuten opnieuw."
        )


@dataclass(frozen=True)
class ProviderSettings:
    """``issuer``: exactly as the provider writes it; ``redirect``: our address to come back to, as it is registered there;
    ``home``: where one comes after signing out there."""

    issuer: str
    client_id: str
    client_secret: str
    redirect: str
    home: str
    roles: RoleClaim


class Provider:
    """One provider. What it says about itself is asked when first needed, so that the desk starts without it."""

    def __init__(self, settings: ProviderSettings) -> None:
        self.settings = settings
        self._metadata: Mapping[str, Any] = {}
        self._keys: Mapping[str, Any] = {}
        self._asked_metadata = self._asked_keys = datetime.min.replace(tzinfo=UTC)

    async def start(self, now: datetime) -> tuple[str, dict[str, str]]:
        """The address to send the browser to, and what the browser must keep until it comes back. Raises :class:`ProviderDown`."""
        kept = {"nonce": secrets.token_urlsafe(24), "verifier": secrets.token_urlsafe(48), "at": now.isoformat()}
        async with self._client() as client:
            metadata = await self._about(client, now)
            address, state = client.create_authorization_url(
                metadata["authorization_endpoint"], nonce=kept["nonce"], code_verifier=kept["verifier"]
            )
        return str(address), {**kept, "state": str(state)}

    async def finish(self, kept: Mapping[str, str], answer: Mapping[str, str], now: datetime) -> Vouched:
        """Who came back. ``answer``: the query of the address. Raises :class:`Refused` or :class:`ProviderDown`."""
        if not self._is_ours(kept, answer, now):
            raise Refused(_AGAIN)
        if "error" in answer or not answer.get("code"):
            raise Refused("Uw organisatie heeft u niet aangemeld. Probeer het opnieuw, of vraag uw beheerder.")
        async with self._client() as client:
            metadata = await self._about(client, now)
            if answer.get("iss", metadata["issuer"]) != metadata["issuer"]:
                raise Refused(_AGAIN)
            token = await self._token(client, metadata, answer["code"], kept["verifier"])
            claims = await self._claims(client, metadata, token, kept["nonce"], now)
        return vouched(claims, self.settings.roles)

    async def sign_out_address(self, now: datetime) -> str:
        """Where to sign out at the provider too; empty when it has no such place or does not answer."""
        try:
            async with self._client() as client:
                end = str((await self._about(client, now)).get("end_session_endpoint", ""))
        except ProviderDown:
            return ""
        query = urlencode({"client_id": self.settings.client_id, "post_logout_redirect_uri": self.settings.home})
        return f"{end}{'&' if '?' in end else '?'}{query}" if end else ""

    def _is_ours(self, kept: Mapping[str, str], answer: Mapping[str, str], now: datetime) -> bool:
        """Whether this browser set out from here, not too long ago, and this is the answer to that."""
        try:
            began = datetime.fromisoformat(kept["at"])
            same = hmac.compare_digest(kept["state"].encode(), answer.get("state", "").encode())
        except (KeyError, ValueError):
            return False
        return same and timedelta(0) <= now - began < IN_TIME

    @asynccontextmanager
    async def _client(self) -> AsyncIterator[AsyncOAuth2Client]:
        # Authlib costs memory; only who signs in this way needs it.
        import httpx
        from authlib.integrations.httpx_client import AsyncOAuth2Client

        try:
            async with AsyncOAuth2Client(
                self.settings.client_id, self.settings.client_secret,
                scope=_SCOPE, redirect_uri=self.settings.redirect, code_challenge_method="S256", timeout=_TIMEOUT_SECONDS,
            ) as client:  # fmt: skip
                yield client
        except httpx.HTTPError as error:
            raise ProviderDown from error

    async def _about(self, client: AsyncOAuth2Client, now: datetime) -> Mapping[str, Any]:
        if not self._metadata or now - self._asked_metadata > _LOOK_AGAIN:
            issuer = self.settings.issuer
            found = await _json(client, f"{issuer.rstrip('/')}/.well-known/openid-configuration")
            needed = ("authorization_endpoint", "token_endpoint", "jwks_uri")
            if found.get("issuer") != issuer or not all(found.get(name) for name in needed):
                raise ProviderDown
            self._metadata, self._asked_metadata = found, now
        return self._metadata

    async def _token(
        self, client: AsyncOAuth2Client, metadata: Mapping[str, Any], code: str, verifier: str
    ) -> Mapping[str, Any]:
        from authlib.integrations.base_client import OAuthError

        methods = metadata.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        client.token_endpoint_auth_method = (
            "client_secret_basic" if "client_secret_basic" in methods else "client_secret_post"
        )
        try:
            token: Mapping[str, Any] = await client.fetch_token(
                metadata["token_endpoint"], code=code, code_verifier=verifier, grant_type="authorization_code"
            )
        except OAuthError as error:
            raise Refused(_AGAIN) from error
        except ValueError as error:
            raise ProviderDown from error
        return token

    async def _claims(
        self,
        client: AsyncOAuth2Client,
        metadata: Mapping[str, Any],
        token: Mapping[str, Any],
        nonce: str,
        now: datetime,
    ) -> Mapping[str, Any]:
        """The claims of the checked ID token, completed with those a provider gives only when asked (OpenID Connect Core 5.4)."""
        claims = await self._checked(client, metadata, str(token.get("id_token", "")), nonce, now)
        endpoint = metadata.get("userinfo_endpoint")
        if "email" in claims or not endpoint or not token.get("access_token"):
            return claims
        more = await _json(client, endpoint, with_token=True)
        if more.get("sub") != claims["sub"]:
            raise Refused(_AGAIN)
        return {**more, **claims}

    async def _checked(
        self, client: AsyncOAuth2Client, metadata: Mapping[str, Any], id_token: str, nonce: str, now: datetime
    ) -> Mapping[str, Any]:
        if not self._keys or now - self._asked_keys > _LOOK_AGAIN:
            await self._new_keys(client, metadata, now)
        claims = self._believed(id_token, nonce, now)
        if claims is None and now - self._asked_keys > _NEW_KEYS_EVERY:
            await self._new_keys(client, metadata, now)
            claims = self._believed(id_token, nonce, now)
        if claims is None:
            raise Refused(_AGAIN)
        return claims

    def _believed(self, id_token: str, nonce: str, now: datetime) -> Mapping[str, Any] | None:
        mine = self.settings
        return checked(id_token, self._keys, issuer=mine.issuer, client_id=mine.client_id, nonce=nonce, now=now)

    async def _new_keys(self, client: AsyncOAuth2Client, metadata: Mapping[str, Any], now: datetime) -> None:
        self._keys, self._asked_keys = await _json(client, metadata["jwks_uri"]), now


async def _json(client: AsyncOAuth2Client, address: str, *, with_token: bool = False) -> Mapping[str, Any]:
    """An object from the provider. Raises :class:`ProviderDown` when it is none."""
    answer = await client.request("GET", address, withhold_token=not with_token)
    try:
        found = answer.json() if answer.status_code == 200 else None
    except ValueError as error:
        raise ProviderDown from error
    if not isinstance(found, dict):
        raise ProviderDown
    return found
