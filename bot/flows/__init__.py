"""Conversations as data: reads ``data/flows``, checks it, walks it. Pure: no Rasa, so the studio may read it too.

The format is the part of Rasa's CALM flows that needs no language model (docs/adr/0002-calm-flows-op-rasa-open-source.md).
"""

from bot.flows.engine import Decision, FlowEngine
from bot.flows.loader import load_flows
from bot.flows.model import Flow
from bot.flows.validator import Known, Problem, validate

__all__ = ["Decision", "Flow", "FlowEngine", "Known", "Problem", "load_flows", "validate"]
