"""A plain e-mail to a mailbox of the municipality: that there is a request, and where to read it. With name and number only when asked for."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from ssl import SSLCertVerificationError, SSLContext
from typing import TYPE_CHECKING

from steunwijzer.clock import NETHERLANDS
from steunwijzer.connectors.connector import Finding, Refused, TryLater
from steunwijzer.connectors.parcel import CALLBACK, Parcel
from steunwijzer.connectors.tls import trusted

if TYPE_CHECKING:
    from aiosmtplib import SMTP

_SECONDS = 15.0
_PERMANENT = 500
# Of what the resident agreed to: only what says nothing about health or family.
_SHOWN = ("Onderwerp", "Gemeente")


@dataclass(frozen=True)
class MailSettings:
    """``security``: ``starttls``, ``tls`` or ``off`` (only on this device). ``personal``: name, number and best time are in the mail."""

    to: str
    sender: str
    host: str
    port: int
    security: str
    user: str
    password: str
    personal: bool


class Mail:
    """Sends each parcel as one e-mail; ``Message-ID`` is the same at every attempt."""

    def __init__(self, settings: MailSettings, public_url: str, context: SSLContext | None = None) -> None:
        self._settings, self._public_url, self._context = settings, public_url, context

    async def deliver(self, parcel: Parcel) -> AsyncGenerator[tuple[str, str]]:
        """One step: the mail server has taken it."""
        if "verzonden" not in parcel.progress:
            message = mail_of(parcel, self._settings, self._public_url)
            async with self._connected() as server:
                await server.send_message(message)
            yield "verzonden", str(message["Message-ID"])

    async def check(self) -> list[Finding]:
        """Connects, signs in and asks whether sender and recipient are taken; sends nothing."""
        settings = self._settings
        name = f"E-mail via {settings.host}:{settings.port}"
        try:
            async with self._connected() as server:
                await server.mail(settings.sender)
                await server.rcpt(settings.to)
                await server.rset()
        except (Refused, TryLater) as error:
            return [Finding(False, f"{name}: {error.reason}")]
        return [Finding(True, f"{name}: bereikbaar, en {settings.to} wordt aangenomen.")]

    async def status(self, progress: Mapping[str, str]) -> str:
        """A mailbox cannot be asked."""
        return ""

    async def close(self) -> None:
        """Nothing stays open."""

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[SMTP]:
        """A mail server that knows us, with its errors in our words."""
        import aiosmtplib

        settings = self._settings
        secure = settings.security != "off"
        server = aiosmtplib.SMTP(
            hostname=settings.host, port=settings.port, timeout=_SECONDS, use_tls=settings.security == "tls",
            start_tls=settings.security == "starttls", tls_context=(self._context or trusted()) if secure else None,
            username=settings.user or None, password=settings.password or None,
        )  # fmt: skip
        try:
            async with server:
                yield server
        except aiosmtplib.SMTPAuthenticationError as error:
            raise Refused("De mailserver kent naam of wachtwoord niet.") from error
        except aiosmtplib.SMTPRecipientsRefused as error:
            code = min((refused.code for refused in error.recipients), default=_PERMANENT)
            raise _refusal(code, "het adres van de ontvanger") from error
        except aiosmtplib.SMTPRecipientRefused as error:
            raise _refusal(error.code, "het adres van de ontvanger") from error
        except aiosmtplib.SMTPSenderRefused as error:
            raise _refusal(error.code, "het adres van de afzender") from error
        except aiosmtplib.SMTPResponseException as error:
            raise _refusal(error.code, "het bericht") from error
        except SSLCertVerificationError as error:
            raise TryLater("Het certificaat van de mailserver klopt niet, of is van een onbekende uitgever.") from error
        except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
            checks = "Kijk naam, poort en STEUNWIJZER_SMTP_SECURITY na"
            raise TryLater(
                f"Geen (veilige) verbinding met de mailserver. {checks} ({type(error).__name__})."
            ) from error


def mail_of(parcel: Parcel, settings: MailSettings, public_url: str) -> EmailMessage:
    """The message; docs/koppelingen.md says what is in it and what is not."""
    message = EmailMessage()
    message["Message-ID"] = f"<{parcel.id}@{settings.sender.rpartition('@')[2]}>"
    message["From"], message["To"] = settings.sender, settings.to
    message["Date"] = format_datetime(parcel.at)
    kind = "Terugbelverzoek" if parcel.kind == CALLBACK else "Afgesloten gesprek"
    message["Subject"] = f"{kind} via de chat{' (aangepast)' if parcel.changed else ''}"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content("\n".join(_lines(parcel, settings, public_url)) + "\n")
    return message


def _lines(parcel: Parcel, settings: MailSettings, public_url: str) -> list[str]:
    lines = [
        "Een inwoner vraagt om een telefoontje." if parcel.kind == CALLBACK else "Een chatgesprek is afgesloten.",
        "",
    ]
    if parcel.changed:
        lines += ["De inwoner heeft een eerder verzoek aangepast. Dit bericht komt daarvoor in de plaats.", ""]
    lines.append(f"Gevraagd op: {parcel.at.astimezone(NETHERLANDS):%d-%m-%Y %H:%M}")
    lines += [f"{label}: {parcel.summary[label]}" for label in _SHOWN if parcel.summary.get(label)]
    if parcel.outcome:
        lines.append(f"Uitkomst: {parcel.outcome.replace('_', ' ')}")
    if settings.personal and parcel.kind == CALLBACK:
        lines += [f"Naam: {parcel.name}", f"Telefoon: {parcel.phone}"]
        lines += [f"Wanneer bellen: {parcel.best_time}"] if parcel.best_time else []
    if link := parcel.link(public_url):
        lines += [
            "",
            "Naam, telefoonnummer en samenvatting staan in de balie:"
            if not settings.personal
            else "Bekijk het gesprek in de balie:",
            link,
        ]
    lines += ["", "Dit bericht is automatisch verstuurd. Antwoorden komt niet bij de inwoner aan."]
    return lines


def _refusal(code: int, what: str) -> Refused | TryLater:
    """SMTP: 4xx passes, 5xx does not. The server's own sentence is not repeated: it may hold an address."""
    if code >= _PERMANENT:
        return Refused(f"De mailserver weigert {what} ({code}).")
    return TryLater(f"De mailserver kan {what} nu niet aannemen ({code}).")
