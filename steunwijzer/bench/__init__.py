"""Measures Steunwijzer beside the stock Rasa 3.6, trained on the same examples, under the same load, in one run."""

from steunwijzer.bench.service import run

__all__ = ["run"]
