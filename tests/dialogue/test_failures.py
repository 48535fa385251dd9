"""What residents hear when a part is really down: the store with local help, or the server of the actions."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.conftest import ENGINE_PYTHON, ROOT, Stack, free_port, wait_for
from tests.dialogue.turns import keys, say, send

pytestmark = pytest.mark.engine


@pytest.fixture
def without_store(stack: Stack) -> Iterator[None]:
    """The file with local help is gone for a moment."""
    store = Path(stack.environment["STEUNWIJZER_DIRECTORY_PATH"])
    away = store.rename(store.with_suffix(".weg"))
    yield
    away.rename(store)


@pytest.fixture(scope="module")
def alone(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """An engine that cannot reach the actions: nobody listens at their address."""
    port, nobody = free_port(), free_port()
    command = [str(ENGINE_PYTHON), "-m", "bot.server", "--port", str(port), "--acties", f"http://127.0.0.1:{nobody}/webhook"]  # fmt: skip
    log = tmp_path_factory.mktemp("alleen") / "engine.log"
    with log.open("wb") as out:
        engine = subprocess.Popen(command, cwd=ROOT, env=stack.environment, stdout=out, stderr=out)
    try:
        wait_for(f"http://127.0.0.1:{port}/webhooks/steunwijzer/health", engine, log)
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=20) as client:
            yield client
    finally:
        engine.terminate()
        engine.wait(10)


def test_without_the_store_the_topic_goes_on_with_a_phone_number(client: httpx.Client, without_store: None) -> None:
    reply = say(client, "ik zoek hulp in huis")
    assert "utter_opties_storing" in keys(reply)
    assert "utter_clientondersteuning_en_melding" in keys(reply)
    assert "14 0999" in " ".join(message["text"] for message in reply["messages"])


def test_without_the_store_a_search_and_a_wish_say_so(client: httpx.Client, without_store: None) -> None:
    reply = send(client, {"type": "choice", "payload": "/lokale_opties"}, {"slots": {"thema": "ontmoeting"}})
    assert keys(reply) == ["utter_opties_storing", "utter_lokale_opties_storing"]
    again = send(client, {"type": "choice", "payload": "/opties_meer"}, reply["state"])
    assert keys(again) == ["utter_opties_storing", "utter_lokale_opties_storing"]


def test_without_the_actions_a_list_is_missed_but_the_rest_is_said(alone: httpx.Client) -> None:
    said = keys(say(alone, "ik zoek hulp in huis"))
    assert said[:2] == ["utter_huishoudelijke_hulp", "utter_opties_storing"]
    assert "utter_clientondersteuning_en_melding" in said


@pytest.mark.parametrize(
    "words", ["ik wil een mens spreken", "ik heb op 3 november een melding gedaan, wanneer hoor ik iets"]
)
def test_without_the_actions_there_is_an_apology_and_a_phone_number(alone: httpx.Client, words: str) -> None:
    reply = say(alone, words)
    assert keys(reply)[-1] == "utter_interne_fout"
    assert "14 0999" in reply["messages"][-1]["text"]
    assert not (reply["flow"] or {}).get("step") or reply["flow"]["step"] == "END"
