"""What a colleague thinks of an answer, from the form that stands under it: in a talk that goes on, and when looking back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sanic.request import Request
from sanic.response import HTTPResponse

from steunwijzer import history, quality
from steunwijzer.accounts import MEDEWERKER, Who
from steunwijzer.desk import looking, words
from steunwijzer.desk.page import form, go_to, not_found, piece
from steunwijzer.desk.rooms import by_script
from steunwijzer.quality import Judged, NotJudged
from steunwijzer.store import Judgement

_KEPT = "Uw oordeel is bewaard. De redactie ziet het."


@dataclass(frozen=True)
class Outcome:
    """``judgement``: as it is kept now; or ``wrong``: why it was not kept, in Dutch."""

    seq: int
    judgement: Judgement | None = None
    wrong: str = ""

    @property
    def place(self) -> str:
        """Where on the page the answer stands."""
        return f"#bericht-{self.seq}"


async def answered(request: Request, who: Who, conversation_id: str, path: str) -> HTTPResponse:
    """Keep what the form says. A script gets what to say beside it, so that nothing typed is lost; else the page comes again."""
    done = await _judge(request, who, conversation_id)
    if by_script(request):
        return piece(
            request, "oordeel_bewaard.html",
            wrong=done.wrong, kept=_KEPT, mine=done.judgement, seq=done.seq, words=words,
        )  # fmt: skip
    return go_to(request, path + done.place, done.wrong or _KEPT, kind="fout" if done.wrong else "goed")


async def _judge(request: Request, who: Who, conversation_id: str) -> Outcome:
    """Keep what the form says. Raises :func:`not_found` for a talk this colleague does not work with."""
    codes, number = who.gemeenten(MEDEWERKER), form(request, "bericht")
    seq = int(number) if number.isdecimal() and len(number) < 9 else 0
    topics = looking.to_judge(request)
    topic = _topic(form(request, "onderwerp").strip(), topics)
    given = Judged(conversation_id, seq, form(request, "oordeel"), topic, form(request, "opmerking"))
    try:
        async with request.app.ctx.database.transaction() as session:
            if await history.conversation(session, codes, conversation_id) is None:
                raise not_found()
            kept = await quality.judge(
                session, given, colleague_id=who.id, gemeenten=codes, topics=topics, now=request.app.ctx.clock()
            )
    except NotJudged as wrong:
        return Outcome(seq, wrong=str(wrong))
    return Outcome(seq, kept)


async def around(request: Request, who: Who, conversation_id: str) -> dict[str, Any]:
    """What the forms under the answers need: what this colleague said before, and the topics to choose from."""
    async with request.app.ctx.database.transaction() as session:
        own = await quality.judgements_of(session, conversation_id, who.id)
    return {"own": own, "intents": looking.intents(request), "to_judge": looking.to_judge(request), "words": words}


def _topic(typed: str, topics: Any) -> str:
    """The intent of a topic that was chosen by its name; what is not in the list stays as it is, to be refused."""
    return next((intent for intent, name in topics.items() if name.casefold() == typed.casefold()), typed)
