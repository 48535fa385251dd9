"""Shows Rasa the editors' texts without letting them retrain anything (``importers:`` in config.yml)."""

from __future__ import annotations

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted
from rasa.shared.core.training_data.structures import StoryGraph, StoryStep
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.content import load_answers
from bot.flows.engine import EXPLAIN_ACTION
from bot.nlu.safety import examples
from bot.paths import CONTENT


class ContentImporter(RasaFileImporter):
    """Adds the answer keys of ``content/`` to the domain; the texts stay in ``content/`` and are read while answering."""

    def get_domain(self) -> Domain:
        """The domain of ``domain.yml`` plus one response per answer key."""
        keys = [*sorted(load_answers(CONTENT)), EXPLAIN_ACTION]
        responses = {key: [{"text": key}] for key in keys}
        return super().get_domain().merge(Domain.from_dict({"responses": responses}))

    def get_nlu_data(self, language: str | None = "nl") -> TrainingData:
        """The examples with an intent, and the sentences that only say whether there is danger."""
        # Rasa takes a sentence without intent for a story; the intent classifier leaves these out.
        about_danger = [
            Message(data={TEXT: s.text, INTENT: s.klasse, examples.DANGER: s.klasse, examples.ABOUT: s.wie})
            for s in examples.taught()
        ]
        return super().get_nlu_data(language).merge(TrainingData(about_danger))

    def get_stories(self, exclusion_percentage: int | None = None) -> StoryGraph:
        """Rasa makes no dialogue model without a story; the flows decide everything, so this one says next to nothing."""
        step = StoryStep(block_name="begin", events=[ActionExecuted("action_listen")])
        return StoryGraph([step])
