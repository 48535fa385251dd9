"""Makes the pictures in docs/img from a running site: ``.venv/bin/python scripts/schermafbeelding.py http://127.0.0.1:8080``."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "img"
QUESTION = "mijn moeder van 82 kan haar huis niet meer schoonhouden, we wonen in Voorbeeldstad"
SCREENS = {"gesprek-telefoon": (390, 844), "gesprek-bureau": (1280, 900)}
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu"]


def picture(browser: Browser, site: str, name: str) -> Path:
    """Ask the question on a screen of this name's size and save what a resident then sees."""
    width, height = SCREENS[name]
    page = browser.new_page(viewport={"width": width, "height": height}, locale="nl-NL", reduced_motion="reduce")
    page.goto(site)
    page.locator(".van-assistent").first.wait_for()
    question = page.get_by_label("Uw bericht")
    question.fill(QUESTION)
    question.press("Enter")
    page.locator(".van-inwoner + .van-assistent").wait_for()
    question.blur()
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
        for name in SCREENS:
            print(picture(browser, sys.argv[1], name).relative_to(IMAGES.parent.parent))
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
