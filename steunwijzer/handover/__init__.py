"""Bringing a resident to a human: the queue, talks of colleagues, who is there, and call-back requests.

The desk builds its pages on :class:`Cases` (acts), :class:`Lists` (what is seen), :class:`Callbacks` and :class:`Presences`,
all made from one :class:`Desk`; the chat uses :mod:`steunwijzer.handover.asking` and :mod:`steunwijzer.handover.summary`.
"""

from steunwijzer.handover.callbacks import Callbacks, CallbackStore
from steunwijzer.handover.cases import CONTACT_FIELDS, RENEW_EVERY, Cases
from steunwijzer.handover.desk import Desk, Say, first_name
from steunwijzer.handover.errors import HandoverError, Refusal
from steunwijzer.handover.live import DeskLive
from steunwijzer.handover.overview import Board, Entry, Overview
from steunwijzer.handover.reading import Lists, Opened
from steunwijzer.handover.rules import WITH_A_HUMAN, Rules
from steunwijzer.handover.staffing import Presences, Staffing, Waiting
from steunwijzer.handover.summary import FIELDS

__all__ = [
    "CONTACT_FIELDS", "FIELDS", "RENEW_EVERY", "WITH_A_HUMAN", "Board", "CallbackStore", "Callbacks", "Cases", "Desk", "DeskLive",
    "Entry", "HandoverError", "Lists", "Opened", "Overview", "Presences", "Refusal", "Rules", "Say", "Staffing", "Waiting", "first_name",
]  # fmt: skip
