"""Open Klant 2 (Klantinteracties API): a call-back request becomes a klantcontact with a betrokkene, a telephone number and an interne taak.

The API knows no key for repeated requests. So every step first looks for what an earlier attempt may have made: the klantcontact by
an onderwerpobject with the id of the delivery, the rest by what it hangs on. Unknown fields in answers are ignored: versions differ.
"""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import msgspec

from steunwijzer.clock import Clock
from steunwijzer.connectors.connector import Finding, Refused, TryLater
from steunwijzer.connectors.http import Answer, Caller
from steunwijzer.connectors.parcel import CALLBACK, Parcel

API_PATH = "/klantinteracties/api/v1"
REGISTER = "steunwijzer"
_PHONE = re.compile(r"(0[1-9][0-9]{8}|\+[0-9]{9,15}|00[0-9]{7,13})")
_DUTCH = re.compile(r"\+31([1-9][0-9]{8})")
_MAX_SKEW_SECONDS = 60
# Limits of the API (docs/koppelingen.md names the version they were read from).
_ONDERWERP, _INHOUD, _NAME, _ADRES, _METADATA = 200, 1000, 200, 80, 255
_STATES = {"te_verwerken": "te verwerken", "verwerkt": "afgehandeld"}
Json = dict[str, Any]


@dataclass(frozen=True)
class OpenKlantSettings:
    """``channel``: the kanaal exactly as the municipality writes it; ``team``: actor that gets the task; ``actor``: the assistant's own, or empty."""

    url: str
    token: str
    channel: str
    team: str
    actor: str = ""


class OpenKlant:
    """Delivers to one Open Klant."""

    def __init__(self, settings: OpenKlantSettings, caller: Caller, clock: Clock, public_url: str) -> None:
        self._settings, self._caller, self._clock, self._public_url = settings, caller, clock, public_url
        self._base = settings.url.removesuffix(API_PATH) + API_PATH

    async def deliver(self, parcel: Parcel) -> AsyncGenerator[tuple[str, str]]:
        """Steps ``betrokkene``, ``klantcontact``, ``actor``, and for a call-back ``digitaaladres`` and ``internetaak``; each gives a uuid."""
        done = dict(parcel.progress)
        if "klantcontact" not in done:
            contact, person = await self._find_contact(parcel) or await self._make_contact(parcel)
            # The klantcontact last: with it in the progress both are known.
            done |= {"betrokkene": person, "klantcontact": contact}
            yield "betrokkene", person
            yield "klantcontact", contact
        if self._settings.actor and "actor" not in done:
            yield "actor", await self._actor(done["klantcontact"])
        if parcel.kind != CALLBACK:
            return
        if "digitaaladres" not in done:
            yield "digitaaladres", await self._address(done["betrokkene"], parcel.phone)
        if "internetaak" not in done:
            yield "internetaak", await self._task(done["klantcontact"], parcel)

    async def check(self) -> list[Finding]:
        """Reachable, authorised, the actors there and active, the channel in use, the clocks equal. Writes nothing."""
        name = f"Open Klant {self._settings.url}"
        try:
            answer = await self._get("/klantcontacten", {"kanaal": self._settings.channel, "pageSize": "1"})
            findings = [Finding(True, f"{name}: bereikbaar en toegelaten.")]
            findings += [self._channel_finding(answer.json()), *self._clock_findings(answer.at)]
            for what, actor in (("team", self._settings.team), ("assistent", self._settings.actor)):
                if actor:
                    findings.append(await self._actor_finding(what, actor))
        except (Refused, TryLater) as error:
            return [Finding(False, f"{name}: {error.reason}")]
        return findings

    async def status(self, progress: Mapping[str, str]) -> str:
        """How far the interne taak is; empty when there is none."""
        if not progress.get("internetaak"):
            return ""
        try:
            task = (await self._get(f"/internetaken/{progress['internetaak']}", {})).json()
        except Refused:
            return "niet te vinden"
        return _STATES.get(str(task.get("status")), "")

    async def close(self) -> None:
        """Close the connections."""
        await self._caller.close()

    async def _find_contact(self, parcel: Parcel) -> tuple[str, str] | None:
        """What an earlier attempt made whose answer was lost."""
        field = "onderwerpobject__onderwerpobjectidentificator"
        wanted = {f"{field}ObjectId": parcel.id, f"{field}CodeRegister": REGISTER}
        found = await self._results("/klantcontacten", wanted)
        return (_uuid(found[0]), _uuid(*(found[0].get("hadBetrokkenen") or [])[:1])) if found else None

    async def _make_contact(self, parcel: Parcel) -> tuple[str, str]:
        made = await self._post("/maak-klantcontact", contact_of(parcel, self._settings.channel))
        return _uuid(made.get("klantcontact")), _uuid(made.get("betrokkene"))

    async def _actor(self, contact: str) -> str:
        wanted = {"actor__uuid": self._settings.actor, "klantcontact__uuid": contact}
        found = await self._results("/actorklantcontacten", wanted)
        body = {"actor": {"uuid": self._settings.actor}, "klantcontact": {"uuid": contact}}
        return _uuid(found[0] if found else await self._post("/actorklantcontacten", body))

    async def _address(self, person: str, phone: str) -> str:
        found = await self._results("/digitaleadressen", {"verstrektDoorBetrokkene__uuid": person})
        return _uuid(found[0] if found else await self._post("/digitaleadressen", address_of(person, phone)))

    async def _task(self, contact: str, parcel: Parcel) -> str:
        found = await self._results("/internetaken", {"klantcontact__uuid": contact})
        body = task_of(contact, self._settings.team, parcel.link(self._public_url))
        return _uuid(found[0] if found else await self._post("/internetaken", body))

    def _channel_finding(self, listed: Json) -> Finding:
        channel = self._settings.channel
        if listed.get("count"):
            return Finding(True, f"Kanaal '{channel}' is in gebruik.")
        return Finding(True, f"Kanaal '{channel}' is nog nooit gebruikt. Of het mag, blijkt bij de eerste bezorging.")

    def _clock_findings(self, date: str) -> list[Finding]:
        try:
            theirs = parsedate_to_datetime(date)
        except ValueError:
            return []
        skew = abs((self._clock() - (theirs if theirs.tzinfo else theirs.replace(tzinfo=UTC))).total_seconds())
        if skew <= _MAX_SKEW_SECONDS:
            return [Finding(True, "De klokken lopen gelijk.")]
        return [Finding(False, f"De klokken lopen {skew:.0f} seconden uiteen. Kijk de tijd van beide apparaten na.")]

    async def _actor_finding(self, what: str, actor: str) -> Finding:
        try:
            known = (await self._get(f"/actoren/{actor}", {})).json()
        except Refused:
            return Finding(False, f"Actor van {what} ({actor}) bestaat niet.")
        if not known.get("indicatieActief", True):
            return Finding(False, f"Actor van {what} ({actor}) is niet actief.")
        return Finding(True, f"Actor van {what} bestaat en is actief.")

    async def _results(self, path: str, wanted: Mapping[str, str]) -> list[Json]:
        listed = (await self._get(path, wanted)).json().get("results")
        return [item for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []

    async def _get(self, path: str, params: Mapping[str, str]) -> Answer:
        return await self._caller.call("GET", self._base + path, params=params, headers=self._headers())

    async def _post(self, path: str, body: Json) -> Json:
        content, headers = msgspec.json.encode(body), {**self._headers(), "Content-Type": "application/json"}
        return (await self._caller.call("POST", self._base + path, content=content, headers=headers)).json()

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Token {self._settings.token}", "Accept": "application/json"}


def contact_of(parcel: Parcel, channel: str) -> Json:
    """Body of ``maak-klantcontact``: klantcontact, betrokkene and onderwerpobject in one go."""
    return {
        "klantcontact": {
            "kanaal": channel,
            "onderwerp": _cut(parcel.title, _ONDERWERP),
            "inhoud": _cut(_content(parcel), _INHOUD),
            "indicatieContactGelukt": True,
            "taal": "nld",
            "vertrouwelijk": True,
            "plaatsgevondenOp": _moment(parcel.at),
            "metadata": {"bron": REGISTER, "gesprek": _cut(parcel.conversation_id, _METADATA)},
        },
        "betrokkene": {
            "wasPartij": None,
            "rol": "klant",
            "initiator": True,
            "organisatienaam": "",
            # One field: where a name is cut into first and last is a guess we do not make.
            "contactnaam": {"voorletters": "", "voornaam": "", "voorvoegselAchternaam": "", "achternaam": _cut(parcel.name, _NAME)},
        },
        "onderwerpobject": {
            "wasKlantcontact": None,
            "onderwerpobjectidentificator": {
                "objectId": parcel.id,
                "codeObjecttype": parcel.kind,
                "codeRegister": REGISTER,
                "codeSoortObjectId": "uuid",
            },
        },
    }  # fmt: skip


def address_of(person: str, phone: str) -> Json:
    """Body of ``digitaleadressen``: Dutch numbers as they are dialled here, others with their country; what the API would refuse as other."""
    dutch = _DUTCH.fullmatch(phone)
    number = f"0{dutch.group(1)}" if dutch else phone
    kind = "telefoonnummer" if _PHONE.fullmatch(number) else "overig"
    return {
        "verstrektDoorBetrokkene": {"uuid": person},
        "verstrektDoorPartij": None,
        "adres": number[:_ADRES],
        "soortDigitaalAdres": kind,
        "omschrijving": "telefoonnummer",
    }


def task_of(contact: str, team: str, link: str) -> Json:
    """Body of ``internetaken``. ``toelichting`` goes to everyone who is subscribed to notifications: nothing of a person stands in it."""
    return {
        "gevraagdeHandeling": "Contact opnemen met betrokkene",
        "aanleidinggevendKlantcontact": {"uuid": contact},
        "toegewezenAanActoren": [{"uuid": team}],
        "toelichting": f"Zie het gesprek: {link}" if link else "Zie de inhoud van het klantcontact.",
        "status": "te_verwerken",
    }


def _content(parcel: Parcel) -> str:
    lines = [f"{label}: {text}" for label, text in parcel.summary.items()]
    if parcel.best_time:
        lines.append(f"Wanneer bellen: {parcel.best_time}")
    if parcel.outcome:
        lines.append(f"Uitkomst: {parcel.outcome.replace('_', ' ')}")
    return "\n".join(lines) or "Geen samenvatting doorgegeven."


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 3] + "..."


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _uuid(given: object = None) -> str:
    """The uuid of an object. Raises :class:`TryLater` without one: then the next attempt looks for it."""
    found = given.get("uuid") if isinstance(given, dict) else None
    if not isinstance(found, str) or not found:
        raise TryLater("Het antwoord van de ontvanger heeft geen uuid.")
    return found
