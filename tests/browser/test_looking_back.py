"""The pages that look back in a real Chromium: axe, the keyboard alone, narrow and enlarged, with and without JavaScript."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import update

from steunwijzer import history, quality
from steunwijzer.accounts import ROLES, colleagues, sessions
from steunwijzer.quality import Judged
from steunwijzer.store import Database, HandoverCase, Label, Message
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_accessibility import NARROW, RULES, ZOOMED
from tests.conftest import ROOT, free_port, wait_for
from tests.unit.history.stories import NOW, talk

TABLET = {"width": 820, "height": 1180}
TALK = "11111111-2222-4333-8444-555555555555"
PAGES = {
    "geschiedenis": "/balie/geschiedenis",
    "gezocht": "/balie/geschiedenis?woorden=rolstoel&onderwerp=vervoer",
    "niets gevonden": "/balie/geschiedenis?woorden=bestaatniet",
    "gesprek": f"/balie/geschiedenis/{TALK}",
    "exports": "/balie/exports",
    "cijfers": "/balie/cijfers",
    "kwaliteit": "/balie/kwaliteit",
    "logboek": "/balie/logboek",
}


@dataclass
class Office:
    """A front office with talks to look back at, and the secret of somebody who is signed in."""

    site: str
    secret: str


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("terugkijken")
    url = f"sqlite+aiosqlite:///{folder / 'balie.sqlite'}"
    with ThreadPoolExecutor(1) as thread:
        secret = thread.submit(asyncio.run, fill(url)).result()
    port = free_port()
    environment = {
        **os.environ,
        "STEUNWIJZER_PORT": str(port),
        "STEUNWIJZER_ACTIONS_PORT": str(free_port()),
        "STEUNWIJZER_ENGINE_URL": f"http://127.0.0.1:{free_port()}",
        "STEUNWIJZER_DATABASE_URL": url,
        "STEUNWIJZER_EXPORTS_PATH": str(folder / "exports"),
    }
    log = folder / "front.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "steunwijzer.server"], cwd=ROOT, env=environment, stdout=out, stderr=out
        )
    try:
        wait_for(f"http://127.0.0.1:{port}/api/v1/health", process, log)
        yield Office(f"http://127.0.0.1:{port}", secret)
    finally:
        process.terminate()
        process.wait(10)


async def fill(url: str) -> str:
    """Talks of these days, one of them judged, and somebody with every role. Returns the secret of the session."""
    database, now = Database(url), datetime.now(UTC)
    await database.migrate()
    async with database.transaction() as session:
        roles = [("GM9999", role) for role in ROLES]
        who, _ = await colleagues.add(
            session, "Noor Jansen", "noor@voorbeeldstad.example", roles, by=colleagues.COMMAND_LINE, now=now
        )
        secret = await sessions.open_session(session, who, now)
    await _talks(database, int((NOW - now).total_seconds() // 60), who)
    await history.keep_up(database)
    async with database.transaction() as session:
        await quality.judge(
            session, Judged(TALK, 2, "fout", "vervoer", "Het ging over vervoer naar de dokter."), colleague_id=who,
            gemeenten=("GM9999",), topics={"vervoer"}, now=now,
        )  # fmt: skip
    await database.close()
    return secret


async def _talks(database: Database, ago: int, who: str) -> None:
    said = (
        "Mijn moeder zit in een rolstoel en moet elke week naar de dokter. Kan zij een taxi krijgen?",
        "Wat kost dat, en moeten we dan eerst een gesprek hebben?",
    )
    await talk(database, TALK, *said, minutes_ago=ago, topic="vervoer", claimed_by=who)
    for number in range(60):
        await talk(database, f"gesprek-{number}", f"Vraag {number} over hulp bij het huishouden", minutes_ago=ago + number, topic="huishoudelijke_hulp")  # fmt: skip
    async with database.transaction() as session:
        session.add(Label(conversation_id=TALK, name="nabellen"))
        await session.execute(update(HandoverCase).values(claimed_at=HandoverCase.asked_at))
        understood = {"intent": "pgb_uitleg", "confidence": 0.51, "runner_up": "vervoer", "runner_up_confidence": 0.4}
        await session.execute(update(Message).where(Message.id == f"{TALK}-1").values(understood=understood))
        await session.execute(update(Message).where(Message.id == f"{TALK}-2").values(answer_key="utter_pgb_uitleg"))


Open = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, office: Office) -> Iterator[Open]:
    """Opens a page of the desk as somebody with every role; an error or a breach of the security policy fails the test."""
    contexts, wrong = [], []

    def make(path: str, **options: Any) -> Page:
        context = browser.new_context(**{"viewport": DESKTOP, "locale": "nl-NL", "reduced_motion": "reduce", **options})
        context.set_default_timeout(20_000)
        context.add_cookies(
            [{"name": "__Host-balie", "value": office.secret, "domain": "127.0.0.1", "path": "/", "secure": True}]
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: wrong.append(message.text) if "policy" in message.text.lower() else None)
        answer = page.goto(office.site + path)
        assert answer
        assert answer.status == 200
        return page

    yield make
    for context in contexts:
        context.close()
    assert wrong == []


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:120]} {node['failureSummary'][:200]}" for rule in found for node in rule["nodes"]
    ]


def unfold(page: Page) -> None:
    """Open everything that is folded in."""
    page.evaluate("() => document.querySelectorAll('details').forEach(one => { one.open = true; })")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_pages_that_look_back(open_page: Open, name: str, scheme: str) -> None:
    page = open_page(PAGES[name], color_scheme=scheme)
    unfold(page)
    assert violations(page) == []


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("screen", [NARROW, ZOOMED, TABLET], ids=["320 px", "200 %", "tablet"])
def test_a_page_that_looks_back_does_not_scroll_sideways(open_page: Open, screen: dict[str, int], name: str) -> None:
    page = open_page(PAGES[name], viewport=screen)
    unfold(page)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= screen["width"]


def test_a_talk_is_found_read_and_judged_with_the_keyboard_alone(open_page: Open) -> None:
    page = open_page("/balie/geschiedenis")
    tab_to(page, "#woorden")
    page.keyboard.type("rolstoelen")
    page.keyboard.press("Enter")
    expect(page.locator("mark")).to_have_text("rolstoel")
    tab_to(page, ".gevonden a")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vervoer")
    tab_to(page, "#bericht-4 summary")
    page.keyboard.press("Enter")
    tab_to(page, "#bericht-4 [type=radio]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    tab_to(page, "#bericht-4 button")
    page.keyboard.press("Enter")
    expect(page.locator("#oordeel-gedaan-4")).to_contain_text("Uw oordeel is bewaard")
    expect(page.locator("#bericht-4 summary")).to_have_text("Uw oordeel: er ontbreekt iets")


def tab_to(page: Page, selector: str, most: int = 80) -> None:
    """Press Tab until something is in focus; what is in focus must be seen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            assert page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle") != "none"
            return
    pytest.fail(f"{selector} is met Tab niet te bereiken")


@pytest.mark.parametrize("javascript", [True, False], ids=["met JavaScript", "zonder"])
def test_an_export_is_asked_for_and_fetched(open_page: Open, javascript: bool, tmp_path: Path) -> None:
    page = open_page("/balie/geschiedenis?woorden=rolstoel", java_script_enabled=javascript)
    page.get_by_role("button", name="Export maken").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Uw exports")
    fetch = page.get_by_role("link", name="Ophalen").first
    if not javascript:
        for _ in range(100):
            if fetch.count():
                break
            page.goto(page.url)
            page.wait_for_timeout(100)
    expect(fetch).to_be_visible()
    with page.expect_download() as fetched:
        fetch.click()
    fetched.value.save_as(tmp_path / "export.csv")
    text = (tmp_path / "export.csv").read_text("utf-8-sig")
    assert TALK in text
    page.get_by_role("button", name="Weggooien").first.click()
    expect(page.locator(".melding[role=status]")).to_contain_text("weggegooid")


def test_an_editor_handles_a_judgement_without_javascript(open_page: Open) -> None:
    page = open_page("/balie/kwaliteit?stand=nieuw", java_script_enabled=False, viewport=PHONE)
    card = page.locator(".gevonden > li").filter(has_text="Het ging over vervoer")
    expect(card).to_contain_text("rolstoel")
    card.get_by_role("button", name="Verwerkt").click()
    expect(page.locator(".melding[role=status]")).to_contain_text("bewaard")
    page.goto(page.url.split("?")[0] + "?stand=verwerkt")
    expect(page.locator(".gevonden > li")).to_contain_text("Het ging over vervoer")
