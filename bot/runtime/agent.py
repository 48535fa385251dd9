"""Puts Rasa's agent together from our parts. Import only after :func:`bot.runtime.environment.prepare`."""

from __future__ import annotations

from pathlib import Path

from rasa.core.agent import Agent
from rasa.core.lock_store import InMemoryLockStore

from bot.answers.nlg import ContentNlg
from bot.nlu.reader import SpellingReader
from bot.nlu.spacy_pipeline import dutch_pipeline
from bot.nlu.spelling import Speller
from bot.runtime import actions, graph, processor
from bot.runtime.stateless import RequestTrackerStore


def load_agent(model: Path, actions_url: str) -> tuple[Agent, str]:
    """The agent, ready to play turns, and the line for the log that names the spaCy pipeline in use."""
    actions.install()
    graph.install()
    processor.install()
    agent = Agent.load(
        model_path=str(model),
        generator=ContentNlg(),
        lock_store=InMemoryLockStore(),
        action_endpoint=actions.ActionEndpoint(actions_url),
    )
    assert agent.processor is not None
    # Rasa wraps every tracker store in one that hides errors; ours goes in without it.
    agent.processor.tracker_store = RequestTrackerStore(agent.processor.domain)
    return agent, dutch_pipeline()[1]


def speller_of(agent: Agent) -> Speller:
    """What the loaded model knows of spelling."""
    assert agent.processor is not None
    assert isinstance(agent.processor.graph_runner, graph.OrderedGraphRunner)
    return agent.processor.graph_runner.component(SpellingReader).speller
