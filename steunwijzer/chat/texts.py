"""The few texts the front office says itself; editors write them in ``content/antwoorden/frontoffice.yml``."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from bot.answers.render import Renderer, Situation
from bot.content import Answer, load_answers, load_facts

# An abbreviation keeps its capitals.
_WRITTEN = {"bsn": "BSN"}


class Texts:
    """Texts by purpose, with municipal facts filled in. ``who``: what a text must know of who hears it (``jongere``)."""

    def __init__(self, content: Path) -> None:
        self._content = content
        self._answers = load_answers(content)
        self._renderer = Renderer(self._answers, load_facts(content), {})

    def say(self, key: str, gemeente: str | None = None, **values: str) -> str:
        """One text, with the facts of the municipality; a sentence whose value is not known is left out."""
        situation = Situation(values, date.max, gemeente)
        return str(self._renderer.render(key, situation)["text"])

    def fill(self, text: str, gemeente: str | None, **values: str) -> str:
        """A text of the desk with the same facts filled in; a sentence whose value is not known is left out."""
        return self._renderer.fill(text, Situation(values, date.max, gemeente))

    def behind(self, key: str) -> list[Answer]:
        """What editors wrote for an answer besides its words: sources, dates and the memo for the desk. Empty when it is gone."""
        return self._answers.get(key, [])

    def engine_down(self, gemeente: str | None, **who: str) -> str:
        """An apology, and who to call."""
        return self.say("utter_storing", gemeente, **who)

    def masked(self, kinds: list[str], **who: str) -> str:
        """What was covered, kindly."""
        *others, last = [_WRITTEN.get(kind, kind) for kind in kinds]
        return self.say("utter_afgeschermd", soorten=f"{', '.join(others)} en {last}" if others else last, **who)

    def danger(self, klasse: str, gemeente: str | None, **who: str) -> tuple[str, list[Any]]:
        """The fixed text for a danger, and its blocks with numbers to call."""
        message = self._renderer.render(f"utter_{klasse}", Situation(who, date.max, gemeente))
        return str(message["text"]), list(message["blocks"])

    def municipality(self, code: str | None) -> str:
        """The municipality's name; empty without a code."""
        return self._names.get(code, "") if code else ""

    def knows_municipality(self, code: str) -> bool:
        """Whether the code is a Dutch municipality's (or the demo's)."""
        return code in self._names

    @cached_property
    def _names(self) -> Mapping[str, str]:
        with (self._content / "geografie" / "gemeenten.csv").open(encoding="utf-8", newline="") as lines:
            rows = csv.DictReader(line for line in lines if not line.startswith("#"))
            return {row["gm_code"]: row["naam"] for row in rows}
