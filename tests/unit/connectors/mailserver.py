"""A mail server that runs, with certificates of an authority made for the test."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import trustme
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

USER, PASSWORD = b"steunwijzer", b"een wachtwoord van de proefserver"
AUTHORITY = trustme.CA()


def trusting() -> ssl.SSLContext:
    """Trusts the authority of the test only."""
    context = ssl.create_default_context()
    AUTHORITY.configure_trust(context)
    return context


@dataclass
class MailServer:
    """``mails``: what was taken; ``refuse``: SMTP lines to answer a recipient or the message with, one each time; ``tried``: messages offered."""

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    refuse_recipient: list[str] = field(default_factory=list)
    refuse_message: list[str] = field(default_factory=list)
    secured: list[bool] = field(default_factory=list)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        if self.refuse_recipient:
            return self.refuse_recipient.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        message = message_from_bytes(envelope.content, policy=default)
        assert isinstance(message, EmailMessage)
        if self.refuse_message and self.refuse_message[0].startswith("5"):
            return self.refuse_message.pop(0)
        self.mails.append(message)
        self.secured.append(server.transport.get_extra_info("ssl_object") is not None)
        # Taken, but the sender hears something else: an answer that was lost.
        return self.refuse_message.pop(0) if self.refuse_message else "250 OK"


def _known(server: Any, session: Any, envelope: Any, mechanism: str, given: Any) -> AuthResult:
    right = isinstance(given, LoginPassword) and (given.login, given.password) == (USER, PASSWORD)
    return AuthResult(success=right, handled=False)


@asynccontextmanager
async def running(security: str, host: str = "localhost") -> AsyncIterator[MailServer]:
    """The server on a free port, with STARTTLS, TLS from the first byte, or none."""
    own = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    AUTHORITY.issue_cert(host).configure_cert(own)
    handler = MailServer()
    options: dict[str, Any] = {"authenticator": _known, "hostname": "localhost"}
    if security == "starttls":
        options |= {"tls_context": own, "require_starttls": True, "auth_required": True}
    elif security == "tls":
        options |= {"auth_require_tls": False}
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(handler, loop=loop, **options), "127.0.0.1", 0, ssl=own if security == "tls" else None
    )
    handler.port = server.sockets[0].getsockname()[1]
    try:
        yield handler
    finally:
        server.close()
