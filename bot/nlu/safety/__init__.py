"""Looks for danger in one message: suicide, violence at home, a child that is unsafe, urgent need (facts: docs/veiligheid.md).

Rules with a Dutch reason each (``patronen.yml``), and the classifier's opinion beside them. Recall leads: a sentence that
needlessly shows a telephone number costs little. Pure Python, also for the studio.
"""

from bot.nlu.safety.gate import Safety, Thresholds, assess, combine

__all__ = ["Safety", "Thresholds", "assess", "combine"]
