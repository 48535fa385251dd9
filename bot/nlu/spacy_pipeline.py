"""Chooses the Dutch spaCy pipeline: the official ``nl_core_news_sm`` when it is installed, else one with lookup lemmas.

The second is built once from ``spacy-lookups-data`` and saved to disk. Of its 240,000 lemmas we keep those of words that
our own word lists know: the rest would cost 45 MB and never be looked at. Nothing that is trained reads from either
pipeline (only the word lists do), so a model made with the one works with the other.
"""

from __future__ import annotations

import hashlib
import logging
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from bot.nlu.wordlists import known_lemmas
from bot.paths import VAR

if TYPE_CHECKING:
    from spacy.language import Language

OFFICIAL = "nl_core_news_sm"
logger = logging.getLogger(__name__)


@lru_cache(maxsize=1)
def dutch_pipeline() -> tuple[Language, str]:
    """The pipeline and the Dutch sentence for the start log that says which one it is."""
    import spacy

    if spacy.util.is_package(OFFICIAL):
        # Lemmas are all we use of it; the tagger is what its lemmatizer builds on.
        pipeline = spacy.load(OFFICIAL, exclude=["parser", "ner", "senter"])
        return pipeline, f"spaCy: {OFFICIAL} {pipeline.meta['version']}"
    return _lookup_pipeline(), f"spaCy: opzoeklemma's ({OFFICIAL} is niet geïnstalleerd; probeer 'make nl-model')"


def _lookup_pipeline() -> Language:
    import spacy

    lemmas = known_lemmas()
    version = hashlib.sha256("\n".join(sorted(lemmas)).encode()).hexdigest()[:8]
    path = VAR / "spacy" / f"nl_opzoeklemmas-{version}"
    if not (path / "meta.json").exists():
        build_lookup_pipeline(path, lemmas)
    # The tokenizer is Dutch's own; reading it from disk would only make its 4,700 exceptions a second time (8 MB).
    return spacy.load(path, exclude=["tokenizer"])


def build_lookup_pipeline(path: Path, lemmas: set[str]) -> None:
    """Write a Dutch pipeline (tokenizer, lookup lemmatizer for ``lemmas``) to ``path``. Needs ``spacy-lookups-data``."""
    import spacy
    from spacy.lookups import Lookups, load_lookups

    table = load_lookups("nl", ["lemma_lookup"]).get_table("lemma_lookup")
    kept = {word_hash: lemma for word_hash, lemma in table.items() if lemma in lemmas}
    lookups = Lookups()
    lookups.add_table("lemma_lookup", kept)
    pipeline = spacy.blank("nl")
    lemmatizer = pipeline.add_pipe("lemmatizer", config={"mode": "lookup"})
    lemmatizer.initialize(lookups=lookups)
    path.parent.mkdir(parents=True, exist_ok=True)
    pipeline.to_disk(path)
    logger.info("spaCy-pipeline met %s opzoeklemma's gemaakt", len(kept))
