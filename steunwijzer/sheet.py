"""Cells of a spreadsheet file that stay text: what begins like a formula would be worked out by the program that opens it."""

from __future__ import annotations

from collections.abc import Iterable

# OWASP, "CSV Injection": these begin a formula, also after white space; the last ones look like them to some programs.
_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def cells(values: Iterable[object]) -> list[str]:
    """The values as text, each harmless; nothing for None."""
    return ["" if value is None else _harmless(str(value)) for value in values]


def _harmless(text: str) -> str:
    begins = text.lstrip()[:1] in _FORMULA if text.strip() else False
    return "'" + text if begins or text[:1] in {"\t", "\r", "\n"} else text
