"""The few texts the front office says itself; editors write them in ``content/antwoorden/frontoffice.yml``."""

from __future__ import annotations

import csv
from datetime import date
from functools import cached_property
from pathlib import Path

from bot.answers.render import Renderer, Situation
from bot.content import load_answers, load_facts

_PASSED_ON = {
    "terugbelverzoek": "utter_terugbellen_genoteerd",
    "wachtrij": "utter_doorgegeven",
    "gevraagd": "utter_niemand_aanwezig",
}


class Texts:
    """Texts by purpose, with municipal facts filled in."""

    def __init__(self, content: Path) -> None:
        self._content = content
        self._renderer = Renderer(load_answers(content), load_facts(content), {})

    def _say(self, key: str, gemeente: str | None = None, **values: str) -> str:
        situation = Situation(values, date.max, gemeente)
        return str(self._renderer.render(key, situation)["text"])

    def engine_down(self, gemeente: str | None) -> str:
        """An apology, and who to call."""
        return self._say("utter_storing", gemeente)

    def masked(self, kinds: list[str]) -> str:
        """What was covered, kindly."""
        *others, last = kinds
        return self._say("utter_afgeschermd", soorten=f"{', '.join(others)} en {last}" if others else last)

    @cached_property
    def waiting(self) -> str:
        """While a human has the conversation."""
        return self._say("utter_wacht_op_medewerker")

    def passed_on(self, status: str, gemeente: str | None) -> str:
        """What happens next, after the resident agreed to be passed on."""
        return self._say(_PASSED_ON[status], gemeente)

    def knows_municipality(self, code: str) -> bool:
        """Whether the code is a Dutch municipality's (or the demo's)."""
        return code in self._codes

    @cached_property
    def _codes(self) -> frozenset[str]:
        with (self._content / "geografie" / "gemeenten.csv").open(encoding="utf-8", newline="") as lines:
            return frozenset(
                row["gm_code"] for row in csv.DictReader(line for line in lines if not line.startswith("#"))
            )
