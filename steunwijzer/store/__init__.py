"""Storage of conversations, call-back requests and counters, on SQLite or PostgreSQL."""

from steunwijzer.store.database import Database
from steunwijzer.store.tables import CallbackRequest, Choice, Conversation, Message, Statistic, Turn

__all__ = ["CallbackRequest", "Choice", "Conversation", "Database", "Message", "Statistic", "Turn"]
