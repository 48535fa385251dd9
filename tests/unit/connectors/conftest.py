"""A receiver, a plan that delivers to it, and a clock."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from steunwijzer.connectors import Plan
from tests.unit.connectors.parcels import Time, webhook_plan
from tests.unit.connectors.receiver import Receiver, running


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with running(Receiver()) as receiver:
        yield receiver


@pytest.fixture
def plan(receiver: Receiver, time: Time) -> Plan:
    return webhook_plan(receiver.url, time)
