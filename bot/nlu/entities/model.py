"""What an extractor finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Found:
    """``entity`` with its ``value``, found in the text from ``start`` up to ``end`` (positions in characters)."""

    entity: str
    value: Any
    start: int
    end: int
