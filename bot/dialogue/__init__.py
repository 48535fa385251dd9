"""From what was understood to what happens next: commands for the flow engine, and Rasa's policy around it."""

from bot.dialogue.place import current_flow

__all__ = ["current_flow"]
