"""A resident who talks through the chat's own service, with an engine that counts how often it was asked."""

from __future__ import annotations

import json
import uuid
from datetime import datetime
from typing import Any

import httpx

from steunwijzer.chat.limits import Limiter
from steunwijzer.chat.requests import Callback, Contact, Feedback, Handover, NewMessage
from steunwijzer.chat.service import ChatService
from steunwijzer.connectors import Plan
from steunwijzer.engine import EngineClient
from steunwijzer.handover import Callbacks, Cases, Lists
from steunwijzer.store import Database
from tests.conftest import ROOT
from tests.unit.handover.talks import SEALER, Talks, rules, texts

GEMEENTE = "GM0344"  # without opening hours: somebody is there when somebody is present


class Engine:
    """Says what the test tells it to say."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.events: list[dict[str, Any]] = []
        self.onderwerp = self.flow = "pgb_uitleg"
        self.said = "utter_x"
        self.gemeente: str | None = GEMEENTE
        self.voor_wie: str | None = None
        self.jongere: str | None = None
        self.danger: str | None = None
        self.doubt = False
        self.is_down = False
        self.looked_at: list[str] = []

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        if self.is_down:
            raise httpx.ConnectError("weg")
        if request.url.path.endswith("/safety"):
            self.looked_at.append(json.loads(request.content)["text"])
            return httpx.Response(200, json={"safety": {"class": self.danger, "doubt": self.doubt}})
        self.asked.append(json.loads(request.content))
        reply = {
            "messages": [{"key": self.said, "text": "Ik help u.", "gecontroleerd_op": "2026-11-22", "versie": "abc"}],
            "state": {
                "slots": {
                    "onderwerp": self.onderwerp,
                    "wet": "wmo",
                    "gemeente": self.gemeente,
                    "voor_wie": self.voor_wie,
                    "jongere": self.jongere,
                }
            },
            "parse": {
                "intent_ranking": [{"name": "pgb_uitleg", "confidence": 0.81234}, {"name": "wlz", "confidence": 0.1}],
                "safety": {"class": None, "doubt": self.doubt},
            },
            "flow": {"id": self.flow, "step": "vraag"},
            "events": self.events,
        }
        return httpx.Response(200, json=reply)


class Site(Talks):
    """The chat service beside the desk, on one database; ``moment`` is turned by the test."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.engine = Engine()
        client = EngineClient("http://machinekamer", 5, httpx.MockTransport(self.engine))
        self.chat = ChatService(
            database, client, texts(), Limiter(enabled=False), self.now, secret="s" * 40, seal=SEALER.seal, rules=rules(),
            content=ROOT / "content", retention_days=28, token_hours=24, plan=Plan(),
        )  # fmt: skip
        self.desk = self.chat.desk
        self.cases, self.lists, self.callbacks = Cases(self.desk), Lists(self.desk), Callbacks(self.desk)
        self.presences = self.chat.presences

    def now(self) -> datetime:
        return self.moment

    async def resident(self, gemeente: str | None = GEMEENTE) -> Resident:
        begun = await self.chat.start(gemeente, "nl")
        return Resident(self, begun["id"], begun["token"])


class Resident:
    """One conversation through the chat's own door."""

    def __init__(self, site: Site, id_: str, token: str) -> None:
        self.site, self.id, self.token = site, id_, token

    async def say(self, text: str) -> dict[str, Any]:
        return await self.site.chat.say(self.id, self.token, NewMessage(client_id=uuid.uuid4(), text=text))

    async def ask(self, **more: Any) -> dict[str, Any]:
        given = {"include": ["gesprek", "onderwerp", "gemeente"], **more}
        return await self.site.chat.handover.ask(self.id, self.token, Handover(consent=True, **given))

    async def call_me(self, **more: str) -> dict[str, Any]:
        return await self.ask(callback=Callback(**{"name": "Fatma", "phone": "06 12345678", **more}))

    async def withdraw(self) -> dict[str, Any]:
        return await self.site.chat.handover.withdraw(self.id, self.token)

    async def look(self) -> dict[str, Any]:
        return await self.site.chat.handover.preview(self.id, self.token)

    async def judge(self, solved: str) -> dict[str, Any]:
        return await self.site.chat.feedback(self.id, self.token, Feedback(solved=solved, next_step="nee"))

    async def contact(self, **given: str) -> dict[str, Any]:
        return await self.site.chat.handover.contact(self.id, self.token, Contact(**given))

    async def status(self) -> str:
        return str((await self.site.chat.show(self.id, self.token))["status"])
