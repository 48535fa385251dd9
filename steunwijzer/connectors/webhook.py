"""A signed message to a web address of the municipality, as https://www.standardwebhooks.com describes."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from steunwijzer.clock import Clock
from steunwijzer.connectors.connector import Finding, Refused, TryLater
from steunwijzer.connectors.http import Caller
from steunwijzer.connectors.parcel import CALLBACK, Parcel

_TYPES = {CALLBACK: "terugbelverzoek.gevraagd"}
_CLOSED = "gesprek.afgesloten"


@dataclass(frozen=True)
class WebhookSettings:
    """``url``: https, or http on this device; ``secret``: ``whsec_`` and base64 of at least 24 bytes."""

    url: str
    secret: str


class Webhook:
    """Posts each parcel once more until the receiver says 2xx; ``webhook-id`` is the same every time."""

    def __init__(self, settings: WebhookSettings, caller: Caller, clock: Clock, public_url: str) -> None:
        self._settings, self._caller, self._clock, self._public_url = settings, caller, clock, public_url

    async def deliver(self, parcel: Parcel) -> AsyncGenerator[tuple[str, str]]:
        """One step: the receiver has taken it."""
        if "ontvangen" not in parcel.progress:
            answer = await self._send(parcel.id, message_of(parcel, self._public_url))
            yield "ontvangen", str(answer)

    async def check(self) -> list[Finding]:
        """Sends a message of type ``test``; the receiver shows with 2xx that the signature is right."""
        now = self._clock()
        try:
            await self._send(f"test_{now:%Y%m%dT%H%M%S}", {"type": "test", "timestamp": now.isoformat(), "data": {}})
        except (Refused, TryLater) as error:
            return [Finding(False, f"Webhook {self._settings.url}: {error.reason}")]
        return [Finding(True, f"Webhook {self._settings.url}: proefbericht aangenomen.")]

    async def status(self, progress: Mapping[str, str]) -> str:
        """A webhook cannot be asked."""
        return ""

    async def close(self) -> None:
        """Close the connections."""
        await self._caller.close()

    async def _send(self, message_id: str, message: Mapping[str, Any]) -> int:
        from standardwebhooks import Webhook as Signer

        body, now = msgspec.json.encode(message), self._clock()
        headers = {
            "Content-Type": "application/json",
            "webhook-id": message_id,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": Signer(self._settings.secret).sign(message_id, now, body.decode()),
            "Idempotency-Key": message_id,
        }
        return (await self._caller.call("POST", self._settings.url, content=body, headers=headers)).status


def message_of(parcel: Parcel, public_url: str) -> dict[str, Any]:
    """The body; docs/koppelingen.md explains each field."""
    data: dict[str, Any] = {
        "id": parcel.id,
        "gesprek": parcel.conversation_id,
        "gemeente": parcel.gemeente,
        "onderwerp": parcel.topic,
        "samenvatting": dict(parcel.summary),
        "link": parcel.link(public_url),
    }
    if parcel.kind == CALLBACK:
        data |= {
            "naam": parcel.name,
            "telefoon": parcel.phone,
            "bestTijd": parcel.best_time,
            "aangepast": parcel.changed,
        }
    else:
        data |= {"uitkomst": parcel.outcome}
    return {"type": _TYPES.get(parcel.kind, _CLOSED), "timestamp": parcel.at.isoformat(), "data": data}
