"""One colleague per talk, whatever happens at once; and what each act leaves behind. The same on SQLite and PostgreSQL."""

from __future__ import annotations

import asyncio
import uuid
from datetime import timedelta

import pytest

from bot.content import load_answers
from steunwijzer.handover import HandoverError
from steunwijzer.handover.cases import LEASE
from steunwijzer.store import Database, Note
from tests.conftest import ROOT
from tests.unit.handover.talks import NOW, Talks, rules


@pytest.fixture
def talks(database: Database) -> Talks:
    return Talks(database)


async def refused(code: str, doing: object) -> None:
    with pytest.raises(HandoverError) as caught:
        await doing  # type: ignore[misc]
    assert caught.value.refusal.code == code


async def test_of_many_colleagues_at_once_exactly_one_gets_the_talk(talks: Talks) -> None:
    case = await talks.waiting()
    colleagues = [await talks.colleague(f"Collega {number}") for number in range(6)]
    tries = await asyncio.gather(*(talks.cases.claim(who, case.id) for who in colleagues), return_exceptions=True)
    lost = [one for one in tries if isinstance(one, HandoverError)]
    assert len(lost) == 5, tries
    assert {error.refusal.code for error in lost} == {"al_opgepakt"}
    stored = await talks.case(case.id)
    winner = next(who for who, one in zip(colleagues, tries, strict=True) if not isinstance(one, HandoverError))
    assert (stored.state, stored.claimed_by) == ("in_gesprek", winner.id)
    assert all(winner.name in error.refusal.text for error in lost)


async def test_the_queue_is_most_urgent_first_then_who_waits_longest(talks: Talks) -> None:
    who = await talks.colleague()
    ordinary = await talks.waiting()
    talks.later(minutes=1)
    later = await talks.waiting()
    missed = await talks.waiting(reason="tweede_misser")
    danger = await talks.waiting(reason="gevaar")
    assert [case.id for case in await talks.lists.waiting(who)] == [danger.id, missed.id, ordinary.id, later.id]


async def test_a_lost_browser_frees_the_talk_at_its_old_place(talks: Talks) -> None:
    who, other = await talks.colleague(), await talks.colleague("Piet Bakker")
    first = await talks.waiting()
    talks.later(minutes=1)
    second = await talks.waiting()
    await talks.cases.claim(who, first.id)
    talks.moment += LEASE - timedelta(seconds=1)
    assert await talks.cases.free_lost() == 0
    await talks.cases.renew(who, first.id)
    talks.moment += LEASE
    assert await talks.cases.free_lost() == 0
    talks.later(seconds=1)
    assert await talks.cases.free_lost() == 1
    assert [case.id for case in await talks.lists.waiting(other)] == [first.id, second.id]
    assert (await talks.conversation(first.conversation_id)).status == "wachtrij"
    await refused("niet_van_u", talks.cases.reply(who, first.id, "Bent u er nog?"))
    await talks.cases.claim(other, first.id)


async def test_a_lost_talk_can_be_taken_before_anybody_tidied_up(talks: Talks) -> None:
    who, other = await talks.colleague(), await talks.colleague("Piet Bakker")
    case = await talks.waiting()
    await talks.cases.claim(who, case.id)
    await refused("al_opgepakt", talks.cases.claim(other, case.id))
    talks.moment += LEASE + timedelta(seconds=1)
    assert (await talks.cases.claim(other, case.id)).claimed_by == other.id


async def test_a_heartbeat_and_the_tidying_at_the_same_moment_leave_one_truth(talks: Talks) -> None:
    who = await talks.colleague()
    for _ in range(5):
        case = await talks.waiting()
        await talks.cases.claim(who, case.id)
        talks.moment += LEASE + timedelta(seconds=1)
        renewed, _ = await asyncio.gather(
            talks.cases.renew(who, case.id), talks.cases.free_lost(), return_exceptions=True
        )
        stored = await talks.case(case.id)
        assert stored.state == ("wachtrij" if isinstance(renewed, HandoverError) else "in_gesprek")


async def test_a_colleague_answers_and_the_resident_reads_who(talks: Talks) -> None:
    who = await talks.colleague()
    case = await talks.waiting()
    await talks.cases.claim(who, case.id)
    said = await talks.cases.reply(who, case.id, "  Goedemorgen, ik kijk met u mee. ", topics=["pgb_uitleg"])
    assert (said.sender, said.text, said.colleague_id) == ("medewerker", "Goedemorgen, ik kijk met u mee.", who.id)
    assert said.blocks == [{"type": "afzender", "naam": "Sanne"}]
    assert said.choices[0]["label"]
    assert (await talks.case(case.id)).first_reply_at == NOW
    assert "Sanne, medewerker" in (await talks.messages(case.conversation_id))[-2].text
    assert case.conversation_id in talks.told


async def test_a_form_that_is_sent_twice_is_one_message(talks: Talks) -> None:
    who, case, number = await talks.colleague(), await talks.waiting(), str(uuid.uuid4())
    await talks.cases.claim(who, case.id)
    sent = await asyncio.gather(*(talks.cases.reply(who, case.id, "Dag", message_id=number) for _ in range(3)))
    assert {message.seq for message in sent} == {sent[0].seq}
    assert [m.text for m in await talks.messages(case.conversation_id)].count("Dag") == 1


async def test_replies_and_claims_at_once_number_their_messages_without_a_gap(talks: Talks) -> None:
    who, case = await talks.colleague(), await talks.waiting()
    await talks.cases.claim(who, case.id)
    await asyncio.gather(*(talks.cases.reply(who, case.id, f"Antwoord {number}") for number in range(8)))
    numbers = [message.seq for message in await talks.messages(case.conversation_id)]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize(("text", "code"), [("  \n", "leeg"), ("a" * 4001, "te_lang")])
async def test_nothing_and_too_much_is_not_sent(talks: Talks, text: str, code: str) -> None:
    who, case = await talks.colleague(), await talks.waiting()
    await talks.cases.claim(who, case.id)
    await refused(code, talks.cases.reply(who, case.id, text))


async def test_given_back_the_assistant_starts_clean_and_knows_only_the_municipality(talks: Talks) -> None:
    who, case = await talks.colleague(), await talks.waiting()
    await talks.cases.claim(who, case.id)
    await talks.cases.give_back(who, case.id, topics=["pgb_uitleg"])
    conversation = await talks.conversation(case.conversation_id)
    assert (conversation.status, conversation.state) == ("teruggegeven", {"slots": {"gemeente": "GM9999"}})
    last = (await talks.messages(case.conversation_id))[-1]
    assert last.sender == "systeem"
    assert last.choices
    await refused("voorbij", talks.cases.reply(who, case.id, "Nog iets"))


async def test_closing_needs_an_outcome_that_exists(talks: Talks) -> None:
    who, case = await talks.colleague(), await talks.waiting()
    await talks.cases.claim(who, case.id)
    await refused("onbekende_uitkomst", talks.cases.close(who, case.id, "zomaar"))
    await talks.cases.close(who, case.id, "beantwoord")
    stored = await talks.case(case.id)
    assert (stored.state, stored.outcome, stored.ended_at) == ("afgesloten", "beantwoord", NOW)
    assert (await talks.conversation(case.conversation_id)).status == "afgesloten"
    assert [ended.id for ended in await talks.lists.ended(who)] == [case.id]


async def test_to_a_team_goes_to_the_queue_and_to_a_colleague_straight_on(talks: Talks) -> None:
    who, other = await talks.colleague(), await talks.colleague("Piet Bakker")
    case = await talks.waiting()
    await talks.cases.claim(who, case.id)
    await talks.cases.to_team(who, case.id, "Jeugd")
    assert [found.id for found in await talks.lists.waiting(other, team="Jeugd")] == [case.id]
    assert await talks.lists.waiting(other, team="Wmo") == []
    await talks.cases.claim(who, case.id)
    await talks.cases.to_colleague(who, case.id, other.id)
    assert [found.id for found in await talks.lists.mine(other)] == [case.id]
    await refused("niet_van_u", talks.cases.reply(who, case.id, "Toch nog iets"))


async def test_a_talk_does_not_go_to_a_colleague_elsewhere(talks: Talks) -> None:
    who, elsewhere = await talks.colleague(), await talks.colleague("Kim Elders", "GM0344")
    case = await talks.waiting()
    await talks.cases.claim(who, case.id)
    await refused("collega_kan_niet", talks.cases.to_colleague(who, case.id, elsewhere.id))


async def test_a_team_leader_frees_the_talk_of_a_colleague_and_another_colleague_does_not(talks: Talks) -> None:
    who, other = await talks.colleague(), await talks.colleague("Piet Bakker")
    leader = await talks.colleague("Noor Leider", role="teamleider")
    case = await talks.waiting()
    await talks.cases.claim(who, case.id)
    await refused("niet_van_u", talks.cases.release(other, case.id))
    await talks.cases.release(leader, case.id)
    assert (await talks.case(case.id)).state == "wachtrij"


async def test_contact_data_are_asked_with_a_form(talks: Talks) -> None:
    who, case = await talks.colleague(), await talks.waiting()
    await talks.cases.claim(who, case.id)
    asked = await talks.cases.ask_contact(who, case.id, ["telefoon", "naam"])
    assert asked.blocks[-1] == {"type": "contactformulier", "velden": ["naam", "telefoon"]}
    await refused("onbekend_gegeven", talks.cases.ask_contact(who, case.id, ["bsn"]))


async def test_notes_and_labels_are_for_colleagues_only(talks: Talks) -> None:
    who, case = await talks.colleague(), await talks.waiting()
    await talks.lists.note(who, case.id, "Dochter belt morgen.")
    await asyncio.gather(*(talks.lists.label(who, case.id, name) for name in ("Val", " val ", "woning")))
    await talks.lists.label(who, case.id, "woning", on=False)
    opened = await talks.lists.open(who, case.id)
    assert [note.text for note in opened.notes] == ["Dochter belt morgen."]
    assert opened.labels == ["val"]
    assert all("Dochter" not in message.text for message in opened.messages)


async def test_what_the_resident_kept_back_is_not_shown(talks: Talks) -> None:
    who = await talks.colleague()
    said = ["Ik heb schulden.", "Mijn moeder valt steeds."]
    case = await talks.waiting(said=said, leave_out=[1, "voor_wie"])
    opened = await talks.lists.open(who, case.id)
    assert [message.seq for message in opened.messages] == [2, 3, 4]
    assert "voor_wie" not in case.summary
    assert case.summary["eigen_woorden"] == ["Mijn moeder valt steeds."]
    nothing = await talks.waiting(include=[])
    assert set(nothing.summary) == {"reden"}
    assert nothing.topic is None
    assert (await talks.lists.open(who, nothing.id)).messages == []


async def test_nobody_sees_or_touches_a_talk_of_another_municipality(talks: Talks) -> None:
    elsewhere, editor = await talks.colleague("Kim Elders", "GM0344"), await talks.colleague("Red", role="redacteur")
    case = await talks.waiting()
    for who in (elsewhere, editor):
        assert await talks.lists.waiting(who) == []
        for doing in (
            talks.cases.claim(who, case.id), talks.cases.release(who, case.id), talks.lists.open(who, case.id),
            talks.lists.note(who, case.id, "x"), talks.lists.label(who, case.id, "x"), talks.cases.close(who, case.id, "beantwoord"),
        ):  # fmt: skip
            await refused("niet_gevonden", doing)
        await refused("niet_gevonden", talks.cases.claim(who, "bestaat-niet"))
    assert await talks.count(Note) == 0


def test_what_the_rules_name_exists() -> None:
    assert rules().worried | rules().reassured <= load_answers(ROOT / "content").keys()
    assert rules().at_once | rules().no_topic <= rules().topics.keys()
