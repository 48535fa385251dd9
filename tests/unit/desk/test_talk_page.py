"""One talk at the desk: reading, taking, answering once, passing on, and what is refused."""

from __future__ import annotations

import asyncio
import re
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event, select

from steunwijzer.accounts import MEDEWERKER, TEAMLEIDER
from steunwijzer.directory.service import build
from steunwijzer.store import AuditEntry, Drafted, Judgement, Message, add_messages, lock_conversation
from tests.unit.desk.conftest import VOORBEELDSTAD, Browser, Desk
from tests.unit.desk.resident import Resident, taken, waiting

SANNE, PIET = "sanne@voorbeeldstad.example", "piet@voorbeeldstad.example"
ROLE = (VOORBEELDSTAD, MEDEWERKER)
JSON = {"Accept": "application/json"}


async def form_of(browser: Browser, path: str) -> dict[str, str]:
    """The secret and the message id of the form for an answer."""
    text = (await browser.get(path)).text.partition('id="antwoord-form"')[2]
    return {name: re.search(rf'name="{name}" value="([^"]+)"', text)[1] for name in ("csrf", "bericht")}  # type: ignore[index]


async def acts(desk: Desk, act: str) -> list[AuditEntry]:
    async with desk.app.ctx.database.transaction() as session:
        return list(await session.scalars(select(AuditEntry).where(AuditEntry.act == act).order_by(AuditEntry.number)))


async def from_colleague(somebody: Resident) -> list[str]:
    return [message["text"] for message in await somebody.seen() if message["from"] == "medewerker"]


async def test_what_the_resident_left_out_is_not_on_any_page(desk: Desk) -> None:
    browser = await desk.signed_in(SANNE, ROLE)
    somebody, path = await waiting(
        desk, browser, said=("Ik heb geheime schulden.", "Mijn moeder valt steeds."),
        hand_over={"include": ["gesprek", "gemeente"], "leave_out": [2]},
    )  # fmt: skip
    assert (await somebody.seen())[1]["text"] == "Ik heb geheime schulden."
    for page in ("/balie/werklijst", path, f"{path}/afdruk", f"{path}/berichten?na=0"):
        shown = (await browser.get(page)).text
        assert "geheime schulden" not in shown, page
        assert "Mijn moeder valt steeds." in shown
    page = (await browser.get(path)).text
    assert "De inwoner gaf niet door: het onderwerp, 1 bericht." in page
    assert "1 bericht is door de inwoner niet doorgegeven." in page


async def test_opening_a_talk_is_in_the_log_and_renewing_the_open_page_is_not(desk: Desk) -> None:
    browser = await desk.signed_in(SANNE, ROLE)
    _, path = await waiting(desk, browser)
    await browser.get(path)
    await browser.get(f"{path}/berichten?na=0")
    await browser.get(f"{path}/stand")
    assert len(await acts(desk, "gesprek_gelezen")) == 1


async def test_without_the_talk_nobody_answers_and_the_text_is_not_lost(desk: Desk) -> None:
    sanne, piet = await desk.signed_in(SANNE, ROLE), await desk.signed_in(PIET, ROLE)
    somebody, path = await taken(desk, sanne)
    fields = {**await form_of(piet, path), "tekst": "Ik neem het over."}
    answer = await piet.ask("POST", f"{path}/antwoord", data=fields)
    assert answer.status_code == 409
    assert "Dit gesprek is nu niet van u" in answer.text
    assert ">Ik neem het over.</textarea>" in answer.text
    by_script = await piet.ask("POST", f"{path}/antwoord", data=fields, headers=JSON)
    assert (by_script.status_code, by_script.json()["code"]) == (409, "niet_van_u")
    assert await from_colleague(somebody) == []


async def test_the_same_form_twice_is_one_message(desk: Desk) -> None:
    browser = await desk.signed_in(SANNE, ROLE)
    somebody, path = await taken(desk, browser)
    fields = {**await form_of(browser, path), "tekst": "Goedemorgen."}
    answers = await asyncio.gather(
        *(browser.ask("POST", f"{path}/antwoord", data=fields, headers=JSON) for _ in range(3))
    )
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert await from_colleague(somebody) == ["Goedemorgen."]
    assert answers[0].json()["bericht"] != fields["bericht"]


async def test_an_empty_answer_is_refused_in_words(desk: Desk) -> None:
    browser = await desk.signed_in(SANNE, ROLE)
    _, path = await taken(desk, browser)
    answer = await browser.post(f"{path}/antwoord", {"tekst": "  "}, on=path)
    assert answer.status_code == 409
    assert "Schrijf eerst een tekst." in answer.text


async def test_a_lost_talk_goes_back_and_can_be_taken_again(desk: Desk) -> None:
    sanne, piet = await desk.signed_in(SANNE, ROLE), await desk.signed_in(PIET, ROLE)
    _, path = await taken(desk, sanne)
    case_id = path.rsplit("/", 1)[1]
    desk.clock.forward(seconds=60)
    assert (await sanne.post("/balie/hier", {"gesprek": case_id}, on="/balie/account")).json() == {"van_u": True}
    desk.clock.forward(seconds=60)
    assert "Sanne heeft dit gesprek." in (await piet.get(path)).text
    desk.clock.forward(seconds=60)
    assert (await piet.post(f"{path}/oppakken", on=path)).headers["location"] == path
    assert (await sanne.post("/balie/hier", {"gesprek": case_id}, on="/balie/account")).json() == {"van_u": False}
    assert "Piet heeft dit gesprek." in (await sanne.get(f"{path}/stand")).text


async def test_a_team_leader_puts_a_talk_of_another_back(desk: Desk) -> None:
    sanne = await desk.signed_in(SANNE, ROLE)
    leader = await desk.signed_in("lies@voorbeeldstad.example", (VOORBEELDSTAD, TEAMLEIDER))
    piet = await desk.signed_in(PIET, ROLE)
    somebody, path = await taken(desk, sanne)
    assert "teamleider" not in (await piet.get(f"{path}/stand")).text
    await leader.post(f"{path}/loslaten", on=path)
    assert await somebody.status() == "wachtrij"


async def test_a_standard_reply_is_put_into_what_was_typed(desk: Desk) -> None:
    browser = await desk.signed_in(SANNE, ROLE)
    _, path = await taken(desk, browser)
    answer = await browser.post(f"{path}/invoegen", {"tekst": "Hallo.", "standaard": "begroeting"}, on=path)
    assert "Hallo.\n\nGoedendag, u praat met Sanne van de gemeente." in answer.text
    page = (await browser.get(path)).text
    assert "Inloop van het buurtteam" in page
    assert "{gemeente" not in page


async def test_help_nearby_and_a_button_go_with_the_answer(desk: Desk) -> None:
    browser = await desk.signed_in(SANNE, ROLE)
    somebody, path = await taken(desk, browser)
    build(desk.app.ctx.content, desk.app.ctx.settings.directory_path)
    found = await browser.post(f"{path}/opties", {"tekst": "Kijk hier eens.", "zoek": "hulp in huis"}, on=path)
    assert ">Kijk hier eens.</textarea>" in found.text
    option = re.search(r'name="optie" value="([^"]+)"', found.text)
    assert option, "er is geen hulp gevonden"
    fields = {"tekst": "Kijk hier eens.", "optie": option[1], "onderwerp": "huishoudelijke_hulp"}
    await browser.post(f"{path}/antwoord", fields, on=path)
    last = (await somebody.seen())[-1]
    assert [choice["label"] for choice in last["choices"]] == ["Hulp in huis"]
    cards = next(block for block in last["blocks"] if block["type"] == "opties")
    assert cards["items"][0]["id"] == option[1]
    assert cards["items"][0]["naam"] in (await browser.get(path)).text


async def test_contact_data_is_asked_given_and_shown_only_for_a_reason(desk: Desk) -> None:
    browser = await desk.signed_in(SANNE, ROLE)
    somebody, path = await taken(desk, browser)
    await browser.post(f"{path}/gegevens", {"veld": ["naam", "telefoon"]}, on=path)
    form = next(block for block in (await somebody.seen())[-1]["blocks"] if block["type"] == "contactformulier")
    assert form["velden"] == ["naam", "telefoon"]
    given = {"name": "Jo Jansen", "phone": "0612345678"}
    assert (await desk.client.post(f"{somebody.url}/contact", json=given, headers=somebody.headers)).status_code == 200
    page = (await browser.get(path)).text
    assert "Jo Jansen" not in page
    assert "Toon telefoonnummer" in page
    seq, number = re.search(r'id="masker-(\d+)-(1)"', page).groups()  # type: ignore[union-attr]
    without = await browser.post(f"{path}/toon", {"bericht": seq, "nummer": number, "reden": ""}, on=path)
    assert without.status_code == 303
    shown = await browser.post(
        f"{path}/toon", {"bericht": seq, "nummer": number, "reden": "om de inwoner te bereiken"}, on=path
    )
    assert "06 12345678" in shown.text
    assert "Jo Jansen" not in shown.text
    (entry,) = await acts(desk, "gegevens_getoond")
    assert entry.detail == {"bericht": int(seq), "soort": "telefoonnummer", "reden": "om de inwoner te bereiken"}
    assert "12345678" not in (await browser.get(path)).text


async def test_notes_and_labels_are_for_colleagues_and_the_resident_never_sees_them(desk: Desk) -> None:
    browser = await desk.signed_in(SANNE, ROLE)
    somebody, path = await taken(desk, browser)
    await browser.post(f"{path}/notitie", {"notitie": "Buurman belde ook."}, on=path)
    await browser.post(f"{path}/label", {"label": "Valgevaar"}, on=path)
    page = (await browser.get(path)).text
    assert "Buurman belde ook." in page
    assert "valgevaar" in page
    assert "Buurman" not in str(await somebody.seen())
    await browser.post(f"{path}/label", {"label": "valgevaar", "weg": "ja"}, on=path)
    assert "valgevaar" not in (await browser.get(path)).text


async def test_passing_on_to_a_team_and_to_a_colleague(desk: Desk) -> None:
    sanne, piet = await desk.signed_in(SANNE, ROLE), await desk.signed_in(PIET, ROLE)
    somebody, path = await taken(desk, sanne)
    await sanne.post(f"{path}/doorzetten", {"naar": "team:Jeugd"}, on=path)
    assert await somebody.status() == "wachtrij"
    assert "team Jeugd" in (await piet.get("/balie/werklijst")).text
    await sanne.post(f"{path}/oppakken", on=path)
    await piet.post("/balie/aanwezig", {"stand": "beschikbaar"}, on="/balie/werklijst")
    to = re.search(r'value="(collega:[^"]+)">Piet', (await sanne.get(path)).text)
    assert to
    await sanne.post(f"{path}/doorzetten", {"naar": to[1]}, on=path)
    assert "U heeft dit gesprek." in (await piet.get(path)).text
    assert "Piet heeft dit gesprek." in (await sanne.get(path)).text
    # Who is away for a while can get it too; why they are away stands with the name.
    await piet.post("/balie/aanwezig", {"stand": "afwezig", "reden": "overleg"}, on="/balie/werklijst")
    assert "(afwezig: overleg)</option>" in (await sanne.get(path)).text


async def test_giving_back_and_closing_end_it_for_the_desk(desk: Desk) -> None:
    browser = await desk.signed_in(SANNE, ROLE)
    first, path = await taken(desk, browser)
    answer = await browser.post(f"{path}/teruggeven", {"onderwerp": "pgb_uitleg"}, on=path)
    assert answer.headers["location"] == "/balie/werklijst"
    assert await first.status() == "teruggegeven"
    assert (await first.seen())[-1]["choices"][0]["label"] == "Wat een pgb is"
    second, path = await taken(desk, browser)
    refused = await browser.post(f"{path}/afsluiten", {"uitkomst": "zomaar"}, on=path)
    assert refused.headers["location"] == path
    assert await second.status() == "in_gesprek"
    await browser.post(f"{path}/afsluiten", {"uitkomst": "beantwoord"}, on=path)
    assert await second.status() == "afgesloten"
    page = (await browser.get(path)).text
    assert "Dit gesprek is afgesloten." in page
    assert "De vraag is beantwoord" in page
    assert "Uw antwoord" not in page


async def test_a_resident_sees_that_a_colleague_types_and_not_longer_than_that(desk: Desk) -> None:
    browser = await desk.signed_in(SANNE, ROLE)
    somebody, path = await taken(desk, browser)
    live = desk.app.ctx.chat.live
    await browser.post(f"{path}/typt", on=path)
    assert live.is_typing(somebody.id)
    await browser.post(f"{path}/antwoord", {"tekst": "Hallo."}, on=path)
    assert not live.is_typing(somebody.id)


async def test_what_the_assistant_understood_stands_with_each_sentence(desk: Desk) -> None:
    browser = await desk.signed_in(SANNE, ROLE)
    somebody, path = await taken(desk, browser)
    about = {"intent": "pgb_uitleg", "confidence": 0.912, "runner_up": "zin_uitleg", "runner_up_confidence": 0.05, "flow": "pgb_uitleg"}  # fmt: skip
    async with desk.app.ctx.database.transaction() as session:
        found = await lock_conversation(session, somebody.id)
        version = {"versie": "ab12cd", "gecontroleerd_op": "2026-11-22"}
        drafted = [
            Drafted("inwoner", "Wat is een pgb?", understood=about),
            Drafted("assistent", "Pgb betekent …", key="utter_wmo_melding_hoe", understood=version),
        ]
        add_messages(session, found, drafted, desk.clock())
    page = (await browser.get(path)).text
    assert "Begrepen als: Wat een pgb is" in page
    assert "91% zeker" in page
    assert "Wat zorg in natura is (5%)" in page
    assert "ab12cd" in page
    assert "22 nov. 2026" in page
    assert "utter_wmo_melding_hoe" in page


async def test_a_talk_of_five_hundred_messages_takes_as_many_questions_as_a_short_one(desk: Desk) -> None:
    browser = await desk.signed_in(SANNE, ROLE)
    somebody, path = await taken(desk, browser)
    # What is read once and kept is read before the counting.
    await browser.get(path)
    with questions() as of_short:
        await browser.get(path)
    async with desk.app.ctx.database.transaction() as session:
        found = await lock_conversation(session, somebody.id)
        add_messages(session, found, [Drafted("inwoner", f"zin {number}") for number in range(500)], desk.clock())
    with questions() as of_long:
        page = (await browser.get(path)).text
    assert "zin 499" in page
    assert of_long() == of_short()


@contextmanager
def questions() -> Iterator[Callable[[], list[str]]]:
    """What the page of a talk asks the database meanwhile. The program has work of its own, in other tasks; that is not counted."""
    asked: dict[Any, list[str]] = defaultdict(list)

    def note(*given: Any) -> None:
        asked[asyncio.current_task()].append(given[2])

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield lambda: next(given for given in asked.values() if any("FROM message" in one for one in given))
    finally:
        event.remove(Engine, "before_cursor_execute", note)


async def test_a_made_up_talk_is_not_there(desk: Desk) -> None:
    browser = await desk.signed_in(SANNE, ROLE)
    assert (await browser.get(f"/balie/gesprek/{uuid.uuid4()}")).status_code == 404


async def test_danger_is_seen_at_once_on_the_page_of_the_talk(desk: Desk) -> None:
    browser = await desk.signed_in(SANNE, ROLE)
    somebody, path = await taken(desk, browser)
    assert "Gevaar of crisis" not in (await browser.get(f"{path}/stand")).text
    await somebody.say("ik wil niet meer leven")
    piece = (await browser.get(f"{path}/stand")).text
    assert "<strong>Gevaar of crisis.</strong>" in piece
    assert '<span id="voorrang" class="voorrang crisis" hx-swap-oob="true">Gevaar of crisis</span>' in piece
    page = (await browser.get(path)).text
    assert page.count('id="voorrang"') == 1
    assert "hx-swap-oob" not in page


async def test_danger_that_is_seen_later_stands_at_the_message_that_is_shown_already(desk: Desk) -> None:
    browser = await desk.signed_in(SANNE, ROLE)
    somebody, path = await taken(desk, browser)
    await somebody.say("het gaat zo niet langer")
    async with desk.app.ctx.database.transaction() as session:
        of_this = select(Message).where(Message.conversation_id == somebody.id)
        (message,) = await session.scalars(of_this.where(Message.text == "het gaat zo niet langer"))
        seq, message.understood = message.seq, {"doubt": True}
    sign = f'<p class="teken" id="teken-{seq}" data-teken><strong>Misschien gevaar</strong></p>'
    new = (await browser.get(f"{path}/berichten?na={seq}")).text
    assert sign in new
    assert "data-seq" not in new
    page = (await browser.get(path)).text
    assert page.count(sign) == 1
    # Nothing was understood while a human had the talk, so there is nothing to unfold.
    line = page.split(f'id="bericht-{seq}"')[1].split("</li>")[0]
    assert "<details" not in line


async def test_an_answer_of_the_assistant_is_judged_without_leaving_the_talk(desk: Desk) -> None:
    browser, reader = (
        await desk.signed_in(SANNE, ROLE),
        await desk.signed_in("lees@voorbeeldstad.example", (VOORBEELDSTAD, "raadpleger")),
    )
    _, path = await taken(desk, browser)
    page = (await browser.get(path)).text
    seq = re.search(r'id="oordeel-kop-(\d+)">Dit antwoord beoordelen', page)[1]  # type: ignore[index]
    assert "Dit antwoord beoordelen" not in (await reader.get(path)).text
    given = {"bericht": seq, "oordeel": "fout", "onderwerp": "vervoer", "opmerking": "Zij vroeg naar vervoer."}
    answer = await browser.post(f"{path}/oordeel", given, on=path)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{path}#bericht-{seq}")
    page = (await browser.get(path)).text
    assert "Uw oordeel is bewaard." in page
    assert f'id="oordeel-kop-{seq}">Uw oordeel: fout' in page
    secret = await form_of(browser, path)
    by_script = {
        "headers": {"HX-Request": "true"},
        "data": {**given, "csrf": secret["csrf"], "oordeel": "verouderd", "onderwerp": "Vervoer"},
    }
    piece = (await browser.ask("POST", f"{path}/oordeel", **by_script)).text
    assert "<html" not in piece
    assert 'hx-swap-oob="true">Uw oordeel: verouderd' in piece
    by_script["data"]["onderwerp"] = "Bestaat niet"
    assert "Kies een onderwerp uit de lijst." in (await browser.ask("POST", f"{path}/oordeel", **by_script)).text
    async with desk.app.ctx.database.transaction() as session:
        (kept,) = await session.scalars(select(Judgement))
    assert (kept.verdict, kept.right_topic, kept.seq) == ("verouderd", "vervoer", int(seq))
