"""Finds and covers personal data before anything is stored or passed on, and seals what must be kept."""

from steunwijzer.privacy.masking import Masked, mask
from steunwijzer.privacy.seal import Sealer, SealError

__all__ = ["Masked", "SealError", "Sealer", "mask"]
