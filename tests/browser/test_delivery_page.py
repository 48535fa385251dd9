"""The page of deliveries in a real browser: nobody is shut out, and with the keyboard alone one can send again or discard."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from steunwijzer.accounts import colleagues, sessions
from steunwijzer.store import Database
from tests.browser.conftest import DESKTOP
from tests.browser.test_accessibility import NARROW, RULES
from tests.conftest import ROOT, free_port, wait_for
from tests.unit.desk.deliveries import delivery, failed_delivery

TABLET = {"width": 820, "height": 1180}
Visit = Callable[..., Page]


async def fill(address: str) -> str:
    """One colleague who is signed in, and deliveries of every kind. Returns the secret of the session."""
    database, now = Database(address), datetime.now(UTC)
    await database.migrate()
    async with database.transaction() as session:
        colleague, _ = await colleagues.add(
            session,
            "B. Heer",
            "beheer@voorbeeldstad.example",
            [("GM9999", "beheerder")],
            by=colleagues.COMMAND_LINE,
            now=now,
        )
        secret = await sessions.open_session(session, colleague, now)
    await failed_delivery(database, "GM9999", now - timedelta(hours=3))
    await failed_delivery(database, "GM9999", now - timedelta(hours=2))
    busy = {"connector": "webhook", "attempts": 3, "last_error": "De ontvanger kan het nu niet aan (503)."}
    await delivery(database, "GM9999", now, next_at=now + timedelta(hours=2), **busy)
    done = {
        "state": "afgeleverd",
        "delivered_at": now,
        "progress": {"klantcontact": "x", "internetaak": "y", "stand": "te verwerken"},
    }
    await delivery(database, "GM9999", now - timedelta(days=1), **done)
    await database.close()
    return secret


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """Address of a front office without an engine, and the secret of a session."""
    folder, port = tmp_path_factory.mktemp("bezorging"), free_port()
    address = f"sqlite+aiosqlite:///{folder / 'desk.sqlite'}"
    with ThreadPoolExecutor(1) as thread:
        secret = thread.submit(asyncio.run, fill(address)).result()
    environment = {
        **os.environ, "STEUNWIJZER_DATABASE_URL": address, "STEUNWIJZER_PORT": str(port), "STEUNWIJZER_ACTIONS_PORT": str(free_port()),
        "STEUNWIJZER_SECRET_KEY": "een geheim van de tests, lang genoeg", "STEUNWIJZER_ENGINE_URL": f"http://127.0.0.1:{free_port()}",
    }  # fmt: skip
    log = folder / "front.log"
    with log.open("wb") as file:
        front = subprocess.Popen(
            [sys.executable, "-m", "steunwijzer.server"], cwd=ROOT, env=environment, stdout=file, stderr=file
        )
    site = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{site}/balie/aanmelden", front, log)
        yield site, secret
    finally:
        front.terminate()
        front.wait(20)


@pytest.fixture
def deliveries(desk: tuple[str, str], visit: Visit) -> Callable[..., Page]:
    """Opens the page as the colleague who is signed in."""
    site, secret = desk

    def opened(**options: object) -> Page:
        page = visit(f"{site}/balie/aanmelden", **options)
        cookie = {
            "name": "__Host-balie",
            "value": secret,
            "domain": "127.0.0.1",
            "path": "/",
            "secure": True,
            "httpOnly": True,
        }
        page.context.add_cookies([cookie])  # type: ignore[list-item]
        page.goto(f"{site}/balie/bezorging")
        return page

    return opened


@pytest.mark.parametrize("viewport", [DESKTOP, TABLET, NARROW], ids=["laptop", "tablet", "smal"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_has_no_barrier(
    deliveries: Callable[..., Page], viewport: dict[str, int], scheme: str, tmp_path: Path
) -> None:
    page = deliveries(viewport=viewport, color_scheme=scheme)
    expect(page.get_by_role("heading", level=1)).to_have_text("Bezorging")
    page.locator("summary").first.click()
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"bezorging-{viewport['width']}-{scheme}.png", full_page=True)
    result = Axe().run(page, options=RULES)
    assert result.response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_a_delivery_is_discarded_and_another_sent_again_with_the_keyboard(deliveries: Callable[..., Page]) -> None:
    page = deliveries()
    expect(page.get_by_role("heading", name="Mislukt (2)")).to_be_visible()
    page.locator("summary").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("al gebeld")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".melding[role=status]")).to_contain_text("weggegooid")
    expect(page.get_by_role("heading", name="Mislukt (1)")).to_be_visible()
    page.get_by_role("button", name="Opnieuw proberen").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".melding[role=status]")).to_contain_text("opnieuw geprobeerd")
