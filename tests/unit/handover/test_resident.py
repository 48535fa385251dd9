"""What a resident meets on the way to a human: consent, place, three kinds of nobody, call-back, and the way back. On both databases."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from steunwijzer.chat import ChatError
from steunwijzer.chat.requests import Callback
from steunwijzer.desk.words import block_words
from steunwijzer.handover import CallbackStore
from steunwijzer.store import CallbackRequest, Conversation, Database, HandoverCase, MaskedValue, Message, Statistic
from tests.unit.handover.resident import GEMEENTE, Resident, Site
from tests.unit.handover.talks import SEALER, rules

ASKED = {"type": "handover_requested", "reason": "verzoek", "summary": {}}


@pytest.fixture
def site(database: Database) -> Site:
    return Site(database)


async def staff(site: Site, gemeente: str = GEMEENTE):  # type: ignore[no-untyped-def]
    who = await site.colleague(gemeente=gemeente)
    await site.presences.seen(who, gemeente)
    return who


async def rows(site: Site, table: type):  # type: ignore[no-untyped-def, type-arg]
    async with site.database.transaction() as session:
        return list(await session.scalars(select(table)))


@pytest.mark.parametrize(
    ("gemeente", "moment", "case", "words"),
    [
        ("GM9999", datetime(2026, 11, 24, 20, tzinfo=UTC), "gesloten", "morgen om 9.00 uur"),
        ("GM9999", datetime(2026, 11, 27, 20, tzinfo=UTC), "gesloten", "maandag 30 november om 9.00 uur"),
        ("GM9999", datetime(2026, 11, 24, 7, tzinfo=UTC), "gesloten", "vandaag om 9.00 uur"),
        ("GM9999", datetime(2026, 12, 25, 10, tzinfo=UTC), "feestdag", "Eerste kerstdag"),
        ("GM9999", datetime(2026, 11, 24, 10, tzinfo=UTC), "niemand", "geen medewerker"),
        ("GM9999", datetime(2026, 7, 1, 14, 30, tzinfo=UTC), "niemand", "geen medewerker"),
        ("GM9999", datetime(2026, 7, 1, 15, 30, tzinfo=UTC), "gesloten", "morgen om 9.00 uur"),
        (None, datetime(2026, 11, 24, 10, tzinfo=UTC), "niemand", "geen medewerker"),
    ],
)  # fmt: skip
async def test_nobody_there_is_told_with_the_true_reason(
    site: Site, gemeente: str | None, moment: datetime, case: str, words: str
) -> None:
    site.moment = moment
    resident = await site.resident(gemeente)
    preview = await resident.look()
    assert preview["staffing"]["case"] == case
    assert words in preview["staffing"]["text"]
    answer = await resident.ask()
    assert answer["status"] == "gevraagd"
    assert answer["messages"][0]["blocks"] == [{"type": "terugbelformulier"}]
    # Who would rather call reads when, and that a holiday is one for the telephone too.
    assert ("van 9.00 tot 17.00 uur" if gemeente else "website van uw gemeente") in answer["messages"][0]["text"].split(
        "zelf bellen?"
    )[1]
    assert ("telefoon van de gemeente is dan vaak ook dicht" in answer["messages"][0]["text"]) == (case == "feestdag")
    context = site.engine.asked[0]["context"]
    assert (context["bemenst"], words in context["reden_onbemenst"]) == (False, True)


@pytest.mark.parametrize("reason", ["verzoek", "tweede_misser"])
@pytest.mark.parametrize("hour", [10, 20], ids=["niemand", "gesloten"])
async def test_only_the_assistant_says_that_nobody_is_there(site: Site, reason: str, hour: int) -> None:
    site.moment = datetime(2026, 11, 24, hour, tzinfo=UTC)
    resident = await site.resident("GM9999")
    site.engine.events = [{"type": "handover_requested", "reason": reason, "summary": {}}]
    answer = await resident.say("ik wil iemand spreken")
    assert [message["from"] for message in answer["messages"]] == ["assistent"]
    # There is nothing to agree to, so a next time, when somebody is there, is a new question.
    assert answer["status"] == "bot"
    site.moment = datetime(2026, 11, 25, 10, tzinfo=UTC)
    await staff(site, "GM9999")
    assert (await resident.say("ik wil iemand spreken"))["status"] == "gevraagd"
    await resident.ask()
    assert [case.reason for case in await rows(site, HandoverCase)] == [reason]


async def test_who_was_not_helped_gets_the_form_to_be_called_back_once(site: Site) -> None:
    resident = await site.resident()
    assert [len((await resident.judge("nee"))["messages"]) for _ in range(2)] == [1, 0]
    await resident.call_me()
    await resident.withdraw()
    assert len((await resident.judge("nee"))["messages"]) == 1


async def test_who_begins_about_something_else_is_with_the_assistant_again(site: Site) -> None:
    await staff(site)
    resident = await site.resident()
    site.engine.events = [ASKED]
    assert (await resident.say("ik wil iemand spreken"))["status"] == "gevraagd"
    for flow, status in ((None, "gevraagd"), ("smalltalk_thanks", "gevraagd"), ("pgb_uitleg", "bot")):
        site.engine.events = [{"type": "flow_started", "flow": flow}] if flow else []
        assert (await resident.say("en nog iets"))["status"] == status, flow


async def nowhere(site: Site) -> Resident:
    """A resident of whom no municipality is known yet; the next thing they say tells it."""
    site.engine.gemeente = None
    resident = await site.resident(None)
    site.engine.gemeente = GEMEENTE
    return resident


async def test_who_names_the_place_with_the_question_hears_who_is_there(site: Site) -> None:
    await staff(site)
    resident = await nowhere(site)
    site.engine.events = [ASKED]
    assert (await resident.say("ik wil iemand spreken, ik woon in Utrecht"))["status"] == "gevraagd"
    first, again = (asked["context"] for asked in site.engine.asked[-2:])
    assert [(c["bemenst"], c["reden_onbemenst"]) for c in (first, again)] == [
        (False, "Er is op dit moment geen medewerker in de chat."),
        (True, ""),
    ]
    assert site.engine.asked[-1]["state"] == site.engine.asked[-2]["state"]
    # From here on the municipality is known, so one question is enough.
    before = len(site.engine.asked)
    await resident.say("iemand graag")
    assert len(site.engine.asked) == before + 1
    assert (await resident.ask())["status"] == "wachtrij"


async def test_a_place_without_a_question_for_a_human_is_asked_once(site: Site) -> None:
    await staff(site)
    resident = await nowhere(site)
    before = len(site.engine.asked)
    await resident.say("wat is een pgb, ik woon in Utrecht")
    assert len(site.engine.asked) == before + 1


async def test_the_reason_stays_when_the_place_comes_later(site: Site) -> None:
    site.engine.gemeente = None
    resident = await site.resident(None)
    site.engine.events = [{"type": "handover_requested", "reason": "tweede_misser"}]
    assert (await resident.say("blub"))["status"] == "bot"
    await staff(site)
    site.engine.gemeente, site.engine.events = GEMEENTE, [{"type": "handover_resumed"}]
    assert (await resident.say("Utrecht"))["status"] == "gevraagd"
    await resident.ask()
    (case,) = await rows(site, HandoverCase)
    assert case.reason == "tweede_misser"
    counted = {(row.kind, row.key): row.count for row in await rows(site, Statistic)}
    assert counted[("overdracht", "tweede_misser")] == 1
    assert ("overdracht", "overdracht") not in counted


async def test_what_is_passed_on_is_said_to_the_resident(site: Site) -> None:
    who = await staff(site)
    resident = await site.resident()
    # Choosing what was meant is no topic that was explained.
    for site.engine.flow in ("pattern_clarification", "los_antwoord", "pgb_uitleg"):
        await resident.say("hoe zit dat")
    site.engine.events, site.engine.voor_wie = [ASKED], "mijzelf"
    await resident.say("ik wil iemand spreken")
    read = {field["field"]: field for field in (await resident.look())["summary"]}
    assert (read["reden"]["values"], read["voor_wie"]["values"]) == (["U vroeg om een medewerker"], ["uzelf"])
    assert (read["eigen_woorden"]["title"], read["getoond"]["title"]) == ("In uw eigen woorden", "Wat u al zag")
    assert read["getoond"]["values"] == ["Wat een pgb is"]
    await resident.ask()
    assert (await resident.look())["summary"] == list(read.values())
    (case,) = await site.lists.waiting(who)
    assert (case.summary["reden"], case.summary["voor_wie"]) == (
        "De inwoner vroeg om een medewerker",
        "de inwoner zelf",
    )


async def test_what_is_passed_on_is_said_to_the_young_with_je(site: Site) -> None:
    await staff(site)
    resident = await site.resident()
    site.engine.events, site.engine.jongere, site.engine.voor_wie = [ASKED], "ja", "mijzelf"
    await resident.say("ik ben 15, kan ik iemand spreken")
    read = {field["field"]: field for field in (await resident.look())["summary"]}
    assert (read["reden"]["values"], read["voor_wie"]["values"]) == (["Je vroeg om een medewerker"], ["jezelf"])
    assert read["eigen_woorden"]["title"] == "In je eigen woorden"


async def test_the_young_are_spoken_to_as_the_young_from_begin_to_end(site: Site) -> None:
    who = await staff(site)
    resident = await site.resident()
    site.engine.events, site.engine.jongere = [ASKED], "ja"
    masked = await resident.say("bel mij op 06 12345678")
    passed = await resident.ask()
    waiting = (await resident.look())["waiting"]["text"]
    (case,) = await site.lists.waiting(who)
    await site.cases.claim(who, case.id)
    await site.cases.give_back(who, case.id)
    said = [message.text for message in await rows(site, Message) if message.sender == "systeem"]
    heard = [masked["messages"][0]["text"], passed["messages"][0]["text"], waiting, *said]
    assert len(heard) > 5
    assert [text for text in heard if re.search(r"\b(?:u|uw)\b", text.lower())] == []
    assert any("met de digitale assistent" in text for text in heard)
    assert (await rows(site, Conversation))[0].state["slots"]["jongere"] == "ja"


async def test_a_colleague_who_is_present_counts_until_silent_or_away(site: Site) -> None:
    resident = await site.resident()
    who = await staff(site)
    assert (await resident.look())["staffing"]["case"] == "bemenst"
    await site.presences.seen(who, GEMEENTE, "afwezig", "lunch")
    assert (await resident.look())["staffing"]["case"] == "niemand"
    await site.presences.seen(who, GEMEENTE)
    assert [(c.name, p.state) for c, p in await site.presences.colleagues(who, GEMEENTE)] == [(who.name, "beschikbaar")]
    site.later(seconds=91)
    assert (await resident.look())["staffing"]["case"] == "niemand"
    await site.presences.seen(who, GEMEENTE)
    await site.presences.gone(who)
    assert (await resident.look())["staffing"]["case"] == "niemand"


async def test_what_is_shown_is_what_is_passed_on(site: Site) -> None:
    await staff(site)
    resident = await site.resident()
    site.engine.events = [ASKED]
    assert (await resident.say("mijn moeder valt, bel 06 12345678"))["status"] == "gevraagd"
    site.engine.onderwerp = "medewerker_spreken"
    await resident.say("een mens graag")
    preview = await resident.look()
    assert next(f["values"] for f in preview["summary"] if f["field"] == "onderwerp") == [rules().topics["pgb_uitleg"]]
    assert next(f["values"] for f in preview["summary"] if f["field"] == "gemeente") == ["Utrecht"]
    assert {field["field"] for field in preview["summary"]} == {"reden", "onderwerp", "wet", "gemeente", "eigen_woorden", "getoond"}  # fmt: skip
    assert "12345678" not in str(preview)
    own = next(message for message in preview["messages"] if message["from"] == "inwoner")
    answer = await resident.ask(leave_out=[own["id"], "wet"], seen=own["seq"])
    assert answer["status"] == "wachtrij"
    (case,) = await rows(site, HandoverCase)
    assert "wet" not in case.summary
    assert "eigen_woorden" not in case.summary
    later = [message["seq"] for message in preview["messages"] if message["seq"] > own["seq"]]
    assert case.left_out == sorted([own["seq"], *later])
    again = await resident.look()
    assert {field["field"] for field in again["summary"]} == set(case.summary)
    assert own["id"] not in {message["id"] for message in again["messages"]}
    assert again["waiting"] == {"before": 0, "minutes": None, "text": "U bent als eerste aan de beurt."}


async def test_a_topic_kept_back_is_nowhere_at_the_desk(site: Site) -> None:
    await staff(site)
    for more in ({}, {"callback": Callback("Fatma", "06 12345678")}):
        resident = await site.resident()
        await resident.say("wat is een pgb?")
        await resident.ask(leave_out=["onderwerp"], **more)
    (case,), (call,) = await rows(site, HandoverCase), await rows(site, CallbackRequest)
    assert [(one.topic, "onderwerp" in one.summary) for one in (case, call)] == [(None, False)] * 2


async def test_a_waiting_time_is_told_only_when_enough_people_waited_lately(site: Site) -> None:
    who = await staff(site)
    for number in range(5):
        case = await site.waiting(GEMEENTE)
        site.later(minutes=4)
        await site.cases.claim(who, case.id)
        waiting = await site.waiting(GEMEENTE)
        async with site.database.transaction() as session:
            told = await site.presences.waiting(session, waiting)
        assert told.minutes == (4 if number == 4 else None)
        assert told.before == number
    assert site.presences.waiting_words(told) == "Er zijn 4 mensen voor u. Mensen wachtten hier net ongeveer 4 minuten."
    resident = await site.resident()
    await site.presences.seen(who, GEMEENTE)
    await resident.ask()
    # What was told is kept, and asking again does not move it.
    site.later(minutes=1)
    await resident.ask()
    promised = {case.conversation_id: case.promised_minutes for case in await rows(site, HandoverCase)}
    assert promised.pop(resident.id) == 4
    assert set(promised.values()) == {None}
    site.later(hours=4)
    async with site.database.transaction() as session:
        assert (await site.presences.waiting(session, waiting)).minutes is None


async def test_while_a_human_has_the_talk_the_bot_is_silent_and_only_danger_is_answered(site: Site) -> None:
    who = await staff(site)
    resident = await site.resident()
    await resident.ask()
    asked = len(site.engine.asked)
    for text in ("hallo?", "bent u daar"):
        assert (await resident.say(text))["messages"] == []
    danger = await resident.say("ik wil niet meer leven")
    assert danger["messages"][0]["from"] == "systeem"
    assert "113" in danger["messages"][0]["text"]
    assert any(block["type"] == "noodnummers" for block in danger["messages"][0]["blocks"])
    assert len(site.engine.asked) == asked
    (case,) = await site.lists.waiting(who)
    assert (case.urgency, case.reason) == (2, "gevaar")
    opened = await site.lists.open(who, case.id)
    assert [message.text for message in opened.messages if message.sender == "inwoner"][:2] == ["hallo?", "bent u daar"]


async def test_danger_that_only_the_whole_gate_sees_puts_the_talk_in_front_and_says_nothing(site: Site) -> None:
    who = await staff(site)
    resident = await site.resident()
    await resident.ask()
    (before,) = await site.lists.waiting(who)
    site.engine.danger = "huiselijk_geweld"
    (notice,) = (await resident.say("mijn nummer is 06 12345678, het gaat zo niet langer"))["messages"]
    assert "onleesbaar" in notice["text"]
    await site.chat.second_look.done()
    (case,) = await site.lists.waiting(who)
    assert (before.urgency, case.urgency, case.reason) == (0, 2, "gevaar")
    # Only what the desk sees too was shown to the engine.
    assert "12345678" not in site.engine.looked_at[0]
    opened = await site.lists.open(who, case.id)
    assert [(m.text[:4], (m.understood or {}).get("danger")) for m in opened.messages if m.sender == "inwoner"] == [
        ("mijn", "huiselijk_geweld")
    ]
    assert await resident.status() == "wachtrij"
    assert ("crisis", "huiselijk_geweld") in {(row.kind, row.key) for row in await rows(site, Statistic)}


async def test_what_may_be_danger_goes_before_everyday_talks_and_after_danger(site: Site) -> None:
    who = await staff(site)
    first, second, third = [await site.resident() for _ in range(3)]
    for resident in (first, second, third):
        await resident.ask()
        site.later(seconds=1)
    await third.say("ik wil niet meer leven")
    site.engine.doubt = True
    await second.say("soms weet ik het niet meer")
    await third.say("soms weet ik het niet meer")
    await site.chat.second_look.done()
    found = await site.lists.waiting(who)
    assert [(case.urgency, case.reason) for case in found] == [(2, "gevaar"), (1, "misschien_gevaar"), (0, "verzoek")]
    assert [case.conversation_id for case in found] == [third.id, second.id, first.id]
    opened = await site.lists.open(who, found[1].id)
    assert (opened.messages[-1].understood, opened.case.summary["reden"]) == ({"doubt": True}, "Misschien is er gevaar")
    # Who looks at the list reads what was said.
    assert [case.summary["eigen_woorden"][0] for case in found[:2]] == [
        "ik wil niet meer leven",
        "soms weet ik het niet meer",
    ]
    # A doubt is no count of danger.
    assert sum(row.kind == "crisis" for row in await rows(site, Statistic)) == 1


async def test_without_the_engine_the_rules_are_all_there_is_and_the_message_arrives(site: Site) -> None:
    who = await staff(site)
    resident = await site.resident()
    await resident.ask()
    site.engine.is_down = True
    await resident.say("het gaat zo niet langer")
    await site.chat.second_look.done()
    assert (await site.lists.waiting(who))[0].urgency == 0
    await resident.say("ik wil niet meer leven")
    await site.chat.second_look.done()
    assert (await site.lists.waiting(who))[0].urgency == 2


async def test_after_giving_back_the_next_message_goes_to_the_bot_with_a_clean_state(site: Site) -> None:
    who = await staff(site)
    resident = await site.resident()
    await resident.ask()
    (case,) = await site.lists.waiting(who)
    await site.cases.claim(who, case.id)
    await site.cases.give_back(who, case.id)
    assert await resident.status() == "teruggegeven"
    assert (await resident.say("nog een vraag"))["messages"][0]["from"] == "assistent"
    assert site.engine.asked[-1]["state"] == {"slots": {"gemeente": GEMEENTE}}


async def test_danger_earlier_in_the_talk_makes_the_hand_over_go_first(site: Site) -> None:
    await staff(site)
    resident = await site.resident()
    site.engine.events = [{"type": "crisis", "class": "huiselijk_geweld"}]
    await resident.say("hij slaat mij")
    site.engine.events = [ASKED]
    await resident.say("een mens graag")
    await resident.ask()
    (case,) = await rows(site, HandoverCase)
    assert (case.urgency, case.reason) == (2, "gevaar")


async def test_a_doubt_before_the_hand_over_makes_it_go_earlier_until_the_resident_is_well(site: Site) -> None:
    who = await staff(site)
    worried, calm = await site.resident(), await site.resident()
    await calm.ask()
    for resident in (worried, calm):
        await resident.say("hallo")
    site.later(seconds=1)
    site.engine.said = "utter_zeker_weten"
    await worried.say("het hoeft voor mij niet meer zo")
    site.engine.said, site.engine.events = "utter_x", [ASKED]
    await worried.say("een mens graag")
    reasons = [field["values"] for field in (await worried.look())["summary"] if field["field"] == "reden"]
    assert reasons == [["U heeft het moeilijk"]]
    await worried.ask()
    first, second = await site.lists.waiting(who)
    assert (first.urgency, first.reason, second.urgency) == (1, "misschien_gevaar", 0)
    # The list shows what worried, and the talk has its sign there.
    assert first.summary["eigen_woorden"][0] == "het hoeft voor mij niet meer zo"
    marked = [message.text for message in (await site.lists.open(who, first.id)).messages if (message.understood or {}).get("doubt")]  # fmt: skip
    assert marked == ["het hoeft voor mij niet meer zo"]
    # Who then says that nothing is wrong waits like everybody; until the gate doubts anew, also when nothing was asked about it.
    for said, doubt, urgencies in (("utter_zeker_weten_goed", True, [0, 0]), ("utter_gestopt", True, [1, 0])):
        await worried.withdraw()
        site.engine.said, site.engine.doubt = said, doubt
        await worried.say("laat maar")
        await worried.ask()
        assert [case.urgency for case in await site.lists.waiting(who)] == urgencies


async def test_a_topic_for_humans_is_offered_at_once_and_only_when_somebody_is_there(site: Site) -> None:
    began = [{"type": "flow_started", "flow": "spoed"}, {"type": "crisis", "class": "spoed"}]
    site.engine.events = [*began, {"type": "flow_completed", "flow": "schulden_dreigt"}]
    resident = await site.resident()
    assert (await resident.say("ze sluiten mij af"))["status"] == "bot"
    await staff(site)
    # Not while the topic still asks something.
    site.engine.events = began
    assert (await resident.say("ze sluiten mij af"))["status"] == "bot"
    site.engine.events = [{"type": "flow_completed", "flow": "spoed"}]
    answer = await resident.say("de stroom")
    assert answer["status"] == "gevraagd"
    assert "mens" in answer["messages"][-1]["text"]


async def test_who_was_not_helped_is_offered_a_human(site: Site) -> None:
    resident = await site.resident()
    assert (await resident.judge("ja"))["status"] == "bot"
    unstaffed = await resident.judge("nee")
    assert unstaffed["messages"][0]["blocks"] == [{"type": "terugbelformulier"}]
    other = await site.resident()
    await staff(site)
    offered = await other.judge("nee")
    assert (offered["status"], offered["messages"][0]["blocks"]) == ("gevraagd", [])
    await other.ask()
    assert (await rows(site, HandoverCase))[0].reason == "niet_opgelost"


async def test_no_human_after_all(site: Site) -> None:
    who = await staff(site)
    resident = await site.resident()
    # The assistant had shown the form to be called back; nobody filled it in, so nobody is told that no one will call.
    await CallbackStore(site.database, site.now, RuntimeError).begin(resident.id, None, GEMEENTE)
    await resident.ask()
    stopped = await resident.withdraw()
    assert (stopped["status"], stopped["messages"][0]["text"][:12]) == ("bot", "Goed, er kom")
    assert await site.lists.waiting(who) == []
    assert (await site.lists.ended(who))[0].outcome == "ingetrokken"
    await resident.ask()
    (case,) = await site.lists.waiting(who)
    await site.cases.claim(who, case.id)
    with pytest.raises(ChatError):
        await resident.withdraw()
    await site.cases.close(who, case.id, "beantwoord")
    for doing in (resident.say("hallo"), resident.ask(), resident.withdraw()):
        with pytest.raises(ChatError):
            await doing


async def test_a_call_back_goes_from_asked_to_called_and_the_resident_can_follow_it(site: Site) -> None:
    who, other = await staff(site, "GM9999"), await site.colleague("Piet Bakker")
    elsewhere = await site.colleague("Kim Elders", GEMEENTE)
    resident = await site.resident("GM9999")
    assert "uiterlijk gebeld op donderdag 26 november" in (await resident.call_me())["messages"][0]["text"]
    assert await site.callbacks.to_do(elsewhere) == []
    (request,) = await site.callbacks.to_do(who)
    assert (request.name, request.phone, request.status) == ("Fatma", "+31612345678", "open")
    seen = [(await resident.look())["callback"]["text"]]
    for act in (site.callbacks.take, site.callbacks.not_reached, site.callbacks.take, site.callbacks.called):
        await act(who, request.id)
        seen.append((await resident.look())["callback"]["text"])
    day = "U wordt uiterlijk gebeld op donderdag 26 november."
    assert seen[:2] == [f"Een medewerker belt u terug. {day}", f"Een medewerker heeft uw terugbelverzoek opgepakt en gaat u bellen. {day}"]  # fmt: skip
    assert [text.split(".")[0] for text in seen[2:]] == ["Wij belden u, maar kregen u niet te pakken", seen[1].split(".")[0], "U bent teruggebeld"]  # fmt: skip
    (stored,) = await rows(site, CallbackRequest)
    assert (stored.attempts, stored.status) == (1, "gebeld")
    assert await resident.status() == "bot"
    counted = {(row.kind, row.key) for row in await rows(site, Statistic)}
    assert {("terugbellen", "gebeld"), ("terugbellen_op_tijd", "ja")} <= counted
    with pytest.raises(Exception, match="opgepakt"):
        await site.callbacks.take(other, request.id)


async def test_the_form_to_be_called_back_is_not_there_again_once_it_is_filled_in(site: Site) -> None:
    resident = await site.resident("GM9999")
    await resident.ask()
    assert await forms_of(resident) == ["terugbelformulier"]
    await resident.call_me()
    assert await forms_of(resident) == []


async def forms_of(resident: Resident) -> list[str]:
    """The forms a resident sees who loads the page again."""
    seen = await resident.site.chat.show(resident.id, resident.token)
    kinds = [block["type"] for message in seen["messages"] for block in message["blocks"]]
    return [kind for kind in kinds if kind.endswith("formulier")]


async def test_a_withdrawn_call_back_is_not_called(site: Site) -> None:
    who = await staff(site, "GM9999")
    resident = await site.resident("GM9999")
    await resident.call_me()
    assert (await resident.withdraw())["status"] == "bot"
    assert await site.callbacks.to_do(who) == []
    assert (await resident.look())["callback"]["status"] == "vervallen"


async def test_contact_data_are_sealed_and_only_given_when_a_colleague_talks(site: Site) -> None:
    who = await staff(site)
    resident = await site.resident()
    with pytest.raises(ChatError):
        await resident.contact(name="Fatma")
    await resident.ask()
    (case,) = await site.lists.waiting(who)
    await site.cases.claim(who, case.id)
    for wrong in ({}, {"phone": "12"}, {"email": "geen adres"}):
        with pytest.raises(ChatError):
            await resident.contact(**wrong)
    await site.cases.ask_contact(who, case.id, ["naam", "telefoon"])
    assert "contactformulier" in await forms_of(resident)
    await resident.contact(name="Fatma", phone="06 12345678")
    # Who comes back does not get the form again; the colleague still sees it was there. Asked again, it is a new form.
    assert await forms_of(resident) == []
    opened = await site.lists.open(who, case.id)
    assert [
        block_words(block)[0] for m in opened.messages for block in m.blocks if block["type"] == "contactformulier"
    ] == ["Formulier voor contactgegevens (ingevuld)"]
    values = await rows(site, MaskedValue)
    assert [(value.kind, SEALER.open(value.sealed)) for value in values] == [("naam", "Fatma"), ("telefoonnummer", "+31612345678")]  # fmt: skip
    last = (await site.messages(resident.id))[-1]
    assert last.text == "Ik heb dit ingevuld: [naam], [telefoonnummer]."
    await site.cases.ask_contact(who, case.id, ["email"])
    assert await forms_of(resident) == ["contactformulier"]


async def test_what_was_understood_and_what_was_masked_is_kept_and_never_a_bsn(site: Site) -> None:
    resident = await site.resident()
    await resident.say("mijn bsn is 111222333, bel 06 12345678")
    values = await rows(site, MaskedValue)
    assert [(value.kind, value.number, SEALER.open(value.sealed)) for value in values] == [("telefoonnummer", 1, "06 12345678")]  # fmt: skip
    messages = {message.sender: message for message in await rows(site, Message)}
    assert messages["inwoner"].understood == {
        "intent": "pgb_uitleg", "confidence": 0.8123, "runner_up": "wlz", "runner_up_confidence": 0.1, "flow": "pgb_uitleg", "step": "vraag",
    }  # fmt: skip
    assert messages["assistent"].understood == {"versie": "abc", "gecontroleerd_op": "2026-11-22"}
