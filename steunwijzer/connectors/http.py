"""Calls to other systems: https, no redirects, no addresses inside the own network unless that is allowed, limits on time and size."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from ssl import SSLContext
from typing import Any

import httpx
import msgspec

from steunwijzer.connectors.connector import Refused, TryLater
from steunwijzer.connectors.tls import trusted

CALL_SECONDS = 15.0
_CONNECT_SECONDS = 5.0
_MAX_BYTES = 1_000_000
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_PASSING = frozenset({408, 425, 429})
_REASONS = {
    400: "De ontvanger keurt de gegevens af (400).",
    401: "De ontvanger kent ons geheim niet (401). Kijk het token of geheim na.",
    403: "De ontvanger staat dit niet toe (403). Kijk de rechten van het token na.",
    404: "Dit adres bestaat niet bij de ontvanger (404). Kijk het adres na.",
    410: "Dit adres bestaat niet meer bij de ontvanger (410). Kijk het adres na.",
    413: "De ontvanger vindt het bericht te groot (413).",
    422: "De ontvanger keurt de gegevens af (422).",
}


@dataclass(frozen=True)
class Answer:
    """What came back. ``at``: the receiver's clock as it stood in the header ``Date``, or empty."""

    status: int
    body: bytes
    at: str

    def json(self) -> dict[str, Any]:
        """The object in the body. Raises :class:`TryLater` when it holds none: then something else than the receiver answered."""
        try:
            return msgspec.json.decode(self.body, type=dict[str, Any])
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise TryLater("Het antwoord van de ontvanger is geen JSON.") from error


def is_loopback(url: str) -> bool:
    """Whether an address is on this device."""
    return httpx.URL(url).host in _LOOPBACK


def address_fault(url: str) -> str:
    """What is wrong with a receiver's address, in Dutch; empty when nothing is."""
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL:
        return "is geen webadres"
    if parsed.scheme not in {"https", "http"} or not parsed.host:
        return "is geen webadres"
    if parsed.userinfo:
        return "mag geen naam of wachtwoord bevatten"
    if parsed.scheme == "http" and parsed.host not in _LOOPBACK:
        return "moet met https:// beginnen"
    return ""


class Caller:
    """Makes calls to one receiver. ``private``: addresses inside the own network, and a proxy of the environment, may be used."""

    def __init__(self, private: bool, verify: SSLContext | None = None) -> None:
        self._private, self._verify = private, verify

    @cached_property
    def _client(self) -> httpx.AsyncClient:
        # Made at the first call: the certificates of the world take memory that most processes never need.
        return httpx.AsyncClient(
            timeout=httpx.Timeout(CALL_SECONDS, connect=_CONNECT_SECONDS),
            follow_redirects=False,
            trust_env=self._private,
            verify=self._verify or trusted(),
            headers={"User-Agent": "Steunwijzer"},
        )

    async def call(
        self, method: str, url: str, *, content: bytes | None = None, headers: Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
    ) -> Answer:  # fmt: skip
        """The answer, whatever its status. Raises :class:`TryLater` without one, :class:`Refused` for a place we may not go."""
        target = httpx.URL(url, params=params) if params else httpx.URL(url)
        extra, extensions = dict(headers or {}), {}
        try:
            # httpx counts each silence apart; a drip of bytes must not keep the outbox waiting.
            async with asyncio.timeout(CALL_SECONDS):
                if not self._private and target.host not in _LOOPBACK:
                    # The address that was looked at is the one that is called: a name may answer differently the next time.
                    extra["Host"], extensions = target.netloc.decode(), {"sni_hostname": target.host}
                    target = target.copy_with(host=await _public_address(target))
                return await self._read(method, target, content, extra, extensions)
        except (TimeoutError, httpx.TimeoutException) as error:
            raise TryLater(f"De ontvanger antwoordt niet binnen {CALL_SECONDS:.0f} seconden.") from error
        except httpx.HTTPError as error:
            raise TryLater(
                f"Geen verbinding met de ontvanger. Kijk of die aanstaat, en of adres, poort en certificaat kloppen ({type(error).__name__})."
            ) from error

    async def _read(
        self, method: str, target: httpx.URL, content: bytes | None, headers: Mapping[str, str], extensions: dict[str, Any]
    ) -> Answer:  # fmt: skip
        async with self._client.stream(
            method, target, content=content, headers=headers, extensions=extensions
        ) as answer:
            body = bytearray()
            async for part in answer.aiter_bytes():
                body += part
                if len(body) > _MAX_BYTES:
                    raise TryLater("Het antwoord van de ontvanger is te groot.")
            _must_be_success(answer, bytes(body))
            return Answer(answer.status_code, bytes(body), answer.headers.get("date", ""))

    async def close(self) -> None:
        """Close the connections, if there were any."""
        if "_client" in self.__dict__:
            await self._client.aclose()


def _must_be_success(answer: httpx.Response, body: bytes) -> None:
    status = answer.status_code
    if answer.is_success:
        return
    if status in _PASSING or status >= 500:
        after = answer.headers.get("retry-after", "")
        raise TryLater(f"De ontvanger kan het nu niet aan ({status}).", float(after) if after.isdecimal() else 0)
    if answer.is_redirect:
        raise Refused(
            f"De ontvanger stuurt door naar een ander adres ({status}). Dat volgen we niet; stel dat adres in."
        )
    raise Refused(f"{_REASONS.get(status, f'De ontvanger weigert het bericht ({status}).')}{_fields_at_fault(body)}")


def _fields_at_fault(body: bytes) -> str:
    """Names and codes of the fields that were refused; never the receiver's sentences, which may repeat what was sent."""
    try:
        listed = msgspec.json.decode(body, type=dict[str, Any]).get("invalidParams")
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return ""
    named = [item for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []
    words = [f"{_word(item.get('name'))} ({_word(item.get('code'))})" for item in named[:5]]
    return f" Het gaat om: {', '.join(words)}." if words else ""


def _word(value: object) -> str:
    text = str(value or "?")[:60]
    return "".join(letter for letter in text if letter.isascii() and (letter.isalpha() or letter in "._-"))


async def _public_address(target: httpx.URL) -> str:
    """An address of the name that is not inside anybody's own network. Raises :class:`TryLater` or :class:`Refused`."""
    port = target.port or 443
    try:
        found = await asyncio.get_running_loop().getaddrinfo(target.host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise TryLater("De naam van de ontvanger is niet te vinden (DNS).") from error
    addresses = [str(item[4][0]) for item in found]
    if not addresses or not all(ipaddress.ip_address(address.split("%")[0]).is_global for address in addresses):
        raise Refused(
            "Het adres van de ontvanger ligt in het eigen netwerk. Zet STEUNWIJZER_CONNECTORS_PRIVATE op 'on' als dat zo hoort."
        )
    return addresses[0]
