"""On the way to a human in the browser: what is passed on, leaving out, waiting, talking, contact data, the end."""

from __future__ import annotations

import asyncio
import re
import sqlite3
import threading
import uuid
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from steunwijzer.accounts.who import Who
from steunwijzer.handover import Cases, Desk, Rules
from steunwijzer.store import Database
from tests.browser.chat import Chat
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_accessibility import violations
from tests.conftest import ROOT, Stack

GEMEENTE = "GM0344"  # without opening hours: this test runs at any hour
HUMAN = "Praat met een medewerker"
# Where others wait too depends on the tests before.
WAITING = re.compile(r"U wacht op een medewerker\. (?:U bent als eerste|Er (?:is|zijn) \d+)")


class Staff:
    """A colleague who is there, working with the site's own database."""

    def __init__(self, stack: Stack) -> None:
        self.url = stack.environment["STEUNWIJZER_DATABASE_URL"]
        self.who = Who(str(uuid.uuid4()), "Sanne de Wit", "", {GEMEENTE: frozenset({"medewerker"})})
        self._file = sqlite3.connect(self.url.removeprefix("sqlite+aiosqlite:///"), isolation_level=None)
        now, later = datetime.now(UTC), datetime.now(UTC) + timedelta(days=1)
        columns = "id, email, name, totp_last, failures, active, created_at"
        self._file.execute(f"INSERT INTO colleague ({columns}) VALUES (?, ?, ?, 0, 0, 1, ?)", (self.who.id, self.who.id, self.who.name, str(now)))  # fmt: skip
        self._file.execute(
            "INSERT INTO presence VALUES (?, ?, 'beschikbaar', '', ?)", (self.who.id, GEMEENTE, str(later))
        )

    def case_of(self, chat: Chat) -> str:
        """The hand-over of the talk on the screen."""
        found = self._file.execute(
            "SELECT id FROM handover_case WHERE conversation_id = ? ORDER BY asked_at DESC", (chat.key["id"],)
        ).fetchone()
        return str(found[0])

    def leave(self) -> None:
        """Nobody is there any more."""
        self._file.execute("DELETE FROM presence")

    def do(self, act: Callable[[Cases], Awaitable[Any]]) -> None:
        """Something at the desk, in a loop of its own: Playwright's is running here."""
        failed: list[BaseException] = []

        async def work() -> None:
            database = Database(self.url)
            rules = Rules.read(ROOT / "content", ROOT / "data" / "flows")
            try:
                await act(Cases(Desk(database, lambda: datetime.now(UTC), say, rules, lambda _: None)))
            except BaseException as error:
                failed.append(error)
            finally:
                await database.close()

        thread = threading.Thread(target=lambda: asyncio.run(work()))
        thread.start()
        thread.join()
        assert failed == []


def say(key: str, gemeente: str | None = None, **values: str) -> str:
    return f"{key} {' '.join(values.values())}"


@pytest.fixture
def staff(stack: Stack) -> Iterator[Staff]:
    """Somebody is there during this test."""
    here = Staff(stack)
    yield here
    here.leave()


def consent_screen(visit: Callable[..., Page], site: str, **options: Any) -> Chat:
    chat = Chat(visit(f"{site}/chat?gemeente={GEMEENTE}", **options)).wait_for_welcome()
    chat.say("Wat is een pgb?")
    chat.page.get_by_role("button", name=HUMAN).click()
    expect(chat.page.get_by_role("heading", name=HUMAN)).to_be_visible()
    return chat


def accept(chat: Chat) -> None:
    chat.page.get_by_role("button", name="Ja, geef dit door").click()
    expect(chat.page.get_by_text("U wacht op een medewerker.", exact=False).last).to_be_visible()


def test_the_resident_sees_exactly_what_is_passed_on_and_leaves_things_out(
    visit: Callable[..., Page], site: str, staff: Staff
) -> None:
    chat = consent_screen(visit, site)
    sent: list[Any] = []
    chat.page.on(
        "request",
        lambda r: sent.append(r.post_data_json) if r.method == "POST" and r.url.endswith("/handover") else None,
    )
    chat.page.get_by_label("Onderwerp:", exact=False).uncheck()
    chat.page.get_by_text("Bekijk de berichten en kies").click()
    message = chat.page.get_by_label("U: Wat is een pgb?")
    expect(message).to_be_checked()
    message.uncheck()
    accept(chat)
    expect(chat.page.get_by_role("heading", name=HUMAN)).to_have_count(0)
    assert "onderwerp" in sent[0]["leave_out"]
    assert len(sent[0]["leave_out"]) == 2
    assert sent[0]["seen"] > 1


@pytest.mark.parametrize("said", [["mijn huis wordt morgen ontruimd"], ["ik heb schulden", "Ja, dat dreigt"]])
def test_a_topic_with_a_rule_offers_a_human_after_its_answer(
    visit: Callable[..., Page], site: str, staff: Staff, said: list[str]
) -> None:
    chat = Chat(visit(f"{site}/chat?gemeente={GEMEENTE}")).wait_for_welcome()
    for text in said:
        chat.say(text)
    expect(chat.page.get_by_text("kunt u het best met een mens praten", exact=False).first).to_be_visible()
    expect(chat.page.get_by_role("heading", name=HUMAN)).to_be_visible()
    # Whom to call now is read first; the offer stands below it.
    expect(chat.own.last).to_be_in_viewport()
    accept(chat)


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["telefoon", "bureau"])
def test_the_number_stays_where_it_is_for_who_waits(
    visit: Callable[..., Page], site: str, staff: Staff, screen: dict[str, int]
) -> None:
    chat = consent_screen(visit, site, viewport=screen)
    number = chat.page.locator(".bel")
    before = number.bounding_box() or {}
    accept(chat)
    expect(chat.page.get_by_role("button", name=HUMAN)).to_be_hidden()
    after = number.bounding_box() or {}
    assert (after["x"], after["width"]) == (before["x"], before["width"])


STILL = """() => new Promise(done => { let at = -1, same = 0;
    const look = () => { same = scrollY === at ? same + 1 : 0; at = scrollY; same > 30 ? done() : requestAnimationFrame(look); }; look(); })"""


@pytest.mark.parametrize("press", ["Ja, geef dit door", "Nee, geef niets door"])
def test_after_the_choice_one_reads_what_comes_of_it(
    visit: Callable[..., Page], site: str, staff: Staff, press: str
) -> None:
    chat = consent_screen(visit, site, viewport={"width": 360, "height": 740}, reduced_motion="no-preference")
    chat.page.get_by_role("button", name=press).click()
    expect(chat.page.get_by_role("button", name=press)).to_have_count(0)
    chat.page.evaluate(STILL)
    expect(chat.messages.last).to_be_in_viewport()


def test_all_messages_can_be_kept_back_with_the_keyboard_alone(
    visit: Callable[..., Page], site: str, staff: Staff
) -> None:
    chat = consent_screen(visit, site)
    everything = chat.page.get_by_label("berichten uit dit gesprek", exact=False)
    everything.focus()
    chat.page.keyboard.press("Space")
    chat.page.keyboard.press("Tab")
    chat.page.keyboard.press("Enter")
    expect(chat.page.get_by_label("U: Wat is een pgb?")).not_to_be_checked()
    yes = chat.page.get_by_role("button", name="Ja, geef dit door")
    for _ in range(30):
        if yes.evaluate("e => e === e.getRootNode().activeElement"):
            break
        chat.page.keyboard.press("Tab")
    chat.page.keyboard.press("Enter")
    expect(chat.page.get_by_text(WAITING)).to_be_visible()


def test_no_human_after_all(visit: Callable[..., Page], site: str, staff: Staff) -> None:
    chat = consent_screen(visit, site)
    chat.page.get_by_role("button", name="Nee, geef niets door").click()
    expect(chat.page.get_by_role("heading", name=HUMAN)).to_have_count(0)
    chat.page.get_by_role("button", name=HUMAN).click()
    expect(chat.page.get_by_role("heading", name=HUMAN)).to_be_visible()
    accept(chat)
    chat.page.get_by_role("button", name="Stop met wachten").click()
    expect(chat.page.get_by_text("er komt geen medewerker", exact=False)).to_have_count(2)
    expect(chat.page.get_by_text("U wacht op een medewerker")).to_have_count(0)
    expect(chat.page.get_by_role("button", name=HUMAN)).to_be_visible()


def test_who_comes_back_sees_where_it_stands_talks_and_can_start_anew(
    visit: Callable[..., Page], site: str, staff: Staff
) -> None:
    chat = consent_screen(visit, site)
    accept(chat)
    case = staff.case_of(chat)
    staff.do(lambda cases: cases.claim(staff.who, case))
    staff.do(lambda cases: cases.ask_contact(staff.who, case, ["naam", "telefoon"], "Waar kan ik u bereiken?"))
    chat.page.reload()
    expect(chat.page.get_by_text("U praat met een medewerker")).to_be_visible()
    expect(chat.page.locator(".van-medewerker .afzender")).to_have_text("Sanne · Medewerker")
    chat.page.get_by_label("Uw naam").fill("Fatma")
    chat.page.get_by_role("button", name="Geef door", exact=True).click()
    expect(chat.page.get_by_text("Uw gegevens zijn doorgegeven.")).to_be_focused()
    assert "Fatma" not in str(chat.history(chat.key))
    chat.page.reload()
    expect(chat.page.get_by_text("Waar kan ik u bereiken?")).to_be_visible()
    expect(chat.page.get_by_role("button", name="Geef door", exact=True)).to_have_count(0)
    chat.input.fill("Dank u wel")
    chat.input.press("Enter")
    expect(chat.own.last).to_contain_text("Dank u wel")
    assert violations(chat) == []
    staff.do(lambda cases: cases.close(staff.who, case, "beantwoord"))
    chat.page.reload()
    expect(chat.page.get_by_text("Dit gesprek is afgesloten.")).to_be_visible()
    expect(chat.input).to_be_hidden()
    assert violations(chat) == []
    chat.page.get_by_role("button", name="Nieuw gesprek").click()
    expect(chat.input).to_be_visible()
    expect(chat.own).to_have_count(0)


def kept_on_device(page: Page) -> dict[str, str]:
    """All that this device remembers of the chat, also after the tab is closed."""
    return dict(page.evaluate("() => ({ ...localStorage })"))


def test_who_asked_to_remember_the_talk_comes_back_in_another_tab(
    visit: Callable[..., Page], site: str, staff: Staff
) -> None:
    chat = consent_screen(visit, site)
    menu = chat.page.get_by_role("button", name="Opties")
    keep = chat.page.get_by_role("button", name="Onthoud dit gesprek")
    menu.click()
    # The assistant answers at once; there is nothing to come back for.
    expect(keep).to_be_hidden()
    chat.page.keyboard.press("Escape")
    accept(chat)
    case = staff.case_of(chat)
    menu.click()
    keep.click()
    assert violations(chat) == []
    assert kept_on_device(chat.page) == {}
    chat.page.get_by_role("dialog").get_by_role("button", name="Onthoud dit gesprek").click()
    expect(chat.page.get_by_text("blijft op dit apparaat", exact=False)).to_be_visible()
    key, context = chat.key, chat.page.context
    chat.page.close()
    staff.do(lambda cases: cases.claim(staff.who, case))
    staff.do(lambda cases: cases.reply(staff.who, case, "Ik heb het voor u uitgezocht."))

    page = context.new_page()
    page.goto(f"{site}/?gemeente={GEMEENTE}")
    back = Chat(page)
    expect(page.get_by_text("Ik heb het voor u uitgezocht.")).to_be_visible()
    assert back.key == key
    back.input.fill("Dank u wel, ik ben er weer.")
    back.input.press("Enter")
    expect(back.own.last).to_contain_text("ik ben er weer")
    assert key["token"] not in page.url

    page.get_by_role("button", name="Opties").click()
    page.get_by_role("button", name="Gesprek wissen").click()
    page.get_by_role("button", name="Ja, wis het gesprek").click()
    expect(page.get_by_text("Ik heb het voor u uitgezocht.")).to_be_hidden()
    assert kept_on_device(page) == {}


def test_who_did_not_ask_finds_nothing_in_another_tab(visit: Callable[..., Page], site: str, staff: Staff) -> None:
    chat = consent_screen(visit, site)
    accept(chat)
    page = chat.page.context.new_page()
    page.goto(f"{site}/?gemeente={GEMEENTE}")
    another = Chat(page).wait_for_welcome()
    assert another.key["id"] != chat.key["id"]
    assert kept_on_device(page) == {}


def test_when_everybody_left_the_waiting_resident_may_be_called_back(
    visit: Callable[..., Page], site: str, staff: Staff
) -> None:
    chat = consent_screen(visit, site)
    accept(chat)
    staff.leave()
    chat.page.reload()
    expect(chat.page.get_by_text("geen medewerker in de chat", exact=False)).to_be_visible()
    chat.page.get_by_role("button", name="Bel mij terug").click()
    chat.page.get_by_label("Uw naam").fill("Fatma")
    chat.page.get_by_label("Uw telefoonnummer").fill("06 12345678")
    chat.page.get_by_label("Ja, geef dit door").check()
    chat.page.get_by_role("button", name="Ja, bel mij terug").click()
    expect(chat.page.get_by_text("Een medewerker belt u terug.", exact=False)).to_be_visible()
    assert violations(chat) == []
    chat.page.get_by_role("button", name="Ik wil niet gebeld worden").click()
    expect(chat.page.get_by_text("Goed, u wordt niet teruggebeld.")).to_be_visible()


LOOKS: dict[str, dict[str, Any]] = {
    "telefoon": {"viewport": PHONE},
    "bureau": {"viewport": DESKTOP},
    "320 px": {"viewport": {"width": 320, "height": 640}},
    "donker": {"viewport": PHONE, "color_scheme": "dark"},
    "gedwongen": {"viewport": PHONE, "forced_colors": "active"},
}


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_on_the_way_to_a_human(
    visit: Callable[..., Page], site: str, staff: Staff, look: str
) -> None:
    chat = consent_screen(visit, site, **LOOKS[look])
    chat.page.get_by_text("Bekijk de berichten en kies").click()
    assert violations(chat) == []
    accept(chat)
    assert violations(chat) == []
    case = staff.case_of(chat)
    staff.do(lambda cases: cases.claim(staff.who, case))
    staff.do(lambda cases: cases.ask_contact(staff.who, case, ["naam", "telefoon"], "Waar kan ik u bereiken?"))
    chat.page.reload()
    expect(chat.page.get_by_label("Uw naam")).to_be_visible()
    chat.page.get_by_role("button", name="Geef door", exact=True).click()
    expect(chat.page.get_by_role("alert").filter(has_text="U vulde niets in")).to_be_visible()
    assert violations(chat) == []
    assert chat.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
