"""Counters of ended hand-overs and call-backs, written once, which stay when the talks themselves are gone. No person is in them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import and_, or_, select, update

from steunwijzer.clock import NETHERLANDS
from steunwijzer.history.consent import WITHDRAWN
from steunwijzer.store import CallbackRequest, Database, HandoverCase

# Upper bounds of the waiting times that are told apart, in seconds.
BOUNDS = (15, 30, 60, 120, 180, 300, 600, 900, 1800, 3600, 7200, 14400, 28800, 86400)
LONGER = "langer"
UNKNOWN = "onbekend"
ASKED, TAKEN, WAITED, GIVEN_BACK, OUTCOME = (
    "balie_gevraagd", "balie_opgepakt", "balie_wacht", "balie_teruggegeven", "balie_uitkomst",
)  # fmt: skip
WAIT_PROMISED, WAIT_KEPT = "balie_beloofd", "balie_op_tijd"
CALL_ASKED, CALLED, PROMISED, KEPT = "terugbel_gevraagd", "terugbel_gebeld", "terugbel_beloofd", "terugbel_op_tijd"
_FINISHED = ("gebeld", "vervallen")
_WITHOUT_PROMISE = timedelta(days=7)
_AT_ONCE = 200
_TOPIC = 40
Counted = list[tuple[str, str]]


async def count_ended(database: Database, now: datetime) -> int:
    """Count what ended and was not counted yet; also a call-back whose promise has passed. Returns how many."""
    done = 0
    while True:
        async with database.transaction() as session:
            some = (
                select(HandoverCase.id).where(~HandoverCase.counted, HandoverCase.ended_at.is_not(None)).limit(_AT_ONCE)
            )
            marked = update(HandoverCase).where(HandoverCase.id.in_(some), ~HandoverCase.counted).values(counted=True)
            cases = list(await session.scalars(marked.returning(HandoverCase)))
            for case in cases:
                await database.count(session, _day(case.asked_at), case.gemeente, _of_case(case))
            late = or_(
                CallbackRequest.promised_until < now,
                and_(CallbackRequest.promised_until.is_(None), CallbackRequest.created_at < now - _WITHOUT_PROMISE),
            )
            ready = or_(
                CallbackRequest.status.in_(_FINISHED), and_(CallbackRequest.status != "wacht_op_gegevens", late)
            )
            some = select(CallbackRequest.id).where(~CallbackRequest.counted, ready).limit(_AT_ONCE)
            marked_calls = (
                update(CallbackRequest)
                .where(CallbackRequest.id.in_(some), ~CallbackRequest.counted)
                .values(counted=True)
            )
            calls = list(await session.scalars(marked_calls.returning(CallbackRequest)))
            for call in calls:
                await database.count(session, _day(call.created_at), call.gemeente, _of_call(call))
        done += len(cases) + len(calls)
        if len(cases) < _AT_ONCE and len(calls) < _AT_ONCE:
            return done


def bucket(seconds: float) -> str:
    """The bound a waiting time stays under, as text."""
    return next((str(bound) for bound in BOUNDS if seconds <= bound), LONGER)


def _of_case(case: HandoverCase) -> Counted:
    topic = _topic(case.topic)
    counted = [(ASKED, topic), (OUTCOME, f"{topic}|{(case.outcome or case.state)[:30]}")]
    if case.claimed_at is not None and case.outcome != WITHDRAWN:
        waited = (case.claimed_at - case.asked_at).total_seconds()
        counted += [(TAKEN, topic), (WAITED, f"{topic}|{bucket(waited)}")]
    if case.state == "teruggegeven":
        counted.append((GIVEN_BACK, topic))
    return [*counted, *_of_waiting_promise(case, topic)]


def _of_waiting_promise(case: HandoverCase, topic: str) -> Counted:
    """Whether a colleague wrote within the waiting time the resident was told; who left before that was not let down."""
    if case.promised_minutes is None or (case.first_reply_at is None and case.outcome == WITHDRAWN):
        return []
    until = case.asked_at + timedelta(minutes=case.promised_minutes)
    kept = case.first_reply_at is not None and case.first_reply_at <= until
    return [(WAIT_PROMISED, topic), *([(WAIT_KEPT, topic)] if kept else [])]


def _of_call(call: CallbackRequest) -> Counted:
    topic = _topic(call.topic)
    counted = [(CALL_ASKED, topic)]
    called = call.status == "gebeld"
    if called:
        counted.append((CALLED, topic))
    # Who no longer wants to be called was not let down.
    withdrawn = call.status == "vervallen" and call.handled_by is None
    if call.promised_until is not None and not withdrawn:
        counted.append((PROMISED, topic))
        if called and call.handled_at is not None and call.handled_at <= call.promised_until:
            counted.append((KEPT, topic))
    return counted


def _topic(topic: str | None) -> str:
    return (topic or UNKNOWN).replace("|", "")[:_TOPIC]


def _day(at: datetime) -> date:
    return at.astimezone(NETHERLANDS).date()
