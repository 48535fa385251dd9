"""Every route of the desk asks who is there, for which role, and for the form's own secret. A route nobody knows how to call fails."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from sanic import Sanic

from steunwijzer.accounts import ROLES
from steunwijzer.desk.page import roles_of
from steunwijzer.store import CallbackRequest, Conversation, HandoverCase
from tests.unit.desk.conftest import ELDERS, VOORBEELDSTAD, Browser, Desk
from tests.unit.desk.deliveries import failed_delivery
from tests.unit.desk.looking_back import looked_back_at

# Open to everybody: signing in, and what that page needs.
PUBLIC = {
    "GET /balie/aanmelden",
    "POST /balie/aanmelden",
    "GET /balie/aanmelden/organisatie",
    "GET /balie/aanmelden/organisatie/terug",
    "GET /balie/afgemeld",
    "GET /balie/instellen/<token:str>",
    "POST /balie/instellen/<token:str>",
    "GET /balie/static/<name:str>",
}
# How to fill in the parameters of a route, with ids of the other municipality; each page file adds its own.
SAMPLES = {
    "colleague_id": "colleague",
    "case_id": "case",
    "request_id": "callback",
    "act": "act",
    "delivery_id": "delivery",
    "conversation_id": "talk",
    "job_id": "export",
    "judgement_id": "judgement",
}
UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}


def routes(app: Sanic[Any, Any]) -> Iterator[tuple[str, str, Any]]:
    """Method, path and handler of everything under ``/balie``."""
    for route in app.router.routes:
        path = "/" + route.path.strip("/")
        if path == "/balie" or path.startswith("/balie/"):
            for method in sorted(set(route.methods) - {"OPTIONS", "HEAD"}):
                yield method, path, route.handler


def guarded(desk: Desk) -> list[tuple[str, str, Any]]:
    return [(method, path, handler) for method, path, handler in routes(desk.app) if f"{method} {path}" not in PUBLIC]


async def elsewhere(desk: Desk) -> dict[str, str]:
    """Ids of things that belong to the other municipality."""
    colleague = await desk.colleague("iemand@elders.example", (ELDERS, "medewerker"))
    talk, case, callback = (str(uuid.uuid4()) for _ in range(3))
    now = desk.clock()
    async with desk.app.ctx.database.transaction() as session:
        session.add(
            Conversation(
                id=talk,
                token_hash="x" * 64,
                gemeente=ELDERS,
                taal="nl",
                status="wachtrij",
                state={},
                summary={},
                created_at=now,
                updated_at=now,
            )
        )
        await session.flush()
        session.add(
            HandoverCase(
                id=case,
                conversation_id=talk,
                gemeente=ELDERS,
                state="wachtrij",
                reason="verzoek",
                asked_at=now,
                summary={"eigen_woorden": ["Ik ben iemand van elders."]},
                shared=[],
                left_out=[],
            )
        )
        session.add(
            CallbackRequest(
                id=callback,
                conversation_id=talk,
                gemeente=ELDERS,
                name="Iemand van elders",
                phone="+31612345678",
                status="open",
                created_at=now,
            )
        )
    delivery = await failed_delivery(desk.app.ctx.database, ELDERS, now)
    return {
        "colleague": colleague, "case": case, "callback": callback, "act": "oppakken", "delivery": delivery,
        **await looked_back_at(desk, colleague),
    }  # fmt: skip


def filled(path: str, ids: dict[str, str]) -> str:
    """The path with real ids in it. Fails for a parameter that nobody explained in :data:`SAMPLES`."""
    for name in re.findall(r"<(\w+)(?::[^>]*)?>", path):
        assert name in SAMPLES, (
            f"zet in SAMPLES hoe '{name}' van {path} wordt ingevuld, met een id van een andere gemeente"
        )
        path = re.sub(rf"<{name}(?::[^>]*)?>", ids[SAMPLES[name]], path)
    return path


async def call(browser: Browser, method: str, path: str, **fields: str) -> Any:
    return await browser.ask(method, path, data=fields if method in UNSAFE else None)


async def csrf_of(browser: Browser) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', (await browser.get("/balie/account")).text)
    assert found
    return found[1]


async def test_what_is_open_to_everybody_is_on_the_list_and_nothing_else(desk: Desk) -> None:
    without = {f"{method} {path}" for method, path, handler in routes(desk.app) if roles_of(handler) is None}
    assert without == PUBLIC


async def test_who_is_not_signed_in_is_sent_to_sign_in(desk: Desk) -> None:
    ids = await elsewhere(desk)
    for method, path, _ in guarded(desk):
        answer = await call(desk.browser(), method, filled(path, ids))
        assert answer.status_code in {303, 401}, f"{method} {path}"
        assert answer.status_code == 401 or answer.headers["location"].startswith("/balie/aanmelden"), (
            f"{method} {path}"
        )


async def test_a_made_up_session_is_nobody(desk: Desk) -> None:
    ids = await elsewhere(desk)
    browser = desk.browser()
    browser.cookies["__Host-balie"] = "a" * 43
    for method, path, _ in guarded(desk):
        assert (await call(browser, method, filled(path, ids))).status_code in {303, 401}, f"{method} {path}"


async def test_who_has_no_role_sees_nothing_that_asks_for_one(desk: Desk) -> None:
    ids = await elsewhere(desk)
    browser = await desk.signed_in("niets@voorbeeldstad.example")
    csrf = await csrf_of(browser)
    for method, path, handler in guarded(desk):
        if roles_of(handler):
            answer = await call(browser, method, filled(path, ids), csrf=csrf)
            assert answer.status_code == 403, f"{method} {path}"
            assert "Dat mag u niet" in answer.text


@pytest.mark.parametrize("role", ROLES)
async def test_a_role_opens_only_what_is_for_that_role(desk: Desk, role: str) -> None:
    ids = await elsewhere(desk)
    browser = await desk.signed_in(f"{role}@voorbeeldstad.example", (VOORBEELDSTAD, role))
    csrf = await csrf_of(browser)
    who = await desk.who(f"{role}@voorbeeldstad.example")
    for method, path, handler in guarded(desk):
        asked = roles_of(handler)
        if asked and not any(who.gemeenten(one) for one in asked):
            answer = await call(browser, method, filled(path, ids), csrf=csrf)
            assert answer.status_code == 403, f"{role}: {method} {path}"


async def test_what_changes_something_needs_the_secret_of_the_form(desk: Desk) -> None:
    ids = await elsewhere(desk)
    browser = await desk.signed_in("alles@voorbeeldstad.example", *((VOORBEELDSTAD, role) for role in ROLES))
    unsafe = [(method, filled(path, ids)) for method, path, _ in guarded(desk) if method in UNSAFE]
    assert unsafe
    for method, path in unsafe:
        assert (await call(browser, method, path)).status_code == 403, f"{method} {path}"
        assert (await call(browser, method, path, csrf="a" * 43)).status_code == 403, f"{method} {path}"


async def test_what_is_of_another_municipality_is_not_there_whatever_the_role(desk: Desk) -> None:
    ids = await elsewhere(desk)
    browser = await desk.signed_in("alles@voorbeeldstad.example", *((VOORBEELDSTAD, role) for role in ROLES))
    csrf = await csrf_of(browser)
    tried = 0
    for method, path, _ in guarded(desk):
        if "<" in path:
            tried += 1
            made_up = filled(path, {**dict.fromkeys(ids, str(uuid.uuid4())), "act": ids["act"]})
            theirs = await call(browser, method, filled(path, ids), csrf=csrf)
            nothing = await call(browser, method, made_up, csrf=csrf)
            assert (theirs.status_code, nothing.status_code) == (404, 404), f"{method} {path}"
            assert "iemand" not in theirs.text.lower()
    assert tried


async def test_no_page_changes_anything_by_being_opened(desk: Desk) -> None:
    """A link that signs out or deletes could be put in a page of somebody else."""
    acts = ("uit", "aan", "link", "rollen", "afmelden", "overal-afmelden")
    assert not [path for method, path, _ in routes(desk.app) if method == "GET" and path.rsplit("/", 1)[-1] in acts]
