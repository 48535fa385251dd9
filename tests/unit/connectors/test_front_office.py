"""The real front office: a number left in the chat reaches the receiver by itself; what is not complete stops the start."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.conftest import ROOT, free_port, wait_for
from tests.unit.connectors.receiver import SECRET, Receiver


def environment(folder: Path, **given: str) -> dict[str, str]:
    own = {
        "DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'test.sqlite'}", "PORT": str(free_port()), "ACTIONS_PORT": str(free_port()),
        "ENGINE_URL": f"http://127.0.0.1:{free_port()}", "SECRET_KEY": "een geheim van de tests, lang genoeg", "CONNECTORS": "webhook",
    }  # fmt: skip
    return {**os.environ, **{f"STEUNWIJZER_{name}": value for name, value in {**own, **given}.items()}}


@pytest.fixture
def given(tmp_path: Path, receiver: Receiver) -> dict[str, str]:
    return environment(tmp_path, WEBHOOK_URL=receiver.url, WEBHOOK_SECRET=SECRET)


@pytest.fixture
def site(tmp_path: Path, given: dict[str, str]) -> Iterator[str]:
    """Address of a front office that delivers to the receiver; there is no engine."""
    address, log = f"http://127.0.0.1:{given['STEUNWIJZER_PORT']}", tmp_path / "front.log"
    with log.open("wb") as file:
        front = subprocess.Popen(
            [sys.executable, "-m", "steunwijzer.server"], cwd=ROOT, env=given, stdout=file, stderr=file
        )
    try:
        wait_for(f"{address}/api/v1/openapi.json", front, log)
        yield address
    finally:
        front.terminate()
        front.wait(20)
    assert "0612345678" not in log.read_text(errors="replace")
    assert "31612345678" not in log.read_text(errors="replace")


def test_a_number_left_in_the_chat_reaches_the_receiver(site: str, receiver: Receiver) -> None:
    with httpx.Client(base_url=f"{site}/api/v1", timeout=30) as client:
        begun = client.post("/conversations", json={"gemeente": "GM9999"}).json()
        client.headers["Authorization"] = f"Bearer {begun['token']}"
        body = {"consent": True, "include": ["onderwerp"], "callback": {"name": "A. Jansen", "phone": "0612345678"}}
        assert client.post(f"/conversations/{begun['id']}/handover", json=body).status_code == 200
    assert receiver.arrived.wait(60)
    ((_, message),) = receiver.posts
    assert message["data"]["gesprek"] == begun["id"]
    assert message["data"]["telefoon"] == "+31612345678"


def test_deliveries_are_counted_from_the_start(site: str, given: dict[str, str]) -> None:
    page = httpx.get(f"http://127.0.0.1:{given['STEUNWIJZER_ACTIONS_PORT']}/metrics").text
    for result in ("afgeleverd", "later", "mislukt"):
        assert f'steunwijzer_deliveries_total{{connector="webhook",result="{result}"}} 0.0' in page


def test_a_connector_that_is_not_complete_stops_the_start(tmp_path: Path) -> None:
    given = environment(tmp_path, WEBHOOK_URL="https://haak.example.nl")
    ended = subprocess.run(
        [sys.executable, "-m", "steunwijzer.server"], cwd=ROOT, env=given, capture_output=True, text=True, timeout=120
    )
    assert ended.returncode == 1
    assert "STEUNWIJZER_WEBHOOK_SECRET is leeg" in ended.stderr
