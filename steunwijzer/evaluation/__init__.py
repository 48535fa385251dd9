"""How well does the assistant understand? Figures over labelled sentences."""

from steunwijzer.evaluation.service import Report, evaluate

__all__ = ["Report", "evaluate"]
