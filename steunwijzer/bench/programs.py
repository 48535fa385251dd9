"""Starts a program, waits until it answers, and says how much memory it and its children hold."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

READY_WITHIN_SECONDS = 300.0


class BenchError(RuntimeError):
    """A measured program does not start, or does not answer. The message is Dutch and names its log."""


@dataclass(frozen=True)
class Running:
    """Programs that together make one assistant. ``ready_seconds``: from start to first real answer."""

    processes: Sequence[subprocess.Popen[bytes]]
    ready_seconds: float

    def memory_mb(self) -> float:
        """Proportional set size of all processes and their children, in megabytes (10^6 bytes)."""
        total = 0
        for process in self.processes:
            family = psutil.Process(process.pid)
            total += sum(member.memory_full_info().pss for member in [family, *family.children(recursive=True)])
        return total / 1e6


def free_port() -> int:
    """A loopback port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def running(
    commands: Mapping[str, Sequence[str]], folder: Path, logs: Path, ready: Callable[[], bool], extra: Mapping[str, str]
) -> Iterator[Running]:
    """Start all ``commands``, wait for ``ready``, and stop them afterwards. Raises :class:`BenchError`."""
    logs.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "PYTHONWARNINGS": "ignore", "TF_CPP_MIN_LOG_LEVEL": "3", **extra}
    started = time.monotonic()
    processes = []
    try:
        for name, command in commands.items():
            log = (logs / f"{name}.log").open("wb")
            processes.append(subprocess.Popen(list(command), cwd=folder, env=environment, stdout=log, stderr=log))
        while not ready():
            if (
                any(process.poll() is not None for process in processes)
                or time.monotonic() - started > READY_WITHIN_SECONDS
            ):
                raise BenchError(f"Een van {', '.join(commands)} start niet; kijk in {logs}.")
            time.sleep(0.1)
        yield Running(processes, time.monotonic() - started)
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)
            process.kill()


def answers(url: str, **options: object) -> bool:
    """Whether a request gets a good answer with content."""
    try:
        reply = httpx.request(str(options.pop("method", "GET")), url, timeout=5, **options)  # type: ignore[arg-type]
    except httpx.HTTPError:
        return False
    return reply.is_success and bool(reply.content) and reply.text != "[]"
