"""How long does a resident wait while somebody attacks? The 95th percentile of one resident alone, and beside each attack.

The attacker is a process of its own on the same machine, from another address, so the ratio includes what it costs to send.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import subprocess
import sys
import time
import uuid
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx

from steunwijzer.bench.load import percentile

_RESIDENT, _ATTACKER = {"X-Forwarded-For": "192.0.2.1"}, {"X-Forwarded-For": "198.51.100.7"}
_AT_ONCE, _SLOW_LINES = 16, 200
_TURNS, _TURNS_EACH = 60, 15
# Somebody reads before typing on; also keeps this resident within his limits.
_READS_SECONDS = 0.15
_WARM_UP_SECONDS = 1.0
_HEAD = (
    b"POST /api/v1/conversations HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 198.51.100.7\r\nContent-Length: 50\r\n\r\n{"
)
_SENTENCES = ("wat is een pgb", "mijn moeder heeft hulp nodig in huis", "wat kost dat", "hoe doe ik een melding")
Attack = Callable[[httpx.AsyncClient, str], Awaitable[None]]


@dataclass(frozen=True)
class Row:
    """One measurement: the attack, the resident's 95th percentile in milliseconds, and that as a multiple of alone."""

    attack: str
    p95: float
    ratio: float


def run(site: str, say: Callable[[str], None]) -> list[Row]:
    """Measure alone first, then beside every attack. ``site`` must trust ``X-Forwarded-For`` and keep its limits on."""
    say("alleen")
    alone = percentile(asyncio.run(_resident(site)), 95)
    rows = [Row("alleen", alone, 1.0)]
    for name in ATTACKS:
        say(name)
        with _attacker(name, site):
            time.sleep(_WARM_UP_SECONDS)
            p95 = percentile(asyncio.run(_resident(site)), 95)
        rows.append(Row(name, p95, p95 / alone))
    return rows


async def _resident(site: str) -> Sequence[float]:
    """Milliseconds of each turn of a resident who talks on."""
    times: list[float] = []
    words = itertools.cycle(_SENTENCES)
    async with httpx.AsyncClient(base_url=f"{site}/api/v1", timeout=60, headers=_RESIDENT) as client:
        while len(times) < _TURNS:
            url, headers = await _begin(client)
            for _ in range(_TURNS_EACH):
                body = {"client_id": str(uuid.uuid4()), "text": next(words)}
                began = time.perf_counter()
                (await client.post(url, json=body, headers=headers)).raise_for_status()
                times.append((time.perf_counter() - began) * 1000)
                await asyncio.sleep(_READS_SECONDS)
    return times


async def _begin(client: httpx.AsyncClient) -> tuple[str, dict[str, str]]:
    made = (await client.post("/conversations", json={"gemeente": "GM9999"})).raise_for_status().json()
    return f"/conversations/{made['id']}/messages", {"Authorization": f"Bearer {made['token']}"}


@contextlib.contextmanager
def _attacker(name: str, site: str) -> Iterator[None]:
    process = subprocess.Popen([sys.executable, "-m", "steunwijzer.bench.attack", name, site])
    try:
        yield
    finally:
        process.kill()
        process.wait(10)


async def _big_bodies(client: httpx.AsyncClient, site: str) -> None:
    await client.post("/conversations", content=b"x" * 1_000_000)


async def _forged_tokens(client: httpx.AsyncClient, site: str) -> None:
    headers = {"Authorization": f"Bearer {uuid.uuid4()}"}
    await client.get(f"/conversations/{uuid.uuid4()}", headers=headers)


async def _new_conversations(client: httpx.AsyncClient, site: str) -> None:
    await client.post("/conversations", json={"gemeente": "GM9999"})


async def _odd_paths(client: httpx.AsyncClient, site: str) -> None:
    await client.get(f"/..%2f..%2f{uuid.uuid4()}", headers={"X-Raar": "x" * 4000})


async def _quick_messages(client: httpx.AsyncClient, site: str) -> None:
    """One conversation, ten thousand messages, as fast as they go."""
    url, headers = await _begin(client)

    async def send(number: int) -> None:
        body = {"client_id": str(uuid.uuid4()), "text": f"hallo {number}"}
        await client.post(url, json=body, headers=headers)

    for start in range(0, 10_000, _AT_ONCE):
        await asyncio.gather(*(send(start + number) for number in range(_AT_ONCE)))


async def _slow_lines(client: httpx.AsyncClient, site: str) -> None:
    """Requests that never become whole."""
    place = urlsplit(site)
    lines = [await asyncio.open_connection(place.hostname, place.port) for _ in range(_SLOW_LINES)]
    for _ in range(30):
        for _, writer in lines:
            writer.write(_HEAD)
        await asyncio.sleep(1)


ATTACKS: dict[str, tuple[Attack, int]] = {
    "berichten van 1 MB": (_big_bodies, _AT_ONCE),
    "10.000 snelle berichten": (_quick_messages, 1),
    "steeds nieuwe gesprekken": (_new_conversations, _AT_ONCE),
    "200 trage lijnen": (_slow_lines, 1),
    "vervalste tokens": (_forged_tokens, _AT_ONCE),
    "vreemde paden en koppen": (_odd_paths, _AT_ONCE),
}


async def _attack(name: str, site: str) -> None:
    """Go on until somebody stops us; what the other side thinks of it does not matter."""
    attack, at_once = ATTACKS[name]

    async def again() -> None:
        while True:
            with contextlib.suppress(httpx.HTTPError, OSError):
                await attack(client, site)

    async with httpx.AsyncClient(base_url=f"{site}/api/v1", timeout=60, headers=_ATTACKER) as client:
        await asyncio.gather(*(again() for _ in range(at_once)))


if __name__ == "__main__":
    asyncio.run(_attack(sys.argv[1], sys.argv[2]))
