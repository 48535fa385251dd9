"""A real Chromium on the real site. Every page is watched: nothing from elsewhere, no error, no breach of the security policy."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from tests.browser.chat import Chat

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
EXIT = "https://www.rijksoverheid.nl/"
_BREACHES = ("content security policy", "trusted type", "trustedhtml", "trustedscript")


# A machine that does other work too takes longer; who waits for what does appear waits no longer than it takes.
expect.set_options(timeout=15_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs the browser."""
    for item in items:
        if "tests/browser" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


# Per module, not per run: while Playwright's loop lives, pytest-asyncio cannot start one of its own.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium of the system; a machine without it skips with the reason, CI fails."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        reason = "geen Chromium gevonden (op Debian: apt-get install chromium)"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def open_chat(browser: Browser, site: str) -> Iterator[Callable[..., Chat]]:
    """Opens the page in a browser of its own; keyword arguments go to the browser context."""
    contexts, wrong = [], []

    def watch(page: Page) -> None:
        page.on("pageerror", lambda error: wrong.append(f"fout: {error}"))
        page.on(
            "console",
            lambda message: wrong.append(message.text) if any(w in message.text.lower() for w in _BREACHES) else None,
        )
        page.on(
            "request",
            lambda request: wrong.append(f"van elders: {request.url}") if _foreign(request.url, site) else None,
        )

    def make(**options: Any) -> Chat:
        context = browser.new_context(**{"viewport": DESKTOP, "locale": "nl-NL", "reduced_motion": "reduce", **options})
        context.set_default_timeout(10_000)
        context.route(EXIT + "**", _neutral_page)
        contexts.append(context)
        page = context.new_page()
        watch(page)
        page.goto(site)
        return Chat(page).wait_for_welcome()

    yield make
    for context in contexts:
        context.close()
    assert wrong == []


def _neutral_page(route: Route) -> None:
    route.fulfill(body="<title>Elders</title>", content_type="text/html")


def _foreign(url: str, site: str) -> bool:
    return urlsplit(url).netloc != urlsplit(site).netloc and not url.startswith((EXIT, "data:", "blob:"))


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens an address in a browser of its own; the page must not report an error or a breach."""
    contexts, wrong = [], []

    def make(address: str, **options: Any) -> Page:
        context = browser.new_context(**{"viewport": DESKTOP, "locale": "nl-NL", "reduced_motion": "reduce", **options})
        context.set_default_timeout(10_000)
        context.route(EXIT + "**", lambda route: route.fulfill(body="<title>Elders</title>", content_type="text/html"))
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: wrong.append(message.text) if "policy" in message.text.lower() else None)
        page.goto(address)
        return page

    yield make
    for context in contexts:
        context.close()
    assert wrong == []
