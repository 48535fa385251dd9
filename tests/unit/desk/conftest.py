"""The real front office on a real port, without an engine: the desk needs none to show its pages."""

from __future__ import annotations

import asyncio
import re
import shutil
import uuid
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pyotp
import pytest
from sanic import Sanic

from steunwijzer.accounts import Who, colleagues, sessions, totp
from steunwijzer.app import make_app
from steunwijzer.settings import load_settings
from steunwijzer.store import Database
from tests.conftest import free_port

VOORBEELDSTAD, ELDERS = "GM9999", "GM0518"
PASSWORD = "vier losse woorden samen"
SECRET = "een geheim van de tests, lang genoeg"
BEGIN = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)


class Clock:
    """The time of a test; it stands still until somebody moves it, or has it run."""

    def __init__(self) -> None:
        self._stands: datetime | None = BEGIN
        self._ahead = timedelta(0)

    def __call__(self) -> datetime:
        return (self._stands or datetime.now(UTC)) + self._ahead

    def forward(self, **given: float) -> None:
        """Let time pass."""
        self._ahead += timedelta(**given)

    def run(self) -> None:
        """From here on it is the time of the world, which another program has too."""
        self._stands, self._ahead = None, timedelta(0)


@dataclass
class Browser:
    """Somebody's browser: keeps cookies (also those for TLS only, as browsers do on this device) and fills in forms."""

    site: str
    client: httpx.AsyncClient
    cookies: dict[str, str] = field(default_factory=dict)

    async def ask(self, method: str, path: str, **given: Any) -> httpx.Response:
        """One request; redirects are not followed."""
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            **given.pop("headers", {}),
        }
        answer = await self.client.request(method, self.site + path, headers=headers, **given)
        for line in answer.headers.get_list("set-cookie"):
            name, _, rest = line.partition("=")
            value = rest.split(";")[0].strip('"')
            if "max-age=0" in line.lower():
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = value
        return answer

    async def get(self, path: str, **given: Any) -> httpx.Response:
        """Open a page."""
        return await self.ask("GET", path, **given)

    async def post(self, path: str, fields: dict[str, Any] | None = None, *, on: str = "") -> httpx.Response:
        """Send a form as the page ``on`` (the same path when not given) has it: with its secret."""
        page = await self.get(on or path)
        found = re.search(r'name="csrf" value="([^"]+)"', page.text)
        assert found, page.text
        return await self.ask("POST", path, data={**(fields or {}), "csrf": found[1]})


@dataclass
class Desk:
    """The running desk, and ways to have somebody signed in."""

    site: str
    app: Sanic[Any, Any]
    clock: Clock
    client: httpx.AsyncClient
    keys: dict[str, str] = field(default_factory=dict)

    def browser(self) -> Browser:
        """A new browser, without cookies."""
        return Browser(self.site, self.client)

    async def invite(self, email: str, *roles: tuple[str, str]) -> tuple[str, str]:
        """A new colleague who must still set up the account: id and secret of the link."""
        async with self.app.ctx.database.transaction() as session:
            return await colleagues.add(
                session, email.split("@")[0].title(), email, roles, by=colleagues.COMMAND_LINE, now=self.clock()
            )

    async def colleague(self, email: str, *roles: tuple[str, str]) -> str:
        """A colleague who can sign in; returns the id."""
        colleague_id, token = await self.invite(email, *roles)
        self.keys[email] = totp.secret_for(SECRET, token)
        await self.app.ctx.accounts.set_up(token, PASSWORD, PASSWORD, self.code(email), self.clock())
        return colleague_id

    async def who(self, email: str) -> Who:
        """A colleague as the desk knows one now."""
        async with self.app.ctx.database.transaction() as session:
            found = await colleagues.by_email(session, email)
            assert found
            return await sessions.who_is(session, found)

    def code(self, email: str) -> str:
        """What the app of this colleague shows; a later code at each call, so that each can be used."""
        self.clock.forward(seconds=30)
        return pyotp.TOTP(self.keys[email]).at(self.clock())

    async def signed_in(self, email: str, *roles: tuple[str, str]) -> Browser:
        """A browser in which a new colleague has signed in."""
        await self.colleague(email, *roles)
        return await self.sign_in(email)

    async def sign_in(self, email: str) -> Browser:
        """A browser in which this colleague has signed in through the page."""
        browser = self.browser()
        answer = await browser.post("/balie/aanmelden", self.filled_in(email))
        assert answer.status_code == 303, answer.text
        return browser

    def filled_in(self, of: str, /, **other: str) -> dict[str, str]:
        """The form for signing in, filled in as it should be, except for ``other``."""
        return {"email": of, "wachtwoord": PASSWORD, "code": self.code(of), **other}


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database to copy: migrating takes longer than most tests."""

    async def migrate(path: Path) -> None:
        database = Database(f"sqlite+aiosqlite:///{path}")
        await database.migrate()
        await database.close()

    path = tmp_path_factory.mktemp("leeg") / "desk.sqlite"
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, migrate(path)).result()
    return path


@pytest.fixture
def environment(tmp_path: Path, empty_database: Path) -> dict[str, str]:
    """Settings of the front office, for a test to add to."""
    shutil.copy(empty_database, tmp_path / "desk.sqlite")
    return {
        "STEUNWIJZER_DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path / 'desk.sqlite'}",
        "STEUNWIJZER_SECRET_KEY": SECRET,
        "STEUNWIJZER_PORT": str(free_port()),
        "STEUNWIJZER_ENGINE_URL": f"http://127.0.0.1:{free_port()}",
    }


@pytest.fixture
async def desk(environment: dict[str, str], tmp_path: Path) -> AsyncIterator[Desk]:
    """The desk, with an empty database."""
    settings, clock = load_settings(environment, tmp_path), Clock()
    app = make_app(settings, f"balie-{uuid.uuid4().hex}", now=clock)
    # Sanic rewrites its own methods once per process; a second application would find nothing to rewrite.
    app.config.TOUCHUP = False
    server = await app.create_server(host="127.0.0.1", port=settings.port, return_asyncio_server=True)
    assert server
    await server.startup()
    await server.before_start()
    await server.start_serving()
    async with httpx.AsyncClient(timeout=30) as client:
        yield Desk(f"http://127.0.0.1:{settings.port}", app, clock, client)
    server.close()
    await server.wait_closed()
    await server.before_stop()
    Sanic.unregister_app(app)
