"""Finds in a sentence who, where, when, which law and what kind of support. Pure functions: text in, findings out."""

from bot.nlu.entities.model import Found

__all__ = ["Found"]
