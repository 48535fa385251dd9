"""What a turn of the assistant means for a hand-over: who asked for a human, why, and what is said about it."""

from __future__ import annotations

from collections.abc import Iterable

from steunwijzer.chat.texts import Texts
from steunwijzer.chat.understood import doubted
from steunwijzer.engine import Event, Reply
from steunwijzer.handover import Rules, Staffing
from steunwijzer.handover.rules import BY_TOPIC, DANGER, ON_REQUEST, PERHAPS_DANGER
from steunwijzer.handover.summary import note_topic, spoken_to
from steunwijzer.store import Conversation
from steunwijzer.store.messages import Drafted

WITH_THE_ASSISTANT = frozenset({"bot", "teruggegeven", "gevraagd"})
ASKED = "gevraagd"
ASKS_FOR_A_HUMAN = frozenset({"handover_requested", "handover_resumed"})


def note_requests(
    conversation: Conversation, reply: Reply, rules: Rules, staffing: Staffing, texts: Texts
) -> list[Drafted]:
    """Keep why a human is wanted; nothing is passed on before the resident agrees. Returns what is said after the turn.

    When nobody is there the assistant itself says why, with the form to be called back (``medewerker_spreken``), and goes on: there
    is nothing to agree to. So does who begins about something else instead of agreeing. A call-back that was arranged stays what
    it is, unless somebody is there now.
    """
    note_topic(conversation, rules)
    found = reply.events
    asked = next((event for event in found if event.type in ASKS_FOR_A_HUMAN), None)
    danger = next((event.danger for event in found if event.type == "crisis"), None)
    if danger:
        conversation.summary = {**conversation.summary, DANGER: danger}
    doubt = doubted(reply, rules)
    if doubt is not None:
        conversation.summary = {**conversation.summary, PERHAPS_DANGER: doubt}
    if asked is None and conversation.status == ASKED and _began(found, rules):
        conversation.status = "bot"
    may = conversation.status in WITH_THE_ASSISTANT or (conversation.status == "terugbelverzoek" and staffing.staffed)
    if asked is not None and may:
        # Asked before, when the municipality was not known: the reason is still that one.
        want_human(conversation, asked.reason or str(conversation.summary.get("reden") or ON_REQUEST), staffing)
    elif staffing.staffed and _at_once(conversation, found, rules):
        want_human(conversation, BY_TOPIC, staffing)
        return [
            Drafted("systeem", texts.say("utter_meteen_een_mens", conversation.gemeente, **spoken_to(conversation)))
        ]
    return []


def _at_once(conversation: Conversation, events: Iterable[Event], rules: Rules) -> bool:
    """A topic that goes to a human when somebody is there has said all: no question of it stands open, no number comes after it."""
    said = any(event.type == "flow_completed" and event.flow in rules.at_once for event in events)
    return said and conversation.status in {"bot", "teruggegeven"}


def _began(events: Iterable[Event], rules: Rules) -> bool:
    """Another topic began, which is not about the talk itself."""
    return any(event.type == "flow_started" and event.flow not in rules.no_topic for event in events)


def want_human(conversation: Conversation, reason: str, staffing: Staffing) -> None:
    """A human is wanted; when somebody is there the resident is shown what would be passed on."""
    conversation.status = ASKED if staffing.staffed else "bot"
    conversation.summary = {**conversation.summary, "reden": reason}
