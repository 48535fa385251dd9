"""What staff think of an answer reaches the editors with its context; an editor decides. On SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import yaml
from sqlalchemy import select, update

from steunwijzer import quality
from steunwijzer.quality import Judged, NotJudged, Wish
from steunwijzer.store import AuditEntry, Conversation, Database, Judgement, Message, delete_conversation
from tests.unit.history.stories import HERE, NOW, colleague, talk

TOPICS = {"pgb_uitleg", "vervoer"}


async def judge(database: Database, seq: int = 2, verdict: str = "fout", who: str = "anna", **values: Any) -> Judgement:
    given = Judged("een", seq, verdict, **values)
    async with database.transaction() as session:
        return await quality.judge(session, given, colleague_id=who, gemeenten=(HERE,), topics=TOPICS, now=NOW)


async def listed(database: Database, **wanted: Any) -> list[Judgement]:
    async with database.transaction() as session:
        return list((await quality.inbox(session, Wish((HERE,), **wanted)))[0])


@pytest.fixture
async def judged(database: Database) -> Database:
    """A talk in which the assistant answered, and two colleagues."""
    await colleague(database, "anna", "bert")
    await talk(database, "een", "Hoe kom ik bij de dokter?", "mijn geheimpje", left_out=[3])
    async with database.transaction() as session:
        understood = {"intent": "pgb_uitleg", "score": 0.5, "tweede": "vervoer"}
        await session.execute(update(Message).where(Message.id == "een-1").values(understood=understood))
        await session.execute(
            update(Message)
            .where(Message.id == "een-2")
            .values(answer_key="utter_pgb_uitleg", understood={"versie": "3f2a"})
        )
    return database


async def test_a_judgement_has_question_answer_and_what_was_understood(judged: Database) -> None:
    await judge(judged, right_topic="vervoer", remark="Zij vroeg naar vervoer. Bel 06-12345678.")
    (kept,) = await listed(judged)
    assert (kept.verdict, kept.topic, kept.right_topic, kept.answer_key, kept.state) == (
        "fout", "pgb_uitleg", "vervoer", "utter_pgb_uitleg", "nieuw",
    )  # fmt: skip
    assert kept.context["vraag"] == "Hoe kom ik bij de dokter?"
    assert kept.context["antwoord"].startswith("Dit is het antwoord")
    assert (kept.context["begrepen"]["tweede"], kept.context["versie"]) == ("vervoer", "3f2a")
    assert "12345678" not in kept.remark


async def test_a_second_judgement_replaces_the_first_of_the_same_colleague_only(judged: Database) -> None:
    await judge(judged, verdict="fout")
    await judge(judged, verdict="goed", who="bert")
    await judge(judged, verdict="verouderd")
    assert sorted((one.colleague_id, one.verdict) for one in await listed(judged)) == [
        ("anna", "verouderd"),
        ("bert", "goed"),
    ]
    async with judged.transaction() as session:
        assert {seq: one.verdict for seq, one in (await quality.judgements_of(session, "een", "anna")).items()} == {
            2: "verouderd"
        }


async def test_a_question_that_was_kept_back_is_no_context(judged: Database) -> None:
    await judge(judged, seq=4)
    (kept,) = await listed(judged)
    assert kept.context["vraag"] == "Hoe kom ik bij de dokter?"


@pytest.mark.parametrize(
    "wrong",
    [
        {"seq": 1}, {"seq": 9}, {"verdict": "mooi"}, {"right_topic": "bestaat_niet"}, {"remark": "x" * 1001},
    ],
)  # fmt: skip
async def test_what_cannot_be_judged_is_refused(judged: Database, wrong: dict[str, Any]) -> None:
    with pytest.raises(NotJudged, match=r"\w"):
        await judge(judged, **wrong)
    assert await listed(judged) == []


async def test_another_municipality_neither_judges_nor_sees_nor_decides(judged: Database) -> None:
    given = Judged("een", 2, "fout")
    with pytest.raises(NotJudged):
        async with judged.transaction() as session:
            await quality.judge(session, given, colleague_id="anna", gemeenten=("GM0001",), topics=TOPICS, now=NOW)
    kept = await judge(judged)
    async with judged.transaction() as session:
        assert await quality.inbox(session, Wish(("GM0001",))) == ([], 0)
        assert not await quality.set_state(
            session, kept.id, "verwerkt", editor_id="bert", gemeenten=("GM0001",), now=NOW
        )
        assert await quality.examples(session, ("GM0001",)) == []


async def test_an_editor_takes_it_up_and_handles_it_and_that_is_logged(judged: Database) -> None:
    kept = await judge(judged)
    for state in ("bezig", "verwerkt"):
        async with judged.transaction() as session:
            assert await quality.set_state(session, kept.id, state, editor_id="bert", gemeenten=(HERE,), now=NOW)
            assert not await quality.set_state(session, kept.id, "weg", editor_id="bert", gemeenten=(HERE,), now=NOW)
    assert [one.id for one in await listed(judged, state="verwerkt")] == [kept.id]
    assert (
        await listed(judged, state="nieuw")
        == await listed(judged, verdict="goed")
        == await listed(judged, topic="vervoer")
        == []
    )
    async with judged.transaction() as session:
        logged = [
            (row.who, row.act, row.detail)
            for row in await session.scalars(select(AuditEntry).order_by(AuditEntry.number))
        ]
    assert logged == [
        ("anna", "antwoord_beoordeeld", {"bericht": 2, "oordeel": "fout"}),
        ("bert", "oordeel_verwerkt", {"van": "nieuw", "naar": "bezig"}),
        ("bert", "oordeel_verwerkt", {"van": "bezig", "naar": "verwerkt"}),
    ]


async def test_what_was_handled_and_is_judged_again_is_new_again(judged: Database) -> None:
    kept = await judge(judged)
    async with judged.transaction() as session:
        await quality.set_state(session, kept.id, "verwerkt", editor_id="bert", gemeenten=(HERE,), now=NOW)
    await judge(judged, verdict="verouderd")
    assert [one.state for one in await listed(judged)] == ["nieuw"]


async def test_accepted_examples_are_ready_to_paste(judged: Database) -> None:
    kept = await judge(judged, right_topic="vervoer")
    async with judged.transaction() as session:
        assert await quality.examples(session, (HERE,)) == []
        row = await session.get_one(Judgement, kept.id)
        row.context = {**row.context, "vraag": "=Hoe kom ik\nbij [naam] de dokter: {nu}? # niet"}
        await quality.set_state(session, kept.id, "verwerkt", editor_id="bert", gemeenten=(HERE,), now=NOW)
    async with judged.transaction() as session:
        ready = await quality.examples(session, (HERE,))
    read = yaml.safe_load(quality.as_yaml(ready))
    assert read["nlu"] == [{"intent": "vervoer", "examples": "- =Hoe kom ik bij naam de dokter: nu? # niet\n"}]
    assert "\"'=Hoe kom ik" in quality.as_csv(ready)
    assert yaml.safe_load(quality.as_yaml([])) == {"version": "3.1", "nlu": []}


async def test_it_outlives_the_retention_of_the_talk_but_not_a_resident_who_deletes(judged: Database) -> None:
    await judge(judged)
    await judged.purge(NOW + timedelta(days=40), 28, 14)
    (kept,) = await listed(judged)
    assert kept.conversation_id is None
    await talk(judged, "ander", "Hoe kom ik bij de dokter?")
    async with judged.transaction() as session:
        again = Judged("ander", 2, "fout")
        await quality.judge(session, again, colleague_id="anna", gemeenten=(HERE,), topics=TOPICS, now=NOW)
        await session.flush()
        await delete_conversation(session, "ander", "inwoner", NOW)
    assert [one.id for one in await listed(judged)] == [kept.id]
    async with judged.transaction() as session:
        assert await session.get(Conversation, "ander") is None
        assert await quality.purge(session, NOW + timedelta(days=181), 180) == 1
    assert await listed(judged) == []
