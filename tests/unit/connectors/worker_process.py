"""A worker in a process of its own, for tests that pull its plug: ``python -m … DATABASE WEBHOOK`` or ``… DATABASE OPENKLANT TEAM ACTOR``."""

from __future__ import annotations

import asyncio
import sys

from steunwijzer.connectors import Plan, Worker
from steunwijzer.connectors.http import Caller
from steunwijzer.connectors.openklant import OpenKlant, OpenKlantSettings
from steunwijzer.store import Database
from tests.contract.openklant_server import TOKEN
from tests.unit.connectors.parcels import Time, webhook_plan


def plan_of(time: Time, address: str, *actors: str) -> Plan:
    """The webhook, or Open Klant when there are actors."""
    if not actors:
        return webhook_plan(address, time)
    settings = OpenKlantSettings(address, TOKEN, "Live chat", *actors)
    return Plan({"openklant": OpenKlant(settings, Caller(private=False), time, "https://chat.example.nl")})


async def main(database: str, *receiver: str) -> None:
    """One attempt."""
    time = Time()
    await Worker(Database(database), plan_of(time, *receiver), time).deliver_next()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
