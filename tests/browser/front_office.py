"""A front office as a program of its own, that a test stops and starts again on the same database; with colleagues signed in."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import uuid
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import Browser, BrowserContext, Page

from steunwijzer import clock
from steunwijzer.accounts import colleagues, sessions
from steunwijzer.store import Database
from tests.conftest import ROOT, free_port, wait_for

# Without a profile it has no opening hours: the desk is open whenever somebody is there, also when tests run at night.
GEMEENTE = "GM0518"
ALL_OF_IT = ["gesprek", "onderwerp", "gemeente"]


def run[T](doing: Coroutine[Any, Any, T]) -> T:
    """Run something in a loop of its own; Playwright has one in this thread."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, doing).result()


@dataclass
class FrontOffice:
    """The program. ``site``: its address; ``database_url``: what outlives it."""

    folder: Path
    engine_url: str
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        self.port = free_port()
        self.site = f"http://127.0.0.1:{self.port}"
        self.database_url = f"sqlite+aiosqlite:///{self.folder / 'balie.sqlite'}"
        self.environment = {
            **os.environ,
            "STEUNWIJZER_PORT": str(self.port),
            "STEUNWIJZER_ACTIONS_PORT": str(free_port()),
            "STEUNWIJZER_ENGINE_URL": self.engine_url,
            "STEUNWIJZER_DATABASE_URL": self.database_url,
            "STEUNWIJZER_DIRECTORY_PATH": str(ROOT / "var" / "directory.sqlite"),
            "STEUNWIJZER_SECRET_KEY": "een geheim van de tests, lang genoeg",
            "STEUNWIJZER_RATE_LIMITS": "off",
            **self.environment,
        }

    def start(self) -> FrontOffice:
        """Start it and wait until it answers."""
        log = self.folder / "front.log"
        with log.open("ab") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "steunwijzer.server"], cwd=ROOT, env=self.environment, stdout=out, stderr=out
            )
        wait_for(f"{self.site}/api/v1/health", self.process, log)
        return self

    def kill(self) -> None:
        """Pull the plug: no time to finish anything."""
        assert self.process
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)

    def stop(self) -> None:
        """Ask it to stop."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()

    def sign_in(self, context: BrowserContext, name: str, *roles: str) -> Page:
        """A new colleague, signed in, in this browser: an open page that is still empty."""
        secret = run(self._session(name, roles or ("medewerker",)))
        cookie = {"name": "__Host-balie", "value": secret, "url": self.site.replace("http:", "https:"), "secure": True, "httpOnly": True, "sameSite": "Lax"}  # fmt: skip
        context.add_cookies([cookie])  # type: ignore[list-item]
        return context.new_page()

    async def _session(self, name: str, roles: tuple[str, ...]) -> str:
        database, now = Database(self.database_url), clock.now()
        email = f"{name.split()[0].lower()}.{uuid.uuid4().hex[:6]}@voorbeeld.example"
        try:
            async with database.transaction() as session:
                pairs = [(GEMEENTE, role) for role in roles]
                colleague_id, _ = await colleagues.add(session, name, email, pairs, by=colleagues.COMMAND_LINE, now=now)
                return await sessions.open_session(session, colleague_id, now)
        finally:
            await database.close()


@dataclass
class Caller:
    """A resident without a browser, for tests that are about the desk."""

    site: str
    id: str
    token: str

    @classmethod
    def begin(cls, site: str, *said: str) -> Caller:
        """Start a conversation and say something."""
        begun = httpx.post(f"{site}/api/v1/conversations", json={"gemeente": GEMEENTE, "taal": "nl"}, timeout=30).json()
        made = cls(site, begun["id"], begun["token"])
        for text in said:
            made.say(text)
        return made

    def _post(self, what: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = httpx.post(
            f"{self.site}/api/v1/conversations/{self.id}/{what}", json=body, timeout=30, headers={"Authorization": f"Bearer {self.token}"}
        )  # fmt: skip
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
        return found

    def say(self, text: str) -> None:
        """Type something."""
        self._post("messages", {"client_id": str(uuid.uuid4()), "text": text})

    def hand_over(self, **given: Any) -> str:
        """Agree that the conversation is passed on; returns the status."""
        return str(self._post("handover", {"consent": True, "include": ALL_OF_IT, **given})["status"])


def be_there(page: Page, site: str) -> None:
    """Open the work list and say that one is there."""
    page.goto(f"{site}/balie/werklijst")
    page.locator(".aanwezig summary").click()
    page.get_by_role("button", name="Zet mij op beschikbaar").click()
    page.get_by_text("U staat op beschikbaar.").wait_for()


def desk_context(browser: Browser, **options: Any) -> BrowserContext:
    """A browser for a colleague."""
    context = browser.new_context(
        **{"viewport": {"width": 1280, "height": 900}, "locale": "nl-NL", "reduced_motion": "reduce", **options}
    )
    context.set_default_timeout(15_000)
    return context
