"""The only reader of ``content/``: the editors' texts, dated amounts, terms, telephone numbers and municipal facts.

Pure: YAML and its schemas, nothing of Rasa, so that the front office and the checks read the same texts by the same rules.
"""

from bot.content.answers import Answer, load_answers
from bot.content.facts import Facts, load_facts

__all__ = ["Answer", "Facts", "load_answers", "load_facts"]
