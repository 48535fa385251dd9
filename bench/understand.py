"""Run with the stock environment in the stock project: the intent of each line of text, as JSON, one a line. Argument: the model."""

from __future__ import annotations

import asyncio
import json
import sys

from rasa.core.agent import Agent


async def main() -> None:
    """Lines of text from standard input."""
    agent = Agent.load(sys.argv[1])
    for line in sys.stdin:
        parsed = await agent.parse_message(line.strip())
        sys.stdout.write(json.dumps(parsed["intent"]["name"]) + "\n")


asyncio.run(main())
