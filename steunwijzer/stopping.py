"""Ends work that goes on in the background."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

# So long a task may take to tidy up before it is told again.
_AGAIN_SECONDS = 1.0


async def stop(tasks: Sequence[asyncio.Task[Any]]) -> None:
    """Cancel the tasks and wait until each has ended. What they raise is theirs to report.

    One cancellation is not enough: in the middle of a statement the database driver may turn it into an error of its
    own, which a task that outlives a database that is away takes for just that, and goes on.
    """
    going = set(tasks)
    while going:
        for task in going:
            task.cancel()
        _, going = await asyncio.wait(going, timeout=_AGAIN_SECONDS)
    await asyncio.gather(*tasks, return_exceptions=True)
