"""What staff think of answers, for the editors. Nothing is trained by itself: an editor decides, and puts examples in ``data/nlu``."""

from steunwijzer.quality.inbox import STATES, Wish, inbox, set_state
from steunwijzer.quality.judging import VERDICTS, Judged, NotJudged, judge, judgements_of, purge
from steunwijzer.quality.paste import as_csv, as_yaml, examples

__all__ = [
    "STATES", "VERDICTS", "Judged", "NotJudged", "Wish", "as_csv", "as_yaml", "examples", "inbox", "judge", "judgements_of", "purge",
    "set_state",
]  # fmt: skip
