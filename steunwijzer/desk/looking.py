"""What the pages that look back share: fields of a search form, days in the time of the Netherlands, names for ids."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from sanic.request import Request
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.yamlsource import load
from steunwijzer import audit
from steunwijzer.accounts import Who
from steunwijzer.clock import NETHERLANDS
from steunwijzer.desk import words
from steunwijzer.handover.topics import to_judge as topics_to_judge
from steunwijzer.store import Colleague, Membership

_MAX_ASKED = 200
_MAX_NUMBER = 2**31 - 1


def asked(request: Request, name: str) -> str:
    """A field of a search form, tidy; empty when it is not there."""
    given = request.form if request.method == "POST" else request.args
    text = str((given or {}).get(name) or "")
    return "".join(letter if letter.isprintable() else " " for letter in text).strip()[:_MAX_ASKED]


def asked_number(request: Request, name: str) -> int | None:
    """A number in the address; None for anything else."""
    text = asked(request, name)
    return int(text) if text.isdecimal() and text.isascii() and int(text) <= _MAX_NUMBER else None


def asked_day(request: Request, name: str) -> date | None:
    """A day in the address, as a date field gives it; None for anything else."""
    try:
        return date.fromisoformat(asked(request, name))
    except ValueError:
        return None


def begin_of(day: date | None) -> datetime | None:
    """When a day begins in the Netherlands."""
    return datetime.combine(day, time(), NETHERLANDS) if day else None


def end_of(day: date | None) -> datetime | None:
    """When a day is over in the Netherlands."""
    return begin_of(day + timedelta(days=1)) if day and day < date.max else None


def chosen(request: Request, codes: Collection[str]) -> tuple[str, ...]:
    """The municipality that was asked for, or all of them; only ever of ``codes``."""
    wanted = asked(request, "gemeente")
    return tuple(code for code in codes if wanted in {"", code})


def address(path: str, fields: Mapping[str, Any], **other: Any) -> str:
    """A path with the fields that are filled in."""
    given = {name: value for name, value in {**fields, **other}.items() if value not in (None, "")}
    return f"{path}?{urlencode(given)}" if given else path


async def log(
    session: AsyncSession, request: Request, who: Who, act: str, subject: str, gemeenten: Collection[str], **detail: Any
) -> None:
    """Log a look for each municipality of which something was seen."""
    for code in gemeenten:
        await audit.append(
            session, at=request.app.ctx.clock(), who=who.id, gemeente=code, act=act, subject=subject, detail=detail
        )


async def colleagues_of(session: AsyncSession, gemeenten: Collection[str]) -> dict[str, str]:
    """Names of who works in these municipalities, by id, in the order of the alphabet."""
    here = select(Membership.colleague_id).where(Membership.gemeente.in_(gemeenten))
    rows = await session.execute(
        select(Colleague.id, Colleague.name).where(Colleague.id.in_(here)).order_by(Colleague.name)
    )
    return {row.id: row.name for row in rows}


def endings(request: Request) -> Mapping[str, str]:
    """How a talk or a call-back can end, in words, by code."""
    return words.endings(request.app.ctx.chat.desk.rules.outcomes)


def topics(request: Request) -> Mapping[str, str]:
    """Names of all topics as residents read them, by the id of their flow."""
    return _flows(request.app.ctx.content.parent / "data" / "flows")[0]


def intents(request: Request) -> Mapping[str, str]:
    """Names of what a sentence can be understood as, by intent."""
    names, flows = _flows(request.app.ctx.content.parent / "data" / "flows")
    # "Yes" and "I do not know" begin the same flow; there the word itself says more than the flow's name.
    return {
        intent: intent.replace("_", " ") if flow.startswith("los_") else names[flow] for intent, flow in flows.items()
    }


def to_judge(request: Request) -> Mapping[str, str]:
    """The intents to choose from: one for each topic, and not "yes", "no" or "hello"."""
    chosen = topics_to_judge(request.app.ctx.chat.desk.rules)
    flows = _flows(request.app.ctx.content.parent / "data" / "flows")[1]
    return _sorted({intent: chosen[flow] for intent, flow in flows.items() if flow in chosen})


@cache
def _flows(folder: Path) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Names by the id of the flow; and the flow that an intent begins."""
    names, by_intent = {}, {}
    for path in sorted(folder.glob("*.yml")):
        for flow_id, flow in ((load(path) or {}).get("flows") or {}).items():
            if flow_id.startswith("pattern_"):
                continue
            names[flow_id] = str(flow.get("name") or flow_id)
            for trigger in flow.get("nlu_trigger") or ():
                intent = trigger.get("intent") if isinstance(trigger, dict) else None
                name = intent.get("name") if isinstance(intent, dict) else intent
                if name:
                    by_intent[str(name)] = flow_id
    return _sorted(names), by_intent


def _sorted(names: Mapping[str, str]) -> Mapping[str, str]:
    return dict(sorted(names.items(), key=lambda item: item[1].casefold()))
