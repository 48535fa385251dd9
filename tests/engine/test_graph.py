"""Our runner gives what Rasa's own (Dask) runner gives, on the model in use."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER, MessageProcessor
from rasa.engine.runner.dask import DaskGraphRunner

from bot.runtime import graph
from bot.runtime.graph import OrderedGraphRunner
from bot.server import newest_model

SENTENCES = ["wat is een pgb", "ik kom de trap niet meer op", "ik wil niet meer leven", "???"]


@pytest.fixture(scope="module")
def loaded() -> tuple[OrderedGraphRunner, str]:
    """The runner of the newest model, and the name of the last node of understanding."""
    model = newest_model()
    assert model is not None, "er is geen model; 'make train' maakt het"
    graph.install()
    _, metadata, runner = MessageProcessor._load_model(model)
    assert isinstance(runner, OrderedGraphRunner)
    return runner, metadata.nlu_target


@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_same_as_dask(loaded: tuple[OrderedGraphRunner, str], sentence: str) -> None:
    runner, target = loaded

    def understand(run: Any) -> dict[str, Any]:
        inputs = {PLACEHOLDER_MESSAGE: [UserMessage(sentence)], PLACEHOLDER_TRACKER: None}
        return dict(run(runner, inputs=inputs, targets=[target])[target][0].as_dict(only_output_properties=True))

    assert understand(OrderedGraphRunner.run) == understand(DaskGraphRunner.run)
