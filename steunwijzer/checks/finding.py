"""One thing a check found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """``place``: file and line; ``message``: what is wrong; ``remedy``: what to do; ``blocks``: it may not go live."""

    place: str
    message: str
    remedy: str
    blocks: bool = True
