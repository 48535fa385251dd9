"""How long does a resident wait while somebody attacks? The 95th percentile of one resident alone, and beside each attack.

The attacker is a process of its own on the same machine, from another address, so the ratio includes what it costs to send. It
counts what it sent and what was refused: an attack that does not arrive would look like a strong defence.

A machine that does other work too is slow by fits and starts. An attack only counts as the cause when the resident waits longer
than just before as well as just after it, and only after it did so :data:`TRIES` times.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from urllib.parse import urlsplit

import httpx

from steunwijzer.bench.load import percentile

TRIES = 3
_ATTACKER = {"X-Forwarded-For": "198.51.100.7"}
# Every measurement is another resident, so that one who talks long does not meet the limits.
_RESIDENTS = itertools.cycle(f"192.0.2.{number}" for number in range(1, 255))
# As long as the chat in the browser waits.
_PATIENCE_SECONDS = 20
_AT_ONCE, _LINES, _LINES_EACH = 16, 200, 8
_TURNS, _TURNS_EACH = 60, 15
# Somebody reads before typing on; also keeps this resident within his limits.
_READS_SECONDS = 0.15
_WARM_UP_SECONDS = 1.0
_TELLS_EVERY_SECONDS = 0.2
_LETTER_EVERY_SECONDS = 0.5
_HEAD = (
    b"POST /api/v1/conversations HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 198.51.100.7\r\nContent-Length: 9000\r\n\r\n{"
)
_SENTENCES = ("wat is een pgb", "mijn moeder heeft hulp nodig in huis", "wat kost dat", "hoe doe ik een melding")
_SCRIPT = "<script>alert(1)</script>[x](javascript:alert(1))"


@dataclass
class Tally:
    """What an attacker did: requests (or lines) ``sent``, and how many of them were ``refused``."""

    sent: int = 0
    refused: int = 0


@dataclass(frozen=True)
class Row:
    """One measurement.

    ``p95``: of the resident beside the attack, in milliseconds; ``before`` and ``after``: the same when nobody attacks;
    ``failed``: turns of the resident that got no answer; ``tally``: what the attacker did meanwhile.
    """

    attack: str
    before: float
    p95: float
    after: float
    failed: int
    tally: Tally

    @property
    def ratio(self) -> float:
        """How many times longer the resident waits."""
        return self.p95 / ((self.before + self.after) / 2)

    def slowed(self, most: float) -> bool | None:
        """Whether the resident waited more than ``most`` times as long; None when before and after differ too much to tell."""
        if self.p95 <= most * min(self.before, self.after):
            return False
        return True if self.p95 > most * max(self.before, self.after) else None


@dataclass
class Waited:
    """How long each turn took, and how many turns got no answer."""

    times: list[float] = field(default_factory=list)
    failed: int = 0

    @property
    def p95(self) -> float:
        """In milliseconds; without end for somebody who got no answer."""
        return float("inf") if self.failed else percentile(self.times, 95)


def run(site: str, most: float, say: Callable[[str], None]) -> list[Row]:
    """Measure beside every attack, and alone just before and after it, so that a machine that gets slower blames no attack.

    ``site`` must trust ``X-Forwarded-For`` and keep its limits on. Where a resident seems more than ``most`` times slower, it is
    measured again.
    """
    say("opwarmen")
    asyncio.run(resident(site, _TURNS_EACH))
    return list(_rows(site, most, say))


def _rows(site: str, most: float, say: Callable[[str], None]) -> Iterator[Row]:
    say("alleen")
    alone = asyncio.run(resident(site, _TURNS)).p95
    for name in ATTACKS:
        failed = 0
        for attempt in range(TRIES):
            say(f"{name}, nog eens" if attempt else name)
            waited, tally = _beside(name, site)
            before, alone = alone, asyncio.run(resident(site, _TURNS)).p95
            failed += waited.failed
            row = Row(name, before, waited.p95, alone, failed, tally)
            if row.slowed(most) is False:
                break
        yield row


def _beside(name: str, site: str) -> tuple[Waited, Tally]:
    with attacker(name, site) as told:
        time.sleep(_WARM_UP_SECONDS)
        waited = asyncio.run(resident(site, _TURNS))
    return waited, told[-1] if told else Tally()


@contextlib.contextmanager
def attacker(name: str, site: str) -> Iterator[list[Tally]]:
    """Attacks as long as the context lasts, from the moment the attacker is up; the last of the list is what was done so far."""
    told: list[Tally] = []
    up = threading.Event()

    def listen(lines: Iterable[str]) -> None:
        for line in lines:
            # The last line may be cut off.
            if line.endswith("}\n"):
                told.append(Tally(**json.loads(line)))
                up.set()
        up.set()

    command = [sys.executable, "-m", "steunwijzer.bench.attack", name, site]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        listener = threading.Thread(target=listen, args=(process.stdout,))
        listener.start()
        try:
            up.wait()
            yield told
        finally:
            process.kill()
            listener.join()


async def resident(site: str, turns: int) -> Waited:
    """A resident who talks on: milliseconds of each turn."""
    waited = Waited()
    words = itertools.cycle(_SENTENCES)
    headers = {"X-Forwarded-For": next(_RESIDENTS)}
    async with httpx.AsyncClient(base_url=f"{site}/api/v1", timeout=_PATIENCE_SECONDS, headers=headers) as client:
        while len(waited.times) + waited.failed < turns:
            try:
                await _talk(client, words, waited)
            except httpx.HTTPError:
                # The rest of the conversation is lost with it.
                waited.failed += _TURNS_EACH - (len(waited.times) + waited.failed) % _TURNS_EACH
    return waited


async def _talk(client: httpx.AsyncClient, words: Iterator[str], waited: Waited) -> None:
    """One conversation. Raises when an answer does not come or is no answer."""
    url, headers = await _begin(client)
    for _ in range(_TURNS_EACH):
        body = {"client_id": str(uuid.uuid4()), "text": next(words)}
        began = time.perf_counter()
        (await client.post(f"{url}/messages", json=body, headers=headers)).raise_for_status()
        waited.times.append((time.perf_counter() - began) * 1000)
        await asyncio.sleep(_READS_SECONDS)


async def _begin(client: httpx.AsyncClient) -> tuple[str, dict[str, str]]:
    made = (await client.post("/conversations", json={"gemeente": "GM9999"})).raise_for_status().json()
    return f"/conversations/{made['id']}", {"Authorization": f"Bearer {made['token']}"}


@dataclass(frozen=True)
class _Means:
    """With what one attacks: a client that counts, and the count."""

    client: httpx.AsyncClient
    site: str
    tally: Tally

    def line(self) -> Awaitable[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        """A bare connection."""
        self.tally.sent += 1
        place = urlsplit(self.site)
        return asyncio.open_connection(place.hostname, place.port)


async def _big_bodies(means: _Means) -> None:
    await means.client.post("/conversations", content=b"x" * 1_000_000)


async def _forged_tokens(means: _Means) -> None:
    headers = {"Authorization": f"Bearer {uuid.uuid4()}"}
    await means.client.get(f"/conversations/{uuid.uuid4()}", headers=headers)


async def _ids_of_others(means: _Means) -> None:
    """A token that is good, for a conversation of somebody else: read it, write in it, delete it."""
    _, headers = await _begin(means.client)
    while True:
        url = f"/conversations/{uuid.uuid4()}"
        await means.client.get(url, headers=headers)
        await means.client.post(
            f"{url}/messages", json={"client_id": str(uuid.uuid4()), "text": "hallo"}, headers=headers
        )
        await means.client.delete(url, headers=headers)


async def _scripts(means: _Means) -> None:
    await means.client.post("/conversations", json={"gemeente": _SCRIPT, "taal": _SCRIPT, _SCRIPT: _SCRIPT})


async def _new_conversations(means: _Means) -> None:
    await means.client.post("/conversations", json={"gemeente": "GM9999"})


async def _odd_paths(means: _Means) -> None:
    await means.client.get(f"/..%2f..%2f{uuid.uuid4()}", headers={"X-Raar": "x" * 4000})


async def _quick_messages(means: _Means) -> None:
    """One conversation, ten thousand messages, as fast as they go."""
    url, headers = await _begin(means.client)

    async def send(number: int) -> None:
        body = {"client_id": str(uuid.uuid4()), "text": f"hallo {number}"}
        await means.client.post(f"{url}/messages", json=body, headers=headers)

    for start in range(0, 10_000, _AT_ONCE):
        await asyncio.gather(*(send(start + number) for number in range(_AT_ONCE)))


async def _slow_writers(means: _Means) -> None:
    """Requests that come a letter at a time and never become whole."""

    async def one() -> None:
        reader, writer = await means.line()
        writer.write(_HEAD)
        while not reader.at_eof():
            await asyncio.sleep(_LETTER_EVERY_SECONDS)
            writer.write(b" ")
        means.tally.refused += 1
        writer.close()

    await asyncio.gather(*(one() for _ in range(_LINES)))


async def _slow_readers(means: _Means) -> None:
    """Listeners to many conversations that never read what they asked for."""
    lines = []
    for _ in range(_LINES // _LINES_EACH):
        url, headers = await _begin(means.client)
        head = f"GET /api/v1{url}/events HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 198.51.100.7\r\nAuthorization: {headers['Authorization']}\r\n\r\n"
        for _ in range(_LINES_EACH):
            lines.append(await means.line())
            lines[-1][1].write(head.encode())
    await asyncio.sleep(30)


Attack = Callable[[_Means], Awaitable[None]]
ATTACKS: dict[str, tuple[Attack, int]] = {
    "berichten van 1 MB": (_big_bodies, _AT_ONCE),
    "10.000 snelle berichten": (_quick_messages, 1),
    "steeds nieuwe gesprekken": (_new_conversations, _AT_ONCE),
    "200 trage schrijvers": (_slow_writers, 1),
    "200 trage lezers": (_slow_readers, 1),
    "vervalste tokens": (_forged_tokens, _AT_ONCE),
    "gesprekken van anderen": (_ids_of_others, _AT_ONCE),
    "script in elk veld": (_scripts, _AT_ONCE),
    "vreemde paden en koppen": (_odd_paths, _AT_ONCE),
}


async def _attack(name: str, site: str) -> None:
    """Go on until somebody stops us, and keep telling what was done."""
    attack, at_once = ATTACKS[name]
    tally = Tally()

    async def sending(request: httpx.Request) -> None:
        tally.sent += 1

    async def answered(response: httpx.Response) -> None:
        tally.refused += response.is_error

    async def again(means: _Means) -> None:
        while True:
            try:
                await attack(means)
            except httpx.HTTPStatusError:
                continue
            except (httpx.HTTPError, OSError):
                tally.refused += 1

    async def tell() -> None:
        while True:
            await asyncio.sleep(_TELLS_EVERY_SECONDS)
            sys.stdout.write(json.dumps(asdict(tally)) + "\n")
            sys.stdout.flush()

    hooks: dict[str, list[Callable[..., Awaitable[None]]]] = {"request": [sending], "response": [answered]}
    async with httpx.AsyncClient(base_url=f"{site}/api/v1", timeout=60, headers=_ATTACKER, event_hooks=hooks) as client:
        means = _Means(client, site, tally)
        await asyncio.gather(tell(), *(again(means) for _ in range(at_once)))


if __name__ == "__main__":
    asyncio.run(_attack(sys.argv[1], sys.argv[2]))
