"""`make start`, as a newcomer meets it: a taken port, a part that falls over, Ctrl-C."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest

from tests.conftest import ROOT, free_port

START = [sys.executable, str(ROOT / "scripts" / "start.py")]
pytestmark = [pytest.mark.engine, pytest.mark.slow]


def test_a_taken_port_says_what_to_do() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = subprocess.run(START, env={**os.environ, "PORT": str(port)}, capture_output=True, text=True)
    assert result.returncode == 1
    assert f"Poort {port} is bezet" in result.stderr
    assert f"PORT={port + 1} make start" in result.stderr


def test_a_port_that_is_no_number() -> None:
    result = subprocess.run(START, env={**os.environ, "PORT": "tachtig"}, capture_output=True, text=True)
    assert result.returncode == 1
    assert "PORT moet een getal zijn" in result.stderr


class Started:
    """A running `make start`, with what it printed."""

    def __init__(self) -> None:
        self.port = free_port()
        environment = {**os.environ, "PORT": str(self.port), "STEUNWIJZER_RATE_LIMITS": "off", "PYTHONUNBUFFERED": "1"}
        self.process = subprocess.Popen(
            START, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self.lines: list[str] = []
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout
        self.lines += self.process.stdout

    def wait_for(self, words: str, seconds: float = 90) -> None:
        until = time.monotonic() + seconds
        while not any(words in line for line in self.lines):
            assert time.monotonic() < until, "".join(self.lines)
            assert self.process.poll() is None, "".join(self.lines)
            time.sleep(0.1)

    def engine_pid(self) -> int:
        return int(Path(ROOT / "var" / "log" / "machinekamer.pid").read_text(encoding="utf-8"))


def test_it_starts_mends_itself_and_stops_everything_on_ctrl_c() -> None:
    started = Started()
    try:
        started.wait_for("Steunwijzer staat klaar: http://127.0.0.1:")
        started.wait_for("steunwijzer collega maak")
        assert httpx.get(f"http://127.0.0.1:{started.port}/api/v1/ready").status_code == 200
        assert "Steunwijzer" in httpx.get(f"http://127.0.0.1:{started.port}/").text
        first = started.engine_pid()
        os.kill(first, signal.SIGKILL)
        started.wait_for("viel om en start opnieuw", 30)
        assert started.engine_pid() != first
    finally:
        started.process.send_signal(signal.SIGINT)
        assert started.process.wait(90) == 0
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"http://127.0.0.1:{started.port}/")
    with pytest.raises(ProcessLookupError):
        os.kill(started.engine_pid(), 0)
