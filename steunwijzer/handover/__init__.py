"""Bringing a resident to a human: call-back requests."""

from steunwijzer.handover.callbacks import CallbackStore

__all__ = ["CallbackStore"]
