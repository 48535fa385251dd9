"""``python -m bot.server``: the engine room. Loopback only, one immutable model, ready only after a real question."""

from __future__ import annotations

import argparse
import asyncio
import gc
import logging
import sys
from datetime import date
from pathlib import Path

from bot.paths import MODELS
from bot.runtime import environment
from bot.training.train import wanted_model

CANARY = "Wat is een pgb?"
MAX_BODY_BYTES = 100_000
logger = logging.getLogger("bot.server")


def newest_model() -> Path | None:
    """The model of today's data when it is there, else the one that was trained last, or None."""
    wanted = wanted_model()
    if wanted.exists():
        return wanted
    return max(MODELS.glob("steunwijzer-*.tar.gz"), key=lambda path: path.stat().st_mtime, default=None)


async def check(agent: object) -> None:
    """Ask a real question. Raises RuntimeError when the model does not answer: a half-loaded model must not serve."""
    from bot.channel.turn import TurnRequest, play

    turn = TurnRequest("kanarie", {}, CANARY, None, False, {"vandaag": date.today().isoformat()})  # noqa: DTZ011
    reply = await play(agent, turn)  # type: ignore[arg-type]
    if not any(message["text"] for message in reply["messages"]):
        raise RuntimeError(f"Het model geeft geen antwoord op '{CANARY}'. Train opnieuw met 'make train'.")


def main() -> int:
    """Command line; exit code 1 with a Dutch reason when the engine cannot serve."""
    parser = argparse.ArgumentParser(description="Start de machinekamer (Rasa) van Steunwijzer op dit apparaat.")
    parser.add_argument("--host", default="127.0.0.1", help="adres; alleen een privénetwerk, nooit het internet")
    parser.add_argument("--port", type=int, default=5005)
    parser.add_argument("--model", type=Path, help="modelbestand (standaard: het nieuwste in var/models)")
    parser.add_argument("--acties", default="http://127.0.0.1:5055/webhook", help="adres van de acties")
    arguments = parser.parse_args()
    model = arguments.model or newest_model()
    if model is None or not model.exists():
        print("Er is nog geen model. Maak het met 'make train'.", file=sys.stderr)
        return 1
    return serve(model, arguments.host, arguments.port, arguments.acties)


def serve(model: Path, host: str, port: int, actions_url: str) -> int:
    """Load, check and serve until stopped."""
    environment.prepare(training=False)
    from sanic import Sanic

    from bot.runtime.agent import load_agent

    app = Sanic("steunwijzer_engine", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = MAX_BODY_BYTES
    app.config.ACCESS_LOG = False
    app.config.KEEP_ALIVE_TIMEOUT = 75
    agent, spacy_line = load_agent(model, actions_url)
    try:
        asyncio.run(check(agent))
    except RuntimeError as error:
        print(error, file=sys.stderr)
        return 1
    logger.info("%s", spacy_line)
    from rasa.core.channels.channel import register

    from bot.channel.channel import SteunwijzerChannel

    register([SteunwijzerChannel(agent, model.name)], app, route="/webhooks/")
    # The model never changes while we serve: keep the garbage collector from walking through it.
    gc.collect()
    gc.freeze()
    logger.info("Machinekamer klaar op http://%s:%s met %s", host, port, model.name)
    app.run(host=host, port=port, access_log=False, motd=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
