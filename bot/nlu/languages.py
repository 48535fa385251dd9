"""Which language is a message in? Dutch, also in dialect or badly spelled, must never be taken for something else."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

from bot.nlu.normalise import fold
from bot.nlu.spelling import Speller
from bot.nlu.wordlists import word_list

DUTCH = "nl"
# Languages with a sentence of their own in content/antwoorden/talen.yml; other languages are not told apart.
LANGUAGES = ("en", "tr", "ar", "pl", "uk", "de", "fr")
_SCRIPTS = {"ARABIC": "ar", "CYRILLIC": "uk"}
_WORD = re.compile(r"[^\W\d_]+")
# Below this many words the identifier guesses; a greeting is looked up instead.
_FEWEST_WORDS = 2
_SURE = 0.8
# Dialect looks foreign to it: where many words are ours, it must be surer.
_HALF_OURS, _SURE_THEN = 0.4, 0.98
# A few words that are all in the Dutch dictionary are Dutch, or too short to tell.
_FEW_WORDS = 3
# When this share of the words is what our residents' examples are made of, it is Dutch, whatever the identifier thinks.
_OURS = 0.55
# Polish and Turkish letters that no Dutch word has; a name in a Dutch sentence may.
_FOREIGN_LETTER = re.compile("[ąćęłńśźżğış]")


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_pickled_model(MODEL_FILE, norm_probs=True)
    identifier.set_languages([DUTCH, *LANGUAGES])
    return identifier


def language_of(text: str, speller: Speller) -> str:
    """``nl`` or one of :data:`LANGUAGES`."""
    words = _WORD.findall(text)
    script = next((found for word in words if (found := _script(word))), None)
    if script:
        return script
    greeting = word_list("groeten").get(" ".join(_WORD.findall(fold(text))))
    if greeting:
        return greeting
    few_and_known = len(words) <= _FEW_WORDS and all(speller.knows(word) for word in _WORD.findall(fold(text)))
    share = 0.0 if _FOREIGN_LETTER.search(text.lower()) else speller.share_of_ours(text)
    if len(words) < _FEWEST_WORDS or few_and_known or share >= _OURS:
        return DUTCH
    language, chance = _identifier().classify(text)
    return str(language) if chance >= (_SURE_THEN if share >= _HALF_OURS else _SURE) else DUTCH


def _script(word: str) -> str | None:
    return _SCRIPTS.get(unicodedata.name(word[0], "").split(" ")[0])
