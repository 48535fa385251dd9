"""Makes the pictures of the desk in docs/img, from invented talks: ``.venv/bin/python scripts/schermafbeelding_balie.py``.

Starts a front office of its own on an empty database, in which it is a Friday morning; needs no engine.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "img"
sys.path.insert(0, str(ROOT))
GEMEENTE, SECRET = "GM9999", "een geheim voor de plaatjes, lang genoeg"
MORNING = datetime(2026, 11, 27, 9, 12, tzinfo=UTC)
LAPTOP, TABLET = {"width": 1280, "height": 860}, {"width": 820, "height": 1100}
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu"]
_BEGUN = time.monotonic()


def morning() -> datetime:
    """The time in the pictures; it goes on as time does."""
    return MORNING + timedelta(seconds=time.monotonic() - _BEGUN)


def serve(folder: Path, port: int) -> None:
    """Run the front office; the other half of this script asks for it."""
    from steunwijzer.app import make_app
    from steunwijzer.settings import load_settings

    settings = load_settings(environment(folder, port), folder)
    make_app(settings, "balieplaatjes", now=morning).run(host="127.0.0.1", port=port, single_process=True, motd=False)


def environment(folder: Path, port: int) -> dict[str, str]:
    """Settings of that front office."""
    return {
        "STEUNWIJZER_DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'balie.sqlite'}",
        "STEUNWIJZER_DIRECTORY_PATH": str(folder / "directory.sqlite"),
        "STEUNWIJZER_SECRET_KEY": SECRET,
        "STEUNWIJZER_PORT": str(port),
        "STEUNWIJZER_ENGINE_URL": "http://127.0.0.1:9",
    }


# What residents said and what the assistant made of it: (sender, text, more).
MOTHER: list[tuple[str, str, dict[str, Any]]] = [
    ("assistent", "Hallo, ik ben Steunwijzer. Waar kan ik u mee helpen?", {"key": "utter_welkom"}),
    ("inwoner", "mijn moeder van 82 kan haar huis niet meer schoonhouden",
     {"understood": {"intent": "huishoudelijke_hulp", "confidence": 0.94, "runner_up": "begeleiding_dagbesteding", "runner_up_confidence": 0.03, "flow": "huishoudelijke_hulp"}}),
    ("assistent", "Vervelend dat schoonmaken niet meer lukt. De gemeente kan helpen met hulp in huis.",
     {"key": "utter_huishoudelijke_hulp", "understood": {"versie": "7f3a91", "gecontroleerd_op": "2026-11-22"},
      "blocks": [{"type": "bron", "items": [{"titel": "Wmo 2015, artikel 1.1.1 en 2.3.5", "url": "https://wetten.overheid.nl/BWBR0035362"}], "gecontroleerd_op": "2026-11-22"}]}),
    ("inwoner", "ze heeft al hulp maar die komt steeds niet. mijn nummer is [telefoonnummer]",
     {"understood": {"intent": "out_of_scope", "confidence": 0.41, "runner_up": "bezwaar_klacht", "runner_up_confidence": 0.33, "missed": True}}),
    ("assistent", "Dat begrijp ik niet goed. Kunt u het anders zeggen?", {"key": "utter_niet_begrepen"}),
    ("inwoner", "ik wil iemand spreken", {"understood": {"intent": "medewerker_spreken", "confidence": 0.99, "flow": "medewerker_spreken"}}),
]  # fmt: skip
OTHERS = [
    ("schulden_dreigt", "mijzelf", "gevaar", 3, "de stroom wordt morgen afgesloten en ik heb een baby"),
    ("vervoer", "ouder", "verzoek", 9, "mijn vader komt zonder rollator de deur niet uit, hoe komt hij bij de dokter"),
    ("pgb_vs_zin", "kind", "niet_opgelost", 21, "ik snap het verschil nog steeds niet tussen pgb en zorg in natura"),
]


async def fill(folder: Path, port: int) -> dict[str, str]:
    """Colleagues, talks and call-back requests. Returns cookies by colleague and the path of the talk."""
    from steunwijzer.accounts import colleagues, sessions
    from steunwijzer.chat.texts import Texts
    from steunwijzer.handover import Cases, Desk, Lists, Presences, Rules
    from steunwijzer.settings import load_settings
    from steunwijzer.store import CallbackRequest, Database, MaskedValue

    settings = load_settings(environment(folder, port), folder)
    database, texts = Database(settings.database_url), Texts(ROOT / "content")
    desk = Desk(database, morning, texts.say, Rules.read(ROOT / "content", ROOT / "data" / "flows"), lambda _: None)
    made: dict[str, str] = {}
    ids: dict[str, str] = {}
    for name in ("Sanne de Wit", "Piet Bakker"):
        async with database.transaction() as session:
            email = f"{name.split()[0].lower()}@voorbeeldstad.example"
            ids[name], _ = await colleagues.add(
                session, name, email, [(GEMEENTE, "medewerker")], by=colleagues.COMMAND_LINE, now=morning()
            )
            made[name] = await sessions.open_session(session, ids[name], morning())
    sanne, piet = [await _who(database, colleague_id) for colleague_id in ids.values()]
    await Presences(desk, ROOT / "content").say(piet, "beschikbaar")
    mother = await _talk(database, desk, "huishoudelijke_hulp", "ouder", "tweede_misser", 6, MOTHER)
    async with database.transaction() as session:
        from steunwijzer.privacy import Sealer
        from steunwijzer.store import HandoverCase

        case = await session.get_one(HandoverCase, mother)
        sealed = Sealer(SECRET).seal("06 12345678")
        session.add(MaskedValue(conversation_id=case.conversation_id, seq=4, number=0, kind="telefoonnummer", sealed=sealed))  # fmt: skip
        for hours, (person, status, attempts) in {70: ("Jo Jansen", "niet_bereikt", 2), 3: ("Bo Bakker", "open", 0), 1: ("Noor de Vries", "open", 0)}.items():  # fmt: skip
            session.add(
                CallbackRequest(
                    id=str(uuid.uuid4()),
                    conversation_id=None,
                    gemeente=GEMEENTE,
                    topic="wmo_melding",
                    name=person,
                    phone="+31612345678",
                    best_time="in de ochtend",
                    status=status,
                    attempts=attempts,
                    created_at=morning() - timedelta(hours=hours),
                    promised_until=morning() + timedelta(hours=48 - hours),
                    handled_by=ids["Sanne de Wit"] if attempts else None,
                )
            )
    others = []
    for topic, person, reason, minutes, words in OTHERS:
        about = {"intent": topic, "confidence": 0.9, "flow": topic}
        others.append(
            await _talk(database, desk, topic, person, reason, minutes, [("inwoner", words, {"understood": about})])
        )
    await Cases(desk).claim(piet, others[-1])
    await Lists(desk).note(sanne, mother, "Buurman belde vanochtend ook over haar.")
    await Lists(desk).label(sanne, mother, "aanbieder komt niet")
    await database.close()
    return {**made, "gesprek": f"/balie/gesprek/{mother}"}


async def _who(database: Any, colleague_id: str) -> Any:
    from steunwijzer.accounts import sessions
    from steunwijzer.store import Colleague

    async with database.transaction() as session:
        return await sessions.who_is(session, await session.get_one(Colleague, colleague_id))


async def _talk(
    database: Any, desk: Any, topic: str, person: str, reason: str, minutes: int, said: list[tuple[str, str, dict[str, Any]]]
) -> str:  # fmt: skip
    """A talk that waits so many minutes; returns the id of its case."""
    from sqlalchemy import select

    from steunwijzer.handover.asking import ask
    from steunwijzer.handover.summary import give, summarise
    from steunwijzer.store import Conversation, Drafted, Message, add_messages

    asked = morning() - timedelta(minutes=minutes)
    async with database.transaction() as session:
        talk = Conversation(
            id=str(uuid.uuid4()), token_hash="x" * 64, gemeente=GEMEENTE, taal="nl", status="bot", summary={"reden": reason, "onderwerp": topic},
            state={"slots": {"onderwerp": topic, "wet": "wmo", "voor_wie": person}}, last_seq=0, created_at=asked, updated_at=asked,
        )  # fmt: skip
        session.add(talk)
        await session.flush()
        add_messages(session, talk, [Drafted(sender, text, **more) for sender, text, more in said], asked)
        await session.flush()
        messages = list(
            await session.scalars(select(Message).where(Message.conversation_id == talk.id).order_by(Message.seq))
        )
        summary = summarise(talk, messages, desk.rules, "Voorbeeldstad")
        given = give(summary, messages, ("gesprek", "onderwerp", "gemeente"), ())
        return str((await ask(session, talk, given, desk.rules, GEMEENTE, asked)).id)


def worklist(page: Page, site: str, talk: str) -> None:
    """Who waits, with the presence switch on."""
    page.goto(f"{site}/balie/werklijst")
    if page.locator(".aanwezig.afwezig").count():
        page.locator(".aanwezig summary").click()
        page.get_by_role("button", name="Zet mij op beschikbaar").click()
        page.get_by_text("U staat op beschikbaar.").wait_for()
        page.goto(f"{site}/balie/werklijst")


def talk_page(page: Page, site: str, talk: str) -> None:
    """A talk that is taken, with an answer half written."""
    page.goto(site + talk)
    take = page.get_by_role("button", name="Oppakken")
    if take.count():
        take.click()
    page.get_by_label("Uw antwoord").fill("Goedendag, u praat met Sanne van de gemeente. Ik heb gelezen dat de hulp van uw moeder steeds niet komt.")  # fmt: skip
    page.locator(".begrepen summary", has_text="Niet begrepen").click()
    page.evaluate("() => { document.getElementById('rol').scrollTop = 0; scrollTo(0, 0); }")


def standard(page: Page, site: str, talk: str) -> None:
    """Choosing a standard reply and help nearby."""
    talk_page(page, site, talk)
    page.get_by_label("Uw antwoord").fill("")
    page.locator("summary", has_text="Standaardantwoord").click()
    page.get_by_label("Kies een antwoord").select_option("clientondersteuning")
    page.get_by_role("button", name="Voeg in").click()
    page.locator("summary", has_text="Hulp in de buurt").click()
    page.get_by_label("Zoek in de gids").fill("hulp in huis")
    page.get_by_role("button", name="Zoek", exact=True).click()
    page.locator(".gevonden").wait_for()
    page.locator("#antwoorden").scroll_into_view_if_needed()
    page.locator("#antwoorden").evaluate("element => element.scrollIntoView()")


def ending(page: Page, site: str, talk: str) -> None:
    """Closing, with its outcomes."""
    talk_page(page, site, talk)
    page.locator("#afronden summary", has_text="Afsluiten").click()
    page.locator("#afronden").evaluate("element => element.scrollIntoView()")


def callbacks(page: Page, site: str, talk: str) -> None:
    """Who is to be called."""
    page.goto(f"{site}/balie/terugbellen")


def keys(page: Page, site: str, talk: str) -> None:
    """The page behind ``?``."""
    page.goto(f"{site}/balie/toetsen")


Act = Callable[[Page, str, str], None]
PICTURES: dict[str, tuple[dict[str, int], Act, dict[str, Any]]] = {
    "balie-werklijst": (LAPTOP, worklist, {}),
    "balie-gesprek": (LAPTOP, talk_page, {}),
    "balie-antwoorden": (LAPTOP, standard, {}),
    "balie-afsluiten": (LAPTOP, ending, {}),
    "balie-terugbellen": (LAPTOP, callbacks, {}),
    "balie-toetsen": (LAPTOP, keys, {}),
    "balie-tablet": (TABLET, talk_page, {}),
    "balie-donker": (LAPTOP, worklist, {"color_scheme": "dark"}),
}


def context_of(browser: Browser, site: str, secret: str, **options: Any) -> BrowserContext:
    """A browser in which a colleague is signed in."""
    context = browser.new_context(locale="nl-NL", reduced_motion="reduce", **options)
    context.add_cookies([{"name": "__Host-balie", "value": secret, "url": site.replace("http:", "https:"), "secure": True, "httpOnly": True, "sameSite": "Lax"}])  # fmt: skip
    return context


def wait_for(address: str) -> None:
    """Until the front office answers; gives up after four minutes."""
    until = time.monotonic() + 240
    while time.monotonic() < until:
        try:
            httpx.get(address, timeout=2).raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(address)


def main() -> int:
    """Command line; exit code 1 with a Dutch reason when Chromium is missing."""
    if len(sys.argv) == 4 and sys.argv[1] == "serveer":
        serve(Path(sys.argv[2]), int(sys.argv[3]))
        return 0
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        print("Chromium moet er zijn (op Debian: apt-get install chromium).", file=sys.stderr)
        return 1
    from steunwijzer.directory.service import build
    from tests.conftest import free_port

    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        build(ROOT / "content", folder / "directory.sqlite")
        site = f"http://127.0.0.1:{port}"
        command = [sys.executable, __file__, "serveer", str(folder), str(port)]
        front = subprocess.Popen(command, cwd=ROOT, env=os.environ)
        try:
            wait_for(f"{site}/api/v1/health")
            made = asyncio.run(fill(folder, port))
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
                for picture, (screen, act, options) in PICTURES.items():
                    context = context_of(browser, site, made["Sanne de Wit"], viewport=screen, **options)
                    page = context.new_page()
                    act(page, site, made["gesprek"])
                    page.mouse.move(0, 0)
                    page.wait_for_timeout(300)
                    page.screenshot(path=IMAGES / f"{picture}.png")
                    print(f"docs/img/{picture}.png")
                    context.close()
                browser.close()
        finally:
            front.terminate()
            front.wait(20)
    return 0


if __name__ == "__main__":
    sys.exit(main())
