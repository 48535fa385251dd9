"""Conversations of residents: the chat API and everything that happens behind it."""

from steunwijzer.chat.errors import ChatError
from steunwijzer.chat.service import ChatService

__all__ = ["ChatError", "ChatService"]
