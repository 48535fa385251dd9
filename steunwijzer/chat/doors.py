"""Which doors are closed now: asked of the database every few seconds, so that closing one needs no restart."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse
from sqlalchemy.exc import SQLAlchemyError

from steunwijzer.chat import errors, problems
from steunwijzer.store import Database, closed_doors

LOOK_EVERY_SECONDS = 2.0
_CHAT, _WIDGET = "/api/v1/conversations", "/widget/"
# What must go on whatever is closed: a machine asks whether we live, an editor opens his page, staff open the desk, a resident
# reads what we keep and how to reach us.
_ALWAYS_OPEN = ("/api/", "/gemeenten", "/balie", "/privacy", "/toegankelijkheid", "/pagina/pagina.css", "/favicon.svg")
logger = logging.getLogger("steunwijzer")


class Doors:
    """The reasons of the doors that are closed."""

    def __init__(self) -> None:
        self.closed: dict[str, str] = {}

    async def watch(self, database: Database) -> None:
        """Look again and again; when the database is away, what was known stays true."""
        while True:
            await self.look(database)
            await asyncio.sleep(LOOK_EVERY_SECONDS)

    async def look(self, database: Database) -> None:
        """Look once."""
        try:
            async with database.transaction() as session:
                closed = await closed_doors(session)
        except (SQLAlchemyError, OSError) as error:
            logger.warning("stand van de deuren niet te lezen: %s", type(error).__name__)
            return
        if closed != self.closed:
            logger.info("deuren dicht: %s", ", ".join(sorted(closed)) or "geen")
        self.closed = closed


def door_of(path: str) -> str | None:
    """The door that a request comes through; None for what is always open."""
    if path.startswith(_CHAT):
        return "chat"
    if path.startswith(_WIDGET):
        return "widget"
    return None if path.startswith(_ALWAYS_OPEN) else "pages"


def install_doors(
    app: Sanic[Any, Any],
    doors: Doors,
    page: Callable[[Request, str], HTTPResponse],
    call: Callable[[Request], Awaitable[str]],
) -> None:
    """Refuse what comes through a closed door, with its reason. Deleting one's conversation is possible always.

    ``page``: what a person sees, from the reason; ``call``: says which number to call instead.
    """

    @app.on_request
    async def refuse(request: Request) -> HTTPResponse | None:
        door = door_of(request.path)
        reason = doors.closed.get(door) if door and doors.closed else None
        if reason is None or request.method in {"DELETE", "OPTIONS"}:
            return None
        if door == "chat":
            return problems.answer(errors.DOOR_CLOSED, f"{reason} {await call(request)}")
        return page(request, reason)
