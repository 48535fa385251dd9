"""Talks, judgements and exports for the tests of the pages that look back."""

from __future__ import annotations

import uuid

from steunwijzer import history, quality
from steunwijzer.history import exports
from steunwijzer.quality import Judged
from tests.unit.desk.conftest import ELDERS, VOORBEELDSTAD, Desk
from tests.unit.history.stories import talk

QUESTION = "Hoe kom ik met mijn rolstoel bij de dokter?"


async def passed_on(desk: Desk, *said: str, gemeente: str = VOORBEELDSTAD, **values: object) -> str:
    """A talk that was passed on; returns its id."""
    name = str(uuid.uuid4())
    await talk(desk.app.ctx.database, name, *(said or (QUESTION,)), gemeente=gemeente, **values)
    return name


async def judged(desk: Desk, colleague: str, conversation: str, gemeente: str = VOORBEELDSTAD, **values: str) -> str:
    """The first answer of a talk, judged; returns the id of the judgement."""
    async with desk.app.ctx.database.transaction() as session:
        made = await quality.judge(
            session, Judged(conversation, 2, **{"verdict": "fout", **values}), colleague_id=colleague, gemeenten=(gemeente,),
            topics={"vervoer"}, now=desk.clock(),
        )  # fmt: skip
    return made.id


async def looked_back_at(desk: Desk, colleague: str) -> dict[str, str]:
    """What there is to look back at in the other municipality: ids by kind."""
    conversation = await passed_on(desk, "iemand zei iets", gemeente=ELDERS)
    judgement = await judged(desk, colleague, conversation, ELDERS)
    async with desk.app.ctx.database.transaction() as session:
        job = await exports.ask(session, colleague, history.Filter((ELDERS,)), "csv", desk.clock())
    return {"talk": conversation, "judgement": judgement, "export": job.id}
