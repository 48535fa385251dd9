"""Finds and covers personal data before anything is stored or passed on."""

from steunwijzer.privacy.masking import Masked, mask

__all__ = ["Masked", "mask"]
