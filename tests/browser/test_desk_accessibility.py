"""The desk is for everybody: axe on every state, the keyboard alone, small screens, and a focus that stays where it was."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.front_office import Caller, FrontOffice, be_there, desk_context
from tests.browser.test_accessibility import RULES
from tests.conftest import free_port

NARROW, TABLET = {"width": 320, "height": 640}, {"width": 820, "height": 1100}
SLOW = 30_000
WAITING = "section[aria-labelledby=kop-wachten] [data-rij]"


@dataclass
class Staff:
    """A colleague in a browser, before a desk with somebody who waits. ``talk``: the path of that talk."""

    front: FrontOffice
    context: BrowserContext
    page: Page
    talk: str

    def go(self, path: str) -> Page:
        """Open a page of the desk."""
        self.page.goto(self.front.site + path)
        return self.page

    def take(self) -> Page:
        """Have the talk."""
        page = self.go(self.talk)
        if page.get_by_text("U heeft dit gesprek.").count() == 0:
            page.get_by_role("button", name="Oppakken").click()
            taken(page)
        return page

    def somebody(self, *said: str) -> Caller:
        """One more resident who waits."""
        caller = Caller.begin(self.front.site, *(said or ("Ik heb hulp nodig.",)))
        assert caller.hand_over() == "wachtrij"
        return caller


def taken(page: Page) -> None:
    """Wait until the talk is one's own and the page's scripts listen to keys."""
    page.get_by_text("U heeft dit gesprek.").wait_for()
    page.wait_for_load_state()


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FrontOffice]:
    office = FrontOffice(tmp_path_factory.mktemp("balie"), f"http://127.0.0.1:{free_port()}").start()
    yield office
    office.stop()


@pytest.fixture
def staff(browser: Browser, front: FrontOffice) -> Iterator[Staff]:
    wrong: list[str] = []
    context = desk_context(browser)
    page = front.sign_in(context, "Sanne de Wit")
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if "policy" in message.text.lower() else None)
    be_there(page, front.site)
    Caller.begin(front.site, "Mijn moeder valt steeds.", "Mijn nummer is 0612345678.").hand_over()
    page.reload()
    rows = page.locator(WAITING)
    expect(rows.first).to_be_visible()
    made = Staff(front, context, page, rows.last.get_attribute("href") or "")
    yield made
    context.close()
    assert wrong == []


def _list(staff: Staff) -> None:
    staff.go("/balie/werklijst")
    staff.page.locator(".aanwezig summary").click()


def _waiting_talk(staff: Staff) -> None:
    staff.go(staff.talk)


def _own_talk(staff: Staff) -> None:
    page = staff.take()
    for summary in page.locator("main summary").all():
        summary.click()


def _refused(staff: Staff) -> None:
    page = staff.take()
    page.get_by_role("button", name="Verstuur").click()
    expect(page.get_by_role("alert")).to_contain_text("Schrijf eerst een tekst.")


def _found(staff: Staff) -> None:
    page = staff.take()
    page.locator("summary", has_text="Hulp in de buurt").click()
    page.get_by_label("Zoek in de gids").fill("hulp in huis")
    page.get_by_role("button", name="Zoek", exact=True).click()
    expect(page.locator("#gevonden > *").first).to_be_visible()


def _callbacks(staff: Staff) -> None:
    given = {"name": "Jo Jansen", "phone": "0612345678", "best_time": "in de ochtend"}
    Caller.begin(staff.front.site, "Bel mij.").hand_over(callback=given)
    page = staff.go("/balie/terugbellen")
    page.get_by_role("button", name="Oppakken").first.click()
    expect(page.get_by_role("link", name="06 12345678").first).to_be_visible()


def _keys(staff: Staff) -> None:
    staff.go("/balie/toetsen")


def _print(staff: Staff) -> None:
    staff.go(f"{staff.talk}/afdruk")


STATES = [_list, _waiting_talk, _own_talk, _refused, _found, _callbacks, _keys, _print]


def test_a_call_back_stays_readable_on_a_tablet(staff: Staff) -> None:
    staff.page.set_viewport_size(TABLET)
    _callbacks(staff)
    row = staff.page.locator("#verzoeken .rij", has=staff.page.get_by_role("button", name="Laat vervallen")).first
    about, whole = row.locator(".over").bounding_box() or {}, row.bounding_box() or {}
    assert about["width"] > 0.6 * whole["width"]


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__.strip("_"))
def test_axe_finds_nothing_light_dark_or_narrow(staff: Staff, state: Callable[[Staff], None]) -> None:
    state(staff)
    found: list[Any] = []
    for scheme, size in (("light", None), ("dark", None), ("light", NARROW)):
        staff.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        if size:
            staff.page.set_viewport_size(size)  # type: ignore[arg-type]
        violations = Axe().run(staff.page, options=RULES).response["violations"]
        found += [(scheme, size, one["id"], [node["target"] for node in one["nodes"]][:3]) for one in violations]
        wide = staff.page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            found.append((scheme, size, "breder dan het scherm", wide))
    assert found == []


def test_with_the_keyboard_alone_one_takes_a_talk_answers_and_closes_it(staff: Staff) -> None:
    page = staff.go("/balie/werklijst")
    page.keyboard.press("j")
    while staff.talk != page.evaluate("() => document.activeElement.getAttribute('href')"):
        page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{staff.talk}")
    page.keyboard.press("p")
    taken(page)
    page.keyboard.press("a")
    page.keyboard.type("Goedendag.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".van-medewerker", has_text="Goedendag.")).to_have_count(1, timeout=SLOW)
    expect(page.get_by_label("Uw antwoord")).to_be_focused()
    closing = page.locator("#afronden summary", has_text="Afsluiten")
    for _ in range(80):
        page.keyboard.press("Tab")
        if closing.evaluate("element => element === document.activeElement"):
            break
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/balie/werklijst")
    expect(page.get_by_text("Het gesprek is afgesloten.")).to_be_visible()


def test_an_answer_is_judged_in_the_talk_with_the_keyboard_and_nothing_typed_is_lost(staff: Staff) -> None:
    page = staff.take()
    page.get_by_label("Uw antwoord").fill("Half af")
    heading = page.locator(".beoordelen summary").first
    heading.focus()
    page.keyboard.press("Enter")
    for key in ("Tab", "ArrowDown", "Tab"):
        page.keyboard.press(key)
    page.keyboard.type("Vervoer")
    page.keyboard.press("Tab")
    page.keyboard.type("Het ging over vervoer.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".beoordelen [role=status]").first).to_contain_text("Uw oordeel is bewaard")
    expect(heading).to_have_text("Uw oordeel: fout")
    expect(page.locator(".beoordelen button").first).to_be_focused()
    expect(page.get_by_label("Uw antwoord")).to_have_value("Half af")
    assert Axe().run(page, options=RULES).response["violations"] == []


def test_an_answer_is_judged_in_the_talk_without_javascript(browser: Browser, front: FrontOffice, staff: Staff) -> None:
    context = desk_context(browser, java_script_enabled=False)
    page = front.sign_in(context, "Piet Bakker")
    page.goto(front.site + staff.talk)
    page.locator(".beoordelen summary").first.click()
    page.get_by_label("Verouderd").first.check()
    page.get_by_role("button", name="Oordeel bewaren").first.click()
    expect(page.locator(".beoordelen summary").first).to_have_text("Uw oordeel: verouderd")
    expect(page).to_have_url(re.compile(f"{staff.talk}#bericht-"))
    context.close()


def test_single_keys_do_nothing_in_a_text_field_and_can_be_turned_off(staff: Staff) -> None:
    page = staff.take()
    page.keyboard.press("a")
    page.keyboard.type("wat")
    expect(page.get_by_label("Uw antwoord")).to_have_value("wat")
    page.goto(f"{staff.front.site}/balie/toetsen")
    page.get_by_label(re.compile("Sneltoetsen van één toets")).uncheck()
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("w")
    page.wait_for_timeout(300)
    expect(page).to_have_url(f"{staff.front.site}/balie/toetsen")
    page.get_by_label(re.compile("Sneltoetsen van één toets")).check()
    page.locator("body").click()
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("w")
    page.wait_for_url("**/balie/werklijst")


def test_a_list_that_renews_itself_leaves_the_focus_where_it_was_and_is_not_read_out_again(staff: Staff) -> None:
    page = staff.go("/balie/werklijst")
    expect(page).to_have_title(re.compile(r"^\(\d+\) "))
    page.locator("#kort-geleden summary").click()
    row = page.locator(f'a[data-rij][href="{staff.talk}"]')
    row.focus()
    staff.somebody("Dit is een nieuwe vraag.")
    expect(page.get_by_text("“Dit is een nieuwe vraag.”").first).to_be_visible(timeout=SLOW)
    expect(row).to_be_focused()
    expect(page.locator("#kort-geleden")).to_have_attribute("open", "")
    expect(page.locator("#nieuws")).to_have_text("Er wacht iemand.")
    assert (
        page.locator("#lijsten").evaluate("element => element.closest('[aria-live], [role=status], [role=log]')")
        is None
    )


def test_what_is_written_stays_when_a_message_comes_in_and_when_the_page_is_loaded_again(staff: Staff) -> None:
    caller = staff.somebody("Ik wacht.")
    page = staff.go("/balie/werklijst")
    expect(page.get_by_text("“Ik wacht.”").first).to_be_visible()
    href = page.locator(WAITING).last.get_attribute("href")
    page.goto(f"{staff.front.site}{href}")
    page.get_by_role("button", name="Oppakken").click()
    box = page.get_by_label("Uw antwoord")
    box.fill("Half af")
    caller.say("Bent u er nog?")
    expect(page.locator(".van-inwoner", has_text="Bent u er nog?")).to_have_count(1, timeout=SLOW)
    expect(box).to_have_value("Half af")
    expect(box).to_be_focused()
    page.reload()
    expect(page.get_by_label("Uw antwoord")).to_have_value("Half af")


def test_notifications_and_sound_are_off_until_somebody_turns_them_on(staff: Staff) -> None:
    page = staff.go("/balie/toetsen")
    expect(page.get_by_label(re.compile("Laat een melding"))).not_to_be_checked()
    expect(page.get_by_label(re.compile("kort geluid"))).not_to_be_checked()
    page.get_by_label(re.compile("kort geluid")).check()
    page.reload()
    expect(page.get_by_label(re.compile("kort geluid"))).to_be_checked()
