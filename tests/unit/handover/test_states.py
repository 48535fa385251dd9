"""Whatever residents and colleagues do in whatever order: no impossible state, never two owners, and the bot silent meanwhile."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Awaitable
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select

from steunwijzer.chat import ChatError
from steunwijzer.handover import WITH_A_HUMAN, HandoverError
from steunwijzer.handover.cases import LEASE
from steunwijzer.handover.rules import TRANSITIONS
from steunwijzer.store import Database, HandoverCase
from tests.unit.handover.resident import GEMEENTE, Site

COLLEAGUES = st.integers(0, 2)
REFUSED = "geweigerd"


class HandOver(RuleBasedStateMachine):
    """One resident and three colleagues; the model only remembers what each case was before."""

    @initialize()
    def begin(self) -> None:
        self.runner = asyncio.Runner()
        self.folder = tempfile.TemporaryDirectory()
        self.database = Database(f"sqlite+aiosqlite:///{Path(self.folder.name) / 'staten.sqlite'}")
        self.run(self.database.migrate())
        self.site = Site(self.database)
        self.staff = [self.run(self.site.colleague(f"Collega {n}", GEMEENTE)) for n in range(3)]
        self.resident = self.run(self.site.resident())
        self.before: dict[str, str] = {}
        self.present()

    def run(self, doing: Awaitable[Any]) -> Any:
        return self.runner.run(doing)  # type: ignore[arg-type]

    def attempt(self, doing: Awaitable[Any]) -> Any:
        try:
            return self.run(doing)
        except (HandoverError, ChatError):
            return REFUSED

    def present(self) -> None:
        for who in self.staff:
            self.run(self.site.presences.seen(who, GEMEENTE))

    @property
    def found(self) -> list[HandoverCase]:
        async def read() -> list[HandoverCase]:
            async with self.database.transaction() as session:
                return list(await session.scalars(select(HandoverCase).order_by(HandoverCase.asked_at)))

        return list(self.run(read()))

    @property
    def newest(self) -> str:
        return self.found[-1].id if self.found else "geen"

    @rule()
    def say(self) -> None:
        status, asked = self.run(self.resident.status()), len(self.site.engine.asked)
        answer = self.attempt(self.resident.say("ik zoek hulp"))
        silent = status in WITH_A_HUMAN or status == "afgesloten"
        assert len(self.site.engine.asked) == (asked if silent else asked + 1)
        if status in WITH_A_HUMAN:
            assert answer["messages"] == []
        assert (answer == REFUSED) == (status == "afgesloten")

    @rule()
    def ask(self) -> None:
        status = self.run(self.resident.status())
        answer = self.attempt(self.resident.ask())
        assert (answer == REFUSED) == (status in {"in_gesprek", "afgesloten"})

    @rule()
    def withdraw(self) -> None:
        status = self.run(self.resident.status())
        answer = self.attempt(self.resident.withdraw())
        assert answer == REFUSED if status in {"in_gesprek", "afgesloten"} else answer["status"] not in WITH_A_HUMAN

    @rule()
    def call_back(self) -> None:
        self.attempt(self.resident.call_me())

    @rule(number=COLLEAGUES)
    def claim(self, number: int) -> None:
        who, case = self.staff[number], next(iter(self.found[::-1]), None)
        free = case is not None and (
            case.state == "wachtrij"
            or (case.state == "in_gesprek" and (case.claimed_by == who.id or case.claim_until < self.site.moment))
        )
        taken = self.attempt(self.site.cases.claim(who, self.newest))
        assert (taken != REFUSED) == free

    @rule()
    def claim_all_at_once(self) -> None:
        case = next(iter(self.found[::-1]), None)

        newest = self.newest

        async def everybody() -> list[Any]:
            tries = (self.site.cases.claim(who, newest) for who in self.staff)
            return await asyncio.gather(*tries, return_exceptions=True)

        won = [one for one in self.run(everybody()) if not isinstance(one, HandoverError)]
        # Everybody tries: whoever has it already keeps it, else one gets it.
        assert len(won) == (1 if case is not None and case.state in WITH_A_HUMAN else 0)

    @rule(
        number=COLLEAGUES,
        act=st.sampled_from(["reply", "release", "give_back", "close", "renew", "team", "colleague", "contact"]),
    )
    def work(self, number: int, act: str) -> None:
        who, case = self.staff[number], next(iter(self.found[::-1]), None)
        own = case is not None and case.state == "in_gesprek" and case.claimed_by == who.id
        cases, newest, other = self.site.cases, self.newest, self.staff[(number + 1) % 3]
        acts: dict[str, Any] = {
            "reply": lambda: cases.reply(who, newest, "Ik kijk even."),
            "release": lambda: cases.release(who, newest),
            "give_back": lambda: cases.give_back(who, newest),
            "close": lambda: cases.close(who, newest, "beantwoord"),
            "renew": lambda: cases.renew(who, newest),
            "team": lambda: cases.to_team(who, newest, "Jeugd"),
            "colleague": lambda: cases.to_colleague(who, newest, other.id),
            "contact": lambda: cases.ask_contact(who, newest, ["naam"]),
        }
        assert (self.attempt(acts[act]()) != REFUSED) == own

    @rule(seconds=st.sampled_from([10, 60, int(LEASE.total_seconds()) + 1]))
    def time_passes(self, seconds: int) -> None:
        self.site.moment += timedelta(seconds=seconds)
        self.present()

    @rule()
    def tidy(self) -> None:
        self.run(self.site.cases.free_lost())
        assert not [c for c in self.found if c.state == "in_gesprek" and c.claim_until < self.site.moment]

    @rule()
    def start_anew(self) -> None:
        if self.run(self.resident.status()) == "afgesloten":
            self.resident = self.run(self.site.resident())

    @invariant()
    def all_is_possible(self) -> None:
        if not hasattr(self, "resident"):
            return
        own = [case for case in self.found if case.conversation_id == self.resident.id]
        going = [case for case in own if case.state in WITH_A_HUMAN]
        status = self.run(self.resident.status())
        assert len(going) <= 1
        assert [case.state for case in going] == ([status] if status in WITH_A_HUMAN else [])
        for case in self.found:
            assert (case.claimed_by is not None and case.claim_until is not None) or case.state != "in_gesprek"
            assert case.claimed_by is None or case.state != "wachtrij"
            assert (case.ended_at is not None) == (case.state not in WITH_A_HUMAN)
            earlier = self.before.get(case.id, case.state)
            # Several steps lie between two looks only when colleagues acted at once; each of those ends in a talk.
            assert case.state == earlier or case.state in TRANSITIONS[earlier]
            self.before[case.id] = case.state

    def teardown(self) -> None:
        if hasattr(self, "runner"):
            self.run(self.database.close())
            self.runner.close()
            self.folder.cleanup()


HandOver.TestCase.settings = settings(
    max_examples=8, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
test_hand_over_states = HandOver.TestCase
