"""``python -m steunwijzer.server``: the front office, and the custom actions beside it on loopback."""

from __future__ import annotations

import gc
import logging
import sys

from sanic import Sanic

from steunwijzer.actions_app import make_actions_app
from steunwijzer.app import make_app
from steunwijzer.settings import SettingsError, load_settings


def main() -> int:
    """Serve until stopped. Exit code 1 with a Dutch reason when a setting is wrong."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for noisy in ("httpx", "httpcore", "alembic", "sanic.root", "rasa_sdk"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    try:
        settings = load_settings()
    except SettingsError as error:
        print(error, file=sys.stderr)  # noqa: T201  (there is no log yet that anybody reads)
        return 1
    app, actions = make_app(settings), make_actions_app()
    app.prepare(host=settings.host, port=settings.port, access_log=False, motd=False, single_process=True)
    actions.prepare(host="127.0.0.1", port=settings.actions_port, access_log=False, motd=False, single_process=True)
    gc.collect()
    gc.freeze()
    Sanic.serve_single(primary=app)
    return 0


if __name__ == "__main__":
    sys.exit(main())
