"""Makes the pictures in docs/img from a running site: ``.venv/bin/python scripts/schermafbeelding.py http://127.0.0.1:8080``."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "img"
QUESTION = "mijn moeder van 82 kan haar huis niet meer schoonhouden, we wonen in Voorbeeldstad"
PHONE, DESKTOP = (390, 844), (1280, 900)
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu"]


def ask(page: Page, question: str) -> None:
    """Ask it and wait for the answer."""
    box = page.get_by_label("Uw bericht")
    box.fill(question)
    box.press("Enter")
    page.locator(".van-inwoner + .van-assistent").wait_for()
    box.blur()


def launch(page: Page) -> None:
    """Open the panel in the corner."""
    page.get_by_role("button", name="Stel uw vraag").click()
    page.locator(".van-assistent").first.wait_for()


def talk(page: Page) -> None:
    """The question about help at home."""
    page.locator(".van-assistent").first.wait_for()
    ask(page, QUESTION)


def danger(page: Page) -> None:
    """Somebody is in danger."""
    launch(page)
    ask(page, "mijn man slaat mij")


def compare(page: Page) -> None:
    """The two forms of care side by side."""
    launch(page)
    ask(page, "wat is een pgb?")


@dataclass(frozen=True)
class Picture:
    """Where, on which screen, and what is done before the picture is taken."""

    address: str
    screen: tuple[int, int]
    act: Callable[[Page], None]


PICTURES = {
    "gesprek-telefoon": Picture("/", PHONE, talk),
    "gesprek-bureau": Picture("/", DESKTOP, talk),
    "demo-dicht": Picture("/demo", PHONE, lambda page: None),
    "demo-bureau": Picture("/demo", DESKTOP, launch),
    "demo-telefoon": Picture("/demo", PHONE, launch),
    "demo-anders-bureau": Picture("/demo/zorg?thema=voorbeeldstad", DESKTOP, compare),
    "demo-anders-gevaar": Picture("/demo?thema=voorbeeldstad", PHONE, danger),
}


def take(browser: Browser, site: str, name: str) -> Path:
    """Do what this picture shows and save it."""
    picture = PICTURES[name]
    width, height = picture.screen
    page = browser.new_page(viewport={"width": width, "height": height}, locale="nl-NL", reduced_motion="reduce")
    page.goto(site + picture.address)
    picture.act(page)
    page.wait_for_load_state("networkidle")
    path = IMAGES / f"{name}.png"
    page.screenshot(path=path)
    page.close()
    return path


def main() -> int:
    """Command line; exit code 1 with a Dutch reason when something is missing."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if len(sys.argv) != 2 or not chromium:
        print("Gebruik: schermafbeelding.py ADRES (Chromium moet er zijn, en de site moet draaien)", file=sys.stderr)
        return 1
    IMAGES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        for name in PICTURES:
            print(take(browser, sys.argv[1].rstrip("/"), name).relative_to(IMAGES.parent.parent))
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
