"""How the front office logs: lines of text for people, or JSON for a log server. No line holds what a resident said."""

from __future__ import annotations

import logging

from pythonjsonlogger.json import JsonFormatter

_TEXT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
# These would log addresses with ids in them, or what was received.
_QUIET = ("httpx", "httpcore", "alembic", "sanic.root", "sanic.error", "sanic.access", "sanic.server", "rasa_sdk")


def configure(kind: str) -> None:
    """Set up logging. ``kind``: ``text``, or ``json`` for one object a line, with one line for each request."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter(_TEXT) if kind == "json" else logging.Formatter(_TEXT))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    if kind != "json":
        logging.getLogger("steunwijzer.verzoeken").setLevel(logging.WARNING)
