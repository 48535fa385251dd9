"""Shared fixtures: the real engine, the real site, real databases. Each starts once per test run."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).resolve().parent.parent
ENGINE_PYTHON = ROOT / "bot" / ".venv" / "bin" / "python"


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """`tests/engine` runs in the engine's own environment (see scripts/verify.py)."""
    return True if collection_path == ROOT / "tests" / "engine" and "rasa" not in _installed() else None


def _installed() -> set[str]:
    from importlib.util import find_spec

    return {"rasa"} if find_spec("rasa") else set()


def free_port() -> int:
    """A loopback port nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str, process: subprocess.Popen[bytes], log: Path, seconds: float = 240) -> None:
    """Wait until an address answers 200; fail with the log when the program stops."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            if httpx.get(address, timeout=2).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.1)
    pytest.fail(f"{address} antwoordt niet:\n{log.read_text(errors='replace')[-3000:]}")


@dataclass
class Stack:
    """A running assistant. ``site``: address of the front office; ``engine_url``: of the engine room."""

    site: str
    engine_url: str
    engine: subprocess.Popen[bytes]
    front: subprocess.Popen[bytes]
    engine_command: list[str]
    engine_log: Path
    environment: dict[str, str]

    @property
    def host_site(self) -> str:
        """Address of a site of somebody else that may use the chat; a test serves its pages there."""
        return self.environment["STEUNWIJZER_ALLOWED_ORIGINS"]

    @property
    def branch_log(self) -> Path:
        """Where the engine notes which branches of the flows were taken."""
        return Path(self.environment["FLOW_BRANCH_LOG"])

    def kill_engine(self) -> None:
        """Pull the plug."""
        self.engine.send_signal(signal.SIGKILL)
        self.engine.wait(10)

    def restart_engine(self) -> None:
        """Start the engine again, as scripts/start.py does when it falls over."""
        with self.engine_log.open("ab") as log:
            self.engine = subprocess.Popen(self.engine_command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)
        wait_for(f"{self.engine_url}/webhooks/steunwijzer/health", self.engine, self.engine_log)


def start_stack(folder: Path) -> Iterator[Stack]:
    """Engine and front office on free ports, with a database and a directory of their own."""
    engine_port, actions_port, port, host_port = free_port(), free_port(), free_port(), free_port()
    environment = {
        **os.environ,
        "PYTHONWARNINGS": "ignore",
        "STEUNWIJZER_PORT": str(port),
        "STEUNWIJZER_ACTIONS_PORT": str(actions_port),
        "STEUNWIJZER_ENGINE_URL": f"http://127.0.0.1:{engine_port}",
        "STEUNWIJZER_DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'test.sqlite'}",
        "STEUNWIJZER_EXPORTS_PATH": str(folder / "exports"),
        "STEUNWIJZER_DIRECTORY_PATH": str(folder / "directory.sqlite"),
        "STEUNWIJZER_RATE_LIMITS": "off",
        "STEUNWIJZER_LOG_FORMAT": "json",
        "STEUNWIJZER_DEMO": "on",
        "STEUNWIJZER_ALLOWED_ORIGINS": f"http://localhost:{host_port}",
        "FLOW_BRANCH_LOG": str(folder / "takken.txt"),
    }
    subprocess.run(
        [sys.executable, "-m", "steunwijzer.directory"], cwd=ROOT, env=environment, check=True, capture_output=True
    )
    engine_command = [
        str(ENGINE_PYTHON), "-m", "bot.server", "--port", str(engine_port), "--acties", f"http://127.0.0.1:{actions_port}/webhook",
    ]  # fmt: skip
    engine_log, front_log = folder / "engine.log", folder / "front.log"
    with engine_log.open("wb") as log:
        engine = subprocess.Popen(engine_command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    with front_log.open("wb") as log:
        front = subprocess.Popen(
            [sys.executable, "-m", "steunwijzer.server"], cwd=ROOT, env=environment, stdout=log, stderr=log
        )
    engine_url, site = environment["STEUNWIJZER_ENGINE_URL"], f"http://127.0.0.1:{port}"
    stack = Stack(site, engine_url, engine, front, engine_command, engine_log, environment)
    try:
        wait_for(f"{engine_url}/webhooks/steunwijzer/health", engine, engine_log)
        wait_for(f"{site}/api/v1/ready", front, front_log)
        yield stack
    finally:
        for process in (stack.front, stack.engine):
            process.terminate()
        for process in (stack.front, stack.engine):
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The running assistant all tests share. Needs a trained model (`make setup`)."""
    yield from start_stack(tmp_path_factory.mktemp("stack"))


@pytest.fixture(scope="session")
def site(stack: Stack) -> str:
    """Address of the front office."""
    return stack.site


@pytest.fixture(scope="session")
def engine_url(stack: Stack) -> str:
    """Address of the engine room."""
    return stack.engine_url
