"""Makes sentence vectors beside the event loop: while one resident's sentence is read, another's answer goes on.

The encoder is the dearest part of a turn. Sentences that wait together are encoded together. A sentence that comes alone
gets all cores, because then speed counts; otherwise each sentence gets one, because then work done per second counts.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import ContextVar
from typing import Any

import numpy as np
from threadpoolctl import ThreadpoolController

MAX_TOGETHER = 8
_Waiting = tuple[str, "Future[np.ndarray]"]
_made: ContextVar[tuple[str, np.ndarray] | None] = ContextVar("zinsvector", default=None)


class EncoderThread:
    """One thread around ``encode`` (texts to vectors, shape ``[len(texts), n]``)."""

    def __init__(self, encode: Callable[[list[str]], np.ndarray]) -> None:
        self._encode = encode
        self._waiting: deque[_Waiting] = deque()
        self._thread = ThreadPoolExecutor(1, "zinscodering")
        self._openmp: Any = None

    async def encode_ahead(self, text: str, parts: Sequence[str]) -> None:
        """Have the vectors of the parts of ``text`` ready for this turn (:func:`made_ahead`). Raises what the encoder raises."""
        futures: list[Future[np.ndarray]] = [Future() for _ in parts]
        self._waiting.extend(zip(parts, futures, strict=True))
        for _ in parts:
            self._thread.submit(self._work)
        _made.set((text, np.stack(await asyncio.gather(*map(asyncio.wrap_future, futures)))))

    def encode_now(self, texts: list[str]) -> np.ndarray:
        """Wait for the vectors of ``texts``, after what is being encoded already. Raises what the encoder raises."""
        return self._thread.submit(self._encode, texts).result()

    def _work(self) -> None:
        batch = self._take()
        if not batch:
            return
        try:
            vectors = self._encode_batch([text for text, _ in batch])
        except Exception as error:
            for _, future in batch:
                future.set_exception(error)
        else:
            for (_, future), vector in zip(batch, vectors, strict=True):
                future.set_result(vector)

    def _take(self) -> list[_Waiting]:
        """What waits, without the turns that were given up in the meantime."""
        taken = [self._waiting.popleft() for _ in range(min(len(self._waiting), MAX_TOGETHER))]
        return [(text, future) for text, future in taken if future.set_running_or_notify_cancel()]

    def _encode_batch(self, texts: list[str]) -> np.ndarray:
        if self._openmp is None:
            self._encode(["-"])  # only a loaded encoder can be told how many cores to use
            self._openmp = ThreadpoolController().select(user_api="openmp")
        with self._openmp.limit(limits=None if len(texts) == 1 else 1):
            return self._encode(texts)


def made_ahead(text: str) -> np.ndarray | None:
    """The vectors of the parts of ``text``, shape ``[parts, n]``, when they were made for this turn; else None."""
    made = _made.get()
    return made[1] if made and made[0] == text else None
