"""Rasa's door to the renderer. Publishing a text needs no training: the files are read again when they change."""

from __future__ import annotations

import logging
import time
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from rasa.core.nlg.generator import NaturalLanguageGenerator
from rasa.shared.core.trackers import DialogueStateTracker

from bot.answers.render import Renderer, Situation
from bot.content import load_answers, load_facts
from bot.content.answers import answer_files
from bot.flows import load_flows
from bot.flows.engine import EXPLAIN_ACTION, TERM_ACTION
from bot.paths import CONTENT, FLOWS

_LOOK_EVERY_SECONDS = 1.0
logger = logging.getLogger(__name__)


class ContentNlg(NaturalLanguageGenerator):
    """Generates messages from the published content."""

    def __init__(self, content: Path = CONTENT, flows: Path = FLOWS) -> None:
        self._content, self._flows = content, flows
        self._stamp: tuple[Any, ...] = ()
        self._looked_at = time.monotonic()
        self._renderer = self._read()

    def _read(self) -> Renderer:
        self._stamp = self._current_stamp()
        names = {flow.id: flow.name for flow in load_flows(self._flows).values()}
        return Renderer(load_answers(self._content), load_facts(self._content), names)

    def _current_stamp(self) -> tuple[Any, ...]:
        files = [
            *answer_files(self._content),
            *sorted(self._content.glob("*/*.yml")),
            *sorted(self._content.glob("*.yml")),
        ]
        return tuple((path, path.stat().st_mtime_ns) for path in files)

    def refresh(self) -> None:
        """Read the content again when a file changed; looks at most once a second.

        Content that does not load is logged and the old stays in use.
        """
        now = time.monotonic()
        if now - self._looked_at < _LOOK_EVERY_SECONDS:
            return
        self._looked_at = now
        if self._current_stamp() == self._stamp:
            return
        try:
            self._renderer = self._read()
            logger.info("Gewijzigde teksten zijn nu live.")
        except (ValueError, KeyError, OSError) as error:
            self._stamp = self._current_stamp()
            logger.error("Gewijzigde teksten zijn niet leesbaar, de oude blijven staan: %s", error)

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any] | None:
        """The message for Rasa: text, and under ``custom`` what our channel passes on."""
        slots = {name: slot.value for name, slot in tracker.slots.items()}
        values = {k: v for k, v in kwargs.items() if k != "domain_responses"}
        today = date.fromisoformat(slots["vandaag"])
        situation = Situation({**slots, **values}, today, slots.get("gemeente"))
        message = self._message(utter_action, slots, situation)
        return {"text": message["text"], "custom": {**message, "key": utter_action}}

    def way_back(
        self, flows: Sequence[str], offered: Collection[str], slots: Mapping[str, Any]
    ) -> list[dict[str, str]]:
        """Choices beside an answer that may not be what was meant: these topics, and something else."""
        situation = Situation(slots, date.fromisoformat(slots["vandaag"]), slots.get("gemeente"))
        return self._renderer.way_back(flows, offered, situation)

    def _message(self, action: str, slots: dict[str, Any], situation: Situation) -> dict[str, Any]:
        if action == EXPLAIN_ACTION:
            return self._renderer.render_simpler((slots.get("uitleg_sleutel") or "").split(), situation)
        if action == TERM_ACTION:
            return self._renderer.render_term(slots["begrip"], situation)
        return self._renderer.render(action, situation)
