"""The engine, spoken to directly; and, after the conversations, how many branches of the flows they took.

A run of this whole folder fails when some branch was not taken: a branch that nobody walks is not known to end well.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from bot.flows import load_flows
from tests.conftest import ROOT, Stack

# So many that are missing are named without ``-v`` too.
_FEW = 30
TAKEN = pytest.StashKey[set[str]]()


def all_branches() -> set[str]:
    """Every branch there is, as the engine notes it: ``flow step number``."""
    return {
        f"{flow.id} {step.id} {number}"
        for flow in load_flows(ROOT / "data" / "flows").values()
        for step in flow.steps.values()
        if step.kind != "link"
        for number in range(len(step.next))
    }


@pytest.fixture(scope="module")
def client(engine_url: str) -> Iterator[httpx.Client]:
    """To the engine, as the front office is."""
    with httpx.Client(base_url=engine_url, timeout=20) as client:
        yield client


@pytest.fixture(scope="session", autouse=True)
def branches_taken(stack: Stack, pytestconfig: pytest.Config) -> Iterator[None]:
    """Read the engine's notes while its folder is still there."""
    yield
    log = stack.branch_log
    pytestconfig.stash[TAKEN] = set(log.read_text(encoding="utf-8").splitlines()) if log.exists() else set()


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """All of them, when all conversations were held."""
    here = set(Path(__file__).parent.glob("test_*.py"))
    held = here <= {item.path for item in session.items} and not session.config.option.keyword
    if held and exitstatus == pytest.ExitCode.OK and all_branches() - session.config.stash.get(TAKEN, set()):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """One line, and every branch that no conversation took."""
    taken = config.stash.get(TAKEN, None)
    if taken is None:
        return
    every = all_branches()
    terminalreporter.write_sep("-", "takken van de gesprekken")
    terminalreporter.write_line(
        f"{len(taken & every)} van {len(every)} takken genomen ({len(taken & every) / len(every):.0%})"
    )
    for branch in sorted(every - taken) if config.option.verbose > 0 or len(every - taken) < _FEW else ():
        terminalreporter.write_line(f"  niet genomen: {branch}")
