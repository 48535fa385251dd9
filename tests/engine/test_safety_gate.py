"""The gate looks closer at a message of more sentences: what one of them says does not drown in the others."""

from __future__ import annotations

import asyncio

import numpy as np
import pytest
from rasa.core.agent import Agent

from bot.channel.turn import parse_only
from bot.nlu.encoder_package import encoder_version
from bot.nlu.safety.examples import CALM
from bot.nlu.safety_gate import SafetyGate
from bot.nlu.sentence_encoder import embed
from bot.runtime.agent import load_agent
from bot.server import newest_model

pytestmark = pytest.mark.skipif(encoder_version() is None, reason="de zinscodering is hier niet geïnstalleerd")

REQUEST = ["Ik wil een traplift aanvragen voor mijn moeder.", "Hoe lang duurt dat?", "En wie komt er kijken?"]
DANGER = "Zij ligt nu bloedend onderaan de trap en zegt niets meer."


@pytest.fixture(scope="module")
def agent() -> Agent:
    model = newest_model()
    assert model is not None, "er is geen model; 'make train' maakt het"
    return load_agent(model, "http://127.0.0.1:1")[0]


@pytest.fixture(scope="module")
def gate(agent: Agent) -> SafetyGate:
    assert agent.processor is not None
    return agent.processor.graph_runner.component(SafetyGate)  # type: ignore[attr-defined,no-any-return]


def closer(gate: SafetyGate, danger: float, parts: list[str]) -> float:
    """The chance of danger after the closer look at a message that had ``danger`` as a whole."""
    assert gate._ensemble is not None
    labels = gate._ensemble.labels
    row = np.full(len(labels), danger / (len(labels) - 1))
    row[labels.index(CALM)] = 1 - danger
    return float(1 - gate._closer(row, labels.index(CALM), embed(parts))[labels.index(CALM)])


def test_one_dangerous_sentence_among_calm_ones_counts(gate: SafetyGate) -> None:
    assert closer(gate, 0.3, [*REQUEST[:1], DANGER, *REQUEST[1:]]) > 0.5


def test_a_sentence_that_is_as_good_as_sure_counts_fully(gate: SafetyGate) -> None:
    alone = closer(gate, 0.01, [DANGER])
    assert alone > 0.9
    assert closer(gate, 0.01, [*REQUEST, DANGER]) == pytest.approx(alone, abs=0.02)


def test_calm_sentences_do_not_make_danger(gate: SafetyGate) -> None:
    assert closer(gate, 0.3, REQUEST) == pytest.approx(0.3)


LETTER = ["Ik wil graag weten wanneer de bibliotheek open is."] * 20


def looked_at(agent: Agent, gate: SafetyGate, monkeypatch: pytest.MonkeyPatch, text: str) -> int:
    """How many sentences of ``text`` get a look of their own."""
    looked = [0]
    monkeypatch.setattr(gate, "_closer", lambda row, calm, vectors: looked.append(len(vectors)) or row)
    asyncio.run(parse_only(agent, text))
    return looked[-1]


def test_of_a_long_letter_only_the_pieces_that_are_not_surely_calm_are_looked_at(
    agent: Agent, gate: SafetyGate, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert looked_at(agent, gate, monkeypatch, " ".join(LETTER)) == 0
    assert 1 <= looked_at(agent, gate, monkeypatch, " ".join([*LETTER, DANGER])) < len(LETTER)


@pytest.mark.parametrize(
    "text",
    ["Wat is een pgb?", "Wat is een pgb? En wat kost het?", "Mijn man slaat mij elke dag. Ik ben bang voor hem."],
)
def test_what_is_surely_calm_or_surely_danger_needs_no_second_look(
    agent: Agent, gate: SafetyGate, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    assert looked_at(agent, gate, monkeypatch, text) == 0
