"""Storage of conversations, call-back requests and counters, on SQLite or PostgreSQL."""

from steunwijzer.store.database import Database, DatabaseBusy
from steunwijzer.store.decisions import DOORS, closed_doors, decisions, everything_of, set_door, set_hold
from steunwijzer.store.deletion import delete_conversation, deletions
from steunwijzer.store.desk_tables import (
    AuditEntry,
    AuditHead,
    AuditSeal,
    Colleague,
    Delivery,
    DeskSession,
    ExportJob,
    HandoverCase,
    HistoryEntry,
    Judgement,
    Label,
    MaskedValue,
    Membership,
    Note,
    Presence,
    SearchWord,
)
from steunwijzer.store.messages import FILLED_IN, Drafted, add_messages, form_filled_in, form_is_open, lock_conversation
from steunwijzer.store.tables import CallbackRequest, Choice, Conversation, Decision, Deletion, Message, Statistic, Turn

__all__ = [
    "DOORS", "FILLED_IN", "AuditEntry", "AuditHead", "AuditSeal", "CallbackRequest", "Choice", "Colleague", "Conversation", "Database", "DatabaseBusy", "Decision", "Deletion", "Delivery",
    "DeskSession", "Drafted", "ExportJob", "HandoverCase", "HistoryEntry", "Judgement", "Label", "MaskedValue", "Membership", "Message", "Note",
    "Presence", "SearchWord", "Statistic", "Turn", "add_messages", "closed_doors", "decisions", "delete_conversation", "deletions",
    "everything_of", "form_filled_in", "form_is_open", "lock_conversation", "set_door", "set_hold",
]  # fmt: skip
