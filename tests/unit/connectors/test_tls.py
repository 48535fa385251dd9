"""A receiver proves who it is, or it gets nothing."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from steunwijzer.connectors import http
from steunwijzer.connectors.connector import TryLater
from steunwijzer.connectors.http import Caller
from tests.unit.connectors.mailserver import AUTHORITY, trusting


@contextmanager
def site(name: str) -> Iterator[tuple[str, list[str]]]:
    """A site with a certificate for this name: its address, and the paths it was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    own = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    AUTHORITY.issue_cert(name).configure_cert(own)
    server.socket = own.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield f"https://localhost:{server.server_port}/", asked
    finally:
        server.shutdown()
        server.server_close()


async def test_a_site_with_the_right_certificate_is_called() -> None:
    with site("localhost") as (address, asked):
        assert (await Caller(private=False, verify=trusting()).call("GET", address)).json() == {}
        assert asked == ["/"]


async def test_the_address_that_was_looked_at_is_called_and_the_name_is_checked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The name does not exist here: only the address that was found and the certificate count."""

    async def found(_: object) -> str:
        return "127.0.0.1"

    monkeypatch.setattr(http, "_public_address", found)
    with site("haak.example.nl") as (address, asked):
        place = address.replace("localhost", "haak.example.nl")
        await Caller(private=False, verify=trusting()).call("GET", place)
        assert asked == ["/"]
        with pytest.raises(TryLater, match="Geen verbinding"):
            await Caller(private=False, verify=trusting()).call(
                "GET", address.replace("localhost", "elders.example.nl")
            )
        assert asked == ["/"]


@pytest.mark.parametrize(("name", "known"), [("iemand.anders.example.nl", True), ("localhost", False)])
async def test_a_site_with_another_name_or_an_unknown_authority_gets_nothing(name: str, known: bool) -> None:
    with site(name) as (address, asked):
        with pytest.raises(TryLater, match="Geen verbinding"):
            await Caller(private=False, verify=trusting() if known else None).call("GET", address)
        assert asked == []
