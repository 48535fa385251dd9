"""Brings call-back requests and closed talks to other systems, once: an outbox, a worker, and a connector for each kind of receiver."""

from steunwijzer.connectors import overview
from steunwijzer.connectors.configuration import read_plan
from steunwijzer.connectors.connector import Connector, Finding
from steunwijzer.connectors.outbox import DELIVERED, FAILED, WAITING, enqueue
from steunwijzer.connectors.parcel import CallbackAsked, TalkClosed
from steunwijzer.connectors.plan import Plan, enqueue_callback, enqueue_closed, withdraw_callbacks
from steunwijzer.connectors.readback import read_back
from steunwijzer.connectors.worker import RESULTS, Worker

__all__ = [
    "DELIVERED", "FAILED", "RESULTS", "WAITING", "CallbackAsked", "Connector", "Finding", "Plan", "TalkClosed", "Worker", "enqueue", "enqueue_callback",
    "enqueue_closed", "overview", "read_back", "read_plan", "withdraw_callbacks",
]  # fmt: skip
