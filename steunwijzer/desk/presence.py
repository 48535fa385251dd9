"""The switch in the head of every page: whether this colleague takes talks now."""

from __future__ import annotations

from typing import Any, cast

from sanic.request import Request

from steunwijzer.accounts import MEDEWERKER, Who
from steunwijzer.desk import words
from steunwijzer.handover import Presences


async def own_presence(request: Request, who: Who) -> dict[str, Any]:
    """For the switch, read once per request; opening a page is a sign of life."""
    known: dict[str, Any] | None = getattr(request.ctx, "presence", None)
    if known is None:
        known = request.ctx.presence = await _read(request, who)
    return known


async def _read(request: Request, who: Who) -> dict[str, Any]:
    if not who.gemeenten(MEDEWERKER):
        return {"presence": None}
    presences = cast(Presences, request.app.ctx.chat.presences)
    await presences.renew(who)
    state, reason = await presences.own(who)
    return {"presence": state, "away_reason": reason, "away_reasons": words.AWAY_REASONS, "here": request.path}
