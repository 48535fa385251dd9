"""A running assistant for one command: the one that is up already, or one started for as long as the command lasts."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx

from steunwijzer.cli.files import fail
from steunwijzer.cli.understanding import ENGINE_PYTHON
from steunwijzer.settings import PREFIX, ROOT

_READY_WITHIN_SECONDS = 120.0


@dataclass(frozen=True)
class Running:
    """Addresses of the engine room and of the front office."""

    engine: str
    site: str


@contextlib.contextmanager
def assistant() -> Iterator[Running]:
    """The assistant of ``STEUNWIJZER_ENGINE_URL`` and ``PORT`` when it answers, else one of our own with an empty database."""
    engine = os.environ.get(PREFIX + "ENGINE_URL", "")
    site = f"http://127.0.0.1:{os.environ.get(PREFIX + 'PORT', '8080')}"
    if engine and _answers(f"{engine}/webhooks/steunwijzer/health") and _answers(f"{site}/api/v1/ready"):
        yield Running(engine, site)
        return
    if not ENGINE_PYTHON.exists():
        raise fail("De machinekamer is nog niet gemaakt. Draai eerst 'make setup'.")
    with tempfile.TemporaryDirectory() as folder, _started(Path(folder)) as running:
        yield running


@contextlib.contextmanager
def fresh_assistant(settings: Mapping[str, str]) -> Iterator[Running]:
    """One of our own with an empty database and these settings (names without prefix), whatever else is running."""
    if not ENGINE_PYTHON.exists():
        raise fail("De machinekamer is nog niet gemaakt. Draai eerst 'make setup'.")
    with tempfile.TemporaryDirectory() as folder, _started(Path(folder), settings) as running:
        yield running


@contextlib.contextmanager
def _started(folder: Path, settings: Mapping[str, str] | None = None) -> Iterator[Running]:
    engine, actions, site = (_free_port() for _ in range(3))
    environment = {
        **os.environ,
        "PYTHONWARNINGS": "ignore",
        PREFIX + "PORT": str(site),
        PREFIX + "ACTIONS_PORT": str(actions),
        PREFIX + "ENGINE_URL": f"http://127.0.0.1:{engine}",
        PREFIX + "DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'gesprekken.sqlite'}",
        **{PREFIX + name: value for name, value in (settings or {}).items()},
    }
    commands = (
        [
            str(ENGINE_PYTHON),
            "-m",
            "bot.server",
            "--port",
            str(engine),
            "--acties",
            f"http://127.0.0.1:{actions}/webhook",
        ],
        [sys.executable, "-m", "steunwijzer.server"],
    )
    logs = [(folder / f"{number}.log").open("wb") for number in range(len(commands))]
    processes = [
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        for command, log in zip(commands, logs, strict=True)
    ]
    try:
        _wait(processes, f"http://127.0.0.1:{site}/api/v1/ready", folder)
        yield Running(environment[PREFIX + "ENGINE_URL"], f"http://127.0.0.1:{site}")
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(5)
            process.kill()


def _wait(processes: list[subprocess.Popen[bytes]], address: str, folder: Path) -> None:
    until = time.monotonic() + _READY_WITHIN_SECONDS
    while not _answers(address):
        if any(process.poll() is not None for process in processes) or time.monotonic() > until:
            last = "\n".join((folder / name).read_text(errors="replace")[-600:] for name in ("0.log", "1.log"))
            raise fail(f"Steunwijzer start niet binnen {_READY_WITHIN_SECONDS:.0f} seconden:\n{last}")
        time.sleep(0.1)


def _answers(address: str) -> bool:
    try:
        return httpx.get(address, timeout=2).is_success
    except httpx.HTTPError:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
