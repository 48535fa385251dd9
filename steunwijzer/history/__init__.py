"""Conversations that residents passed on, found back: search, one talk, exports, and numbers that stay."""

from steunwijzer.history.keeping_up import keep_up
from steunwijzer.history.search import PAGE, Filter, Found, Page, count, search
from steunwijzer.history.talk import Talk, conversation

__all__ = ["PAGE", "Filter", "Found", "Page", "Talk", "conversation", "count", "keep_up", "search"]
