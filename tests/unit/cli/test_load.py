"""A turn that ends in an apology is no measurement: the bench stops instead of counting it as a fast answer."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from bot.content import Answer, load_answers
from steunwijzer.bench.load import CONTENT, Steunwijzer
from steunwijzer.bench.programs import BenchError


def say(text: str) -> None:
    """One turn with an assistant that answers ``text``."""

    async def turn() -> None:
        answering = httpx.MockTransport(lambda request: httpx.Response(200, json={"messages": [{"text": text}]}))
        async with httpx.AsyncClient(transport=answering) as client:
            await Steunwijzer(client, "http://steunwijzer/messages", {}).say("Kom ik in aanmerking?")

    asyncio.run(turn())


def test_an_answer_counts() -> None:
    say("Lukt het huishouden niet meer? Daar is hulp voor.")


@pytest.mark.parametrize("answer", load_answers(CONTENT)["utter_storing"], ids=lambda answer: answer.key)
def test_an_apology_does_not(answer: Answer) -> None:
    with pytest.raises(BenchError, match="Kom ik in aanmerking"):
        say(answer.text)
