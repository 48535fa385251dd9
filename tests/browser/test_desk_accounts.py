"""The desk's own pages in Chromium: setting up and signing in with the keyboard alone, axe, dark, 320 pixels, cookies on this device."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import pyotp
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import DESKTOP
from tests.browser.test_accessibility import RULES
from tests.conftest import ROOT, free_port, wait_for

PASSWORD = "vier losse woorden samen"
EMAIL = "anne@voorbeeldstad.example"
NARROW = {"width": 320, "height": 640}
PERIOD = 30
COMMAND = "from steunwijzer.cli.main import main; main()"


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The front office alone, by its settings: these pages need no engine."""
    folder = tmp_path_factory.mktemp("balie")
    environment = {
        **os.environ,
        "STEUNWIJZER_PORT": str(free_port()),
        "STEUNWIJZER_ACTIONS_PORT": str(free_port()),
        "STEUNWIJZER_ENGINE_URL": f"http://127.0.0.1:{free_port()}",
        "STEUNWIJZER_DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'balie.sqlite'}",
        "STEUNWIJZER_SECRET_KEY": "een geheim van de tests, lang genoeg",
    }
    log = folder / "front.log"
    with log.open("wb") as out:
        command = [sys.executable, "-m", "steunwijzer.server"]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=out)
    try:
        wait_for(f"http://127.0.0.1:{environment['STEUNWIJZER_PORT']}/api/v1/health", process, log)
        yield environment
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="module")
def desk_site(front: dict[str, str]) -> str:
    """Address of the front office."""
    return f"http://127.0.0.1:{front['STEUNWIJZER_PORT']}"


@pytest.fixture(scope="module")
def link(front: dict[str, str]) -> str:
    """The one-time link of a new administrator."""
    words = ["--naam", "Anne", "--email", EMAIL, "--gemeente", "GM9999", "--rol", "beheerder", "--rol", "medewerker"]
    command = [sys.executable, "-c", COMMAND, "collega", "maak", *words]
    done = subprocess.run(command, cwd=ROOT, env=front, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="module")
def anne(browser: Browser, link: str) -> Iterator[tuple[BrowserContext, str]]:
    """A browser in which Anne has set up her account with the keyboard alone and so is signed in; and the key of her app."""
    context = browser.new_context(viewport=DESKTOP, locale="nl-NL")
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.goto(link)
    no_violations(page)
    key = page.locator(".sleutel").inner_text().replace(" ", "")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_focused()
    page.get_by_label("Wachtwoord", exact=True).focus()
    for text in (PASSWORD, PASSWORD, pyotp.TOTP(key).now()):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Account klaarzetten")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".melding[role=status]")).to_contain_text("Uw account is klaar")
    yield context, key
    context.close()


def no_violations(page: Page) -> None:
    found: Any = Axe().run(page, options=RULES)
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found.response["violations"]] == []


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_signing_in_with_the_keyboard_alone_and_out_again(
    anne: tuple[BrowserContext, str], visit: Callable[..., Page], desk_site: str
) -> None:
    page = visit(f"{desk_site}/balie/account")
    expect(page).to_have_url(f"{desk_site}/balie/aanmelden?verder=%2Fbalie%2Faccount")
    no_violations(page)
    page.get_by_label("E-mailadres").focus()
    # The code of the next period: the one of this period was used to set up.
    for text in (EMAIL, PASSWORD, pyotp.TOTP(anne[1]).at(int(time.time()) + PERIOD)):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{desk_site}/balie/account")
    assert {cookie["name"] for cookie in page.context.cookies() if cookie["secure"] and cookie["httpOnly"]} >= {
        "__Host-balie"
    }
    page.get_by_role("button", name="Afmelden", exact=True).press("Enter")
    expect(page.get_by_role("heading", name="U bent afgemeld")).to_be_visible()
    no_violations(page)
    page.goto(f"{desk_site}/balie/account")
    expect(page.get_by_role("heading", name="Aanmelden bij de balie")).to_be_visible()


def test_the_cookies_are_kept_under_the_other_name_of_this_device_too(
    visit: Callable[..., Page], desk_site: str
) -> None:
    page = visit(f"{desk_site.replace('127.0.0.1', 'localhost')}/balie/aanmelden")
    assert [cookie["name"] for cookie in page.context.cookies()] == ["__Host-balie-voor"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/balie/collegas", "/balie/account", "/balie/bestaat-niet"])
def test_everybody_can_use_the_pages_light_dark_and_small(
    anne: tuple[BrowserContext, str], desk_site: str, path: str, scheme: Any
) -> None:
    page = anne[0].new_page()
    page.emulate_media(color_scheme=scheme)
    page.goto(desk_site + path)
    no_violations(page)
    page.set_viewport_size(NARROW)
    assert fits(page)
    no_violations(page)
    page.close()


def test_a_mistake_is_said_and_a_colleague_is_added_without_javascript(
    anne: tuple[BrowserContext, str], browser: Browser, desk_site: str
) -> None:
    context = browser.new_context(java_script_enabled=False, storage_state=anne[0].storage_state(), locale="nl-NL")
    page = context.new_page()
    page.goto(f"{desk_site}/balie/collegas")
    page.get_by_label("Naam").fill("Bram Jansen")
    page.get_by_label("E-mailadres").fill("bram@voorbeeldstad.example")
    page.get_by_role("button", name="Toevoegen").click()
    expect(page.get_by_role("alert")).to_contain_text("Kies minstens één rol")
    expect(page.get_by_label("Naam")).to_have_value("Bram Jansen")
    page.get_by_label("medewerker", exact=False).first.check()
    page.get_by_role("button", name="Toevoegen").click()
    assert page.get_by_label("Link om over te nemen").input_value().startswith(f"{desk_site}/balie/instellen/")
    context.close()


def test_htmx_runs_under_the_policy_of_the_page(anne: tuple[BrowserContext, str], desk_site: str) -> None:
    page = anne[0].new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(f"{desk_site}/balie/account")
    assert page.evaluate("[htmx.version, htmx.config.allowEval, htmx.config.includeIndicatorStyles]") == [
        "2.0.11",
        False,
        False,
    ]
    assert wrong == []
    page.close()
