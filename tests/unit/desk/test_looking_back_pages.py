"""The pages that look back: found, read, judged, exported and logged; each in its own municipality only."""

from __future__ import annotations

import asyncio
import csv
import html
import io
import re
from datetime import timedelta

from sqlalchemy import select, update

from steunwijzer import audit, history
from steunwijzer.accounts import colleagues
from steunwijzer.store import AuditEntry, Judgement, Message, Note
from tests.unit.desk.conftest import ELDERS, VOORBEELDSTAD, Browser, Desk
from tests.unit.desk.looking_back import QUESTION, judged, passed_on
from tests.unit.history.stories import NOW

TEAM = "team@voorbeeldstad.example"
EDITOR = "redactie@voorbeeldstad.example"
OFFICER = "fg@voorbeeldstad.example"


async def logged(desk: Desk, act: str) -> list[AuditEntry]:
    async with desk.app.ctx.database.transaction() as session:
        return list(await session.scalars(select(AuditEntry).where(AuditEntry.act == act).order_by(AuditEntry.number)))


async def team(desk: Desk) -> Browser:
    return await desk.signed_in(TEAM, (VOORBEELDSTAD, "teamleider"))


async def test_a_talk_is_found_by_a_word_and_shown_with_the_word_marked(desk: Desk) -> None:
    await passed_on(desk)
    await passed_on(desk, "iets anders")
    await passed_on(desk, "rolstoel van elders", gemeente=ELDERS)
    browser = await team(desk)
    text = (await browser.get("/balie/geschiedenis?woorden=rolstoelen")).text
    assert "<mark>rolstoel</mark>" in text
    assert "iets anders" not in text
    assert "elders" not in text
    everything = (await browser.get("/balie/geschiedenis")).text
    assert "iets anders" in everything
    nothing = (await browser.get("/balie/geschiedenis?woorden=scootmobiel&van=2026-11-01&tot=onzin&voor=-3")).text
    assert "Er is niets gevonden" in nothing
    turned = (await browser.get("/balie/geschiedenis?van=2026-11-30&tot=2026-11-01")).text
    assert "komt na de dag bij" in turned
    # Only what a talk can be about: no thanks, no question about the answer before.
    assert 'value="pgb_uitleg"' in everything
    assert 'value="smalltalk_thanks"' not in everything


async def test_what_was_typed_is_shown_as_text(desk: Desk) -> None:
    await passed_on(desk, "<script>alert(1)</script> rolstoel")
    browser = await team(desk)
    for address in ("/balie/geschiedenis?woorden=rolstoel", '/balie/geschiedenis?woorden="><script>alert(1)</script>'):
        assert "<script>alert" not in (await browser.get(address)).text


async def test_searching_and_reading_are_logged_without_the_words(desk: Desk) -> None:
    conversation = await passed_on(desk)
    browser = await team(desk)
    await browser.get("/balie/geschiedenis?woorden=rolstoel&onderwerp=pgb_uitleg")
    assert (await browser.get(f"/balie/geschiedenis/{conversation}")).status_code == 200
    (search,), (read,) = await logged(desk, "geschiedenis_gezocht"), await logged(desk, "gesprek_teruggelezen")
    assert (search.gemeente, search.detail) == (VOORBEELDSTAD, {"filters": ["onderwerp", "woorden"], "gevonden": 1})
    assert (read.subject, read.detail) == (f"gesprek:{conversation}", {"berichten": 2})


async def test_older_talks_are_on_the_next_page(desk: Desk) -> None:
    for number in range(51):
        await passed_on(desk, f"vraag nummer{number}")
        await history.keep_up(desk.app.ctx.database)
    browser = await team(desk)
    first = await browser.get("/balie/geschiedenis?woorden=vraag")
    assert "nummer50" in first.text
    assert "nummer0<" not in first.text
    onward = re.search(r'href="([^"]+)" rel="next"', first.text)
    assert onward
    last = (await browser.get(onward[1].replace("&amp;", "&"))).text
    assert "nummer0" in last
    assert 'rel="next"' not in last


async def test_a_note_is_found_by_the_start_of_a_word_and_read_with_the_talk(desk: Desk) -> None:
    conversation = await passed_on(desk)
    browser = await team(desk)
    async with desk.app.ctx.database.transaction() as session:
        session.add(
            Note(
                id="n1",
                conversation_id=conversation,
                at=NOW,
                text="Belt liever met de buurvrouw.",
                colleague_id=(await desk.who(TEAM)).id,
            )
        )
    found = (await browser.get("/balie/geschiedenis?woorden=buurvr")).text
    assert "<strong>Notitie:</strong>" in found
    assert "<mark>buurvrouw</mark>" in found
    assert "Belt liever met de buurvrouw." in (await browser.get(f"/balie/geschiedenis/{conversation}")).text


async def test_a_colleague_judges_an_answer_and_an_editor_handles_it(desk: Desk) -> None:
    conversation = await passed_on(desk)
    async with desk.app.ctx.database.transaction() as session:
        await session.execute(
            update(Message).where(Message.seq == 1).values(understood={"intent": "pgb_uitleg", "runner_up": "vervoer"})
        )
    colleague = await team(desk)
    here = f"/balie/geschiedenis/{conversation}"
    given = {"bericht": "2", "oordeel": "fout", "onderwerp": "vervoer", "opmerking": "Zij vroeg naar vervoer."}
    answer = await colleague.post(f"{here}/oordeel", given, on=here)
    assert answer.headers["location"] == f"{here}#bericht-2"
    assert "Uw oordeel: fout" in (await colleague.get(here)).text
    wrong = await colleague.post(f"{here}/oordeel", {**given, "bericht": "1"}, on=here)
    assert wrong.status_code == 303
    assert "Dit antwoord is er niet" in (await colleague.get(here)).text
    # With a script the form stays where it is, with all that was typed.
    secret = re.search(r'name="csrf" value="([^"]+)"', (await colleague.get(here)).text)
    assert secret
    by_script = {"headers": {"HX-Request": "true"}, "data": {**given, "csrf": secret[1], "onderwerp": "vervoeren"}}
    piece = (await colleague.ask("POST", f"{here}/oordeel", **by_script)).text
    assert "Kies een onderwerp uit de lijst." in piece
    assert "<html" not in piece

    editor = await desk.signed_in(EDITOR, (VOORBEELDSTAD, "redacteur"))
    inbox = (await editor.get("/balie/kwaliteit?stand=nieuw")).text
    assert QUESTION in inbox
    async with desk.app.ctx.database.transaction() as session:
        kept = (await session.scalars(select(Judgement))).one()
    handled = await editor.post(
        f"/balie/kwaliteit/{kept.id}/stand",
        {"stand": "verwerkt", "terug": "https://elders.example"},
        on="/balie/kwaliteit",
    )
    assert handled.headers["location"] == "/balie"
    assert "1 oordeel" in (await editor.get("/balie/kwaliteit?stand=verwerkt&oordeel=fout&onderwerp=vervoer")).text
    assert f"- {QUESTION}" in (await editor.get("/balie/kwaliteit/voorbeelden.yml")).text
    sheet = await editor.get("/balie/kwaliteit/voorbeelden.csv")
    assert f'"vervoer";"{QUESTION}";"pgb_uitleg"' in sheet.text
    assert "attachment" in sheet.headers["content-disposition"]


async def test_only_topics_are_to_choose_from_when_judging(desk: Desk) -> None:
    conversation = await passed_on(desk)
    async with desk.app.ctx.database.transaction() as session:
        await session.execute(update(Message).where(Message.seq == 1).values(understood={"intent": "weet_niet"}))
    talk = (await (await team(desk)).get(f"/balie/geschiedenis/{conversation}")).text
    offered = re.findall(r'<option value="([^"]+)">', talk)
    assert "Vervoer" in offered
    assert "Een medewerker spreken" in offered
    assert len(offered) == len(set(offered))
    assert "Begrepen als: weet niet" in talk
    editor = await desk.signed_in(EDITOR, (VOORBEELDSTAD, "redacteur"))
    inbox = html.unescape((await editor.get("/balie/kwaliteit")).text)
    assert ">Vervoer</option>" in inbox
    for gesture in ("Waar gaat het over", "Kiezen tussen onderwerpen", "Geen vraag meer", "Hallo"):
        assert gesture not in {*offered, *re.findall(r">([^<]+)</option>", inbox)}


async def test_a_team_leader_reads_judgements_but_does_not_decide(desk: Desk) -> None:
    browser = await team(desk)
    conversation = await passed_on(desk)
    judgement = await judged(desk, (await desk.who(TEAM)).id, conversation)
    page = (await browser.get("/balie/kwaliteit")).text
    assert QUESTION in page
    assert judgement not in page
    assert "voorbeelden.yml" not in page


async def finished(browser: Browser) -> str:
    for _ in range(200):
        text = (await browser.get("/balie/exports/stand")).text
        if "Klaar" in text:
            return text
        await asyncio.sleep(0.05)
    raise AssertionError(text)


async def test_a_selection_is_exported_in_the_background_and_fetched_once_it_is_ready(desk: Desk) -> None:
    await passed_on(desk, "=rolstoel")
    await passed_on(desk, "iets anders")
    await passed_on(desk, "rolstoel van elders", gemeente=ELDERS)
    browser = await team(desk)
    answer = await browser.post("/balie/exports", {"woorden": "rolstoel", "vorm": "csv"}, on="/balie/geschiedenis")
    assert answer.headers["location"] == "/balie/exports"
    text = await finished(browser)
    assert "1 van 1 gesprekken" in text
    path = re.search(r"/balie/exports/[^/]+/bestand", text)
    assert path
    sheet = await browser.get(path[0])
    rows = list(csv.DictReader(io.StringIO(sheet.content.decode("utf-8-sig")), delimiter=";"))
    assert [row["gesprek_tekst"].splitlines()[0] for row in rows] == ["inwoner: =rolstoel"]
    assert sheet.headers["cache-control"] == "no-store"
    assert "attachment" in sheet.headers["content-disposition"]
    assert "content-disposition" not in (await browser.get("/balie/exports")).headers
    other = await desk.signed_in("ander@voorbeeldstad.example", (VOORBEELDSTAD, "teamleider"))
    assert (await other.get(path[0])).status_code == 404
    assert [entry.act for entry in await logged(desk, "export_opgehaald")] == ["export_opgehaald"]
    dropped = await browser.post(path[0].replace("bestand", "weg"), on="/balie/exports")
    assert dropped.status_code == 303
    assert list(desk.app.ctx.settings.exports_path.glob("*.csv")) == []
    assert (await browser.get(path[0])).status_code == 404


async def test_who_lost_the_role_gets_no_file(desk: Desk) -> None:
    browser = await team(desk)
    await browser.post("/balie/exports", {"vorm": "json"}, on="/balie/geschiedenis")
    path = re.search(r"/balie/exports/[^/]+/bestand", await finished(browser))
    assert path
    async with desk.app.ctx.database.transaction() as session:
        await colleagues.set_roles(
            session,
            (await desk.who(TEAM)).id,
            VOORBEELDSTAD,
            {"medewerker"},
            by=colleagues.COMMAND_LINE,
            now=desk.clock(),
        )
    assert (await browser.get(path[0])).status_code in {303, 403}


async def test_numbers_appear_when_there_are_enough(desk: Desk) -> None:
    browser = await team(desk)
    told = {"promised_minutes": 3, "claimed_at": NOW, "first_reply_at": NOW}
    await passed_on(desk, topic="vervoer", **told)
    await passed_on(desk, topic="vervoer", **{**told, "first_reply_at": NOW + timedelta(minutes=4)})
    for _ in range(2):
        await passed_on(desk, topic="vervoer")
    days = "/balie/cijfers?van=2026-11-01&tot=2026-11-27"
    assert "Zo weinig tonen we niet" in (await browser.get(days)).text
    await passed_on(desk, topic="vervoer")
    await passed_on(desk, topic="vervoer", gemeente=ELDERS)
    shown = (await browser.get(days)).text
    assert "<td>5</td>" in shown
    assert "<td>6</td>" not in shown
    # One of the two who were told a waiting time was answered within it.
    assert "<td>50 %</td>" in shown
    assert "niets afgelopen" in (await browser.get("/balie/cijfers?van=2020-01-01&tot=2020-01-02")).text
    sheet = await browser.get(html.unescape(re.findall(r'href="(/balie/cijfers[.]csv[^"]*)"', shown)[0]))
    assert sheet.headers["content-disposition"] == 'attachment; filename="cijfers.csv"'
    assert [row[:2] for row in csv.reader(io.StringIO(sheet.text), delimiter=";")][1:] == [
        ["Vervoer", "5"],
        ["Alles samen", "5"],
    ]


async def test_the_officer_reads_filters_checks_and_exports_the_log_and_that_is_logged(desk: Desk) -> None:
    officer = await desk.signed_in(OFFICER, (VOORBEELDSTAD, "beheerder"))
    other = await desk.signed_in("fg@elders.example", (ELDERS, "beheerder"))
    async with desk.app.ctx.database.transaction() as session:
        for gemeente, subject in ((VOORBEELDSTAD, "gesprek:1"), (ELDERS, "gesprek:2")):
            await audit.append(
                session, at=desk.clock(), who="systeem", gemeente=gemeente, act="gesprek_geopend", subject=subject
            )
    page = (await officer.get("/balie/logboek")).text
    assert "gesprek 1</a>" in page
    assert "gesprek 2</a>" not in page
    assert (await desk.who("fg@elders.example")).id not in page
    assert "gesprek 2</a>" in (await other.get("/balie/logboek")).text
    filtered = (
        await officer.get("/balie/logboek?handeling=gesprek_geopend&over=gesprek:1&van=2026-11-27&tot=2026-11-27")
    ).text
    assert "gesprek 1</a>" in filtered
    assert "Er zijn geen regels" in (await officer.get("/balie/logboek?over=gesprek:2")).text
    stranger = {"email": "niemand@elders.example", "wachtwoord": "x", "code": "000000"}
    await Browser(desk.site, desk.client).post("/balie/aanmelden", stranger)
    assert "collega onbekend" in (await officer.get("/balie/logboek")).text
    await officer.post("/balie/logboek/controle", on="/balie/logboek")
    assert "De keten is heel" in (await officer.get("/balie/logboek")).text
    sheet = await officer.get("/balie/logboek/export?handeling=gesprek_geopend")
    rows = list(csv.DictReader(io.StringIO(sheet.content.decode("utf-8-sig")), delimiter=";"))
    assert [row["onderwerp"] for row in rows] == ["gesprek:1"]
    for act in ("logboek_bekeken", "logboek_gecontroleerd", "logboek_uitgevoerd"):
        assert await logged(desk, act), act
    assert (await audit.verify(desk.app.ctx.database)).sound


async def test_looking_at_the_progress_of_an_export_does_not_keep_somebody_signed_in(desk: Desk) -> None:
    browser = await team(desk)
    for _ in range(20):
        desk.clock.forward(minutes=5)
        answer = await browser.get("/balie/exports/stand")
    assert answer.status_code in {303, 401}
