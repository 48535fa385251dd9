"""``python -m bot.parse [--model FILE]``: understand lines of JSON from standard input, without a server.

Each line ``{"text": …}`` comes back with ``intent``, ``intent_ranking``, ``entities``, ``safety`` and ``elapsed_ms``.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from pathlib import Path

from bot.runtime import environment
from bot.server import newest_model


async def _answer(lines: list[str], agent: object) -> None:
    from bot.channel.turn import parse_only

    for line in lines:
        record = json.loads(line)
        started = time.perf_counter()
        understood = await parse_only(agent, record["text"])  # type: ignore[arg-type]
        elapsed = round((time.perf_counter() - started) * 1000, 2)
        print(json.dumps({**record, **understood, "elapsed_ms": elapsed}, ensure_ascii=False), flush=True)


def main() -> int:
    """Exit code 1 when there is no model."""
    parser = argparse.ArgumentParser(description="Zegt van elke regel wat ervan begrepen is.")
    parser.add_argument("--model", type=Path, help="modelbestand (standaard: dat van de data van nu)")
    model = parser.parse_args().model or newest_model()
    if model is None or not model.exists():
        print("Er is nog geen model. Maak het met 'make train'.", file=sys.stderr)
        return 1
    environment.prepare(training=False)
    from bot.runtime.agent import load_agent

    agent, _ = load_agent(model, "http://127.0.0.1:9/geen-acties")
    asyncio.run(_answer([line for line in sys.stdin if line.strip()], agent))
    return 0


if __name__ == "__main__":
    sys.exit(main())
