"""Words that steer a conversation and nothing else. As a whole message they mean the same everywhere, whatever was asked."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.flows.commands import Back, Cancel, Command, Explain, Repeat, Restart
from bot.nlu.normalise import fold

# The same, understood as an intent in a longer message or pressed as a button.
BY_INTENT: Mapping[str, type[Command]] = {
    "stop": Cancel,
    "terug": Back,
    "herhaal": Repeat,
    "leg_uit": Explain,
    "opnieuw": Restart,
}
_POLITE = re.compile(
    r"^(?:(?:ja|nee|ok|oke|sorry|pardon|eh|mag ik|kunt u|kan je|kun je|wilt u|wil je|even|graag|ik wil|doe|eens|nou)\s+)+|"
    r"(?:\s+(?:alstublieft|alsjeblieft|aub|svp|graag|maar|even|eens|nou|dan|hoor|a\.?u\.?b|nu|mee))+$"
)
_WORDS: tuple[tuple[Command, tuple[str, ...]], ...] = (
    (Cancel(), ("stop", "stoppen", "ophouden", "hou op", "houd op", "annuleer", "annuleren", "afbreken", "kappen", "laat", "laat zitten")),
    (Back(), ("terug", "ga terug", "teruggaan", "vorige", "de vorige", "vorige vraag", "de vorige vraag", "een vraag terug", "stap terug",
              "een stap terug", "naar de vorige vraag", "terug naar de vorige vraag")),
    (Repeat(), ("herhaal", "herhalen", "herhaal dat", "dat herhalen", "herhaal de vraag", "nog een keer", "nog eens", "nog een keer zeggen", "zeg dat nog",
                "zeg het nog een keer", "zeg dat nog een keer", "wat zei u", "wat zei je", "wat was de vraag", "waar waren we",
              "waar waren we gebleven", "waar hadden we het over", "waar ging het over")),
    (Restart(), ("opnieuw", "overnieuw", "opnieuw beginnen", "begin opnieuw", "overnieuw beginnen", "begin overnieuw", "van voren af aan",
                 "vanaf het begin", "terug naar het begin", "naar het begin", "reset", "restart", "opnieuw starten")),
    (Explain(), ("makkelijker", "makkelijker uitleggen", "leg uit", "leg dat uit", "uitleg", "eenvoudiger", "simpeler", "in gewone taal", "gewone taal",
                 "in makkelijke woorden", "in makkelijkere woorden", "kan het makkelijker", "kan dat makkelijker", "zeg het makkelijker", "te moeilijk",
                 "dat is te moeilijk", "ik snap het niet", "snap ik niet", "ik begrijp het niet", "begrijp ik niet", "dat snap ik niet", "dat begrijp ik niet",
                 "ik snap dat niet", "ik begrijp dat niet", "hoe bedoelt u", "hoe bedoel je", "wat bedoelt u", "wat bedoel je", "wat betekent dat")),
)  # fmt: skip
_COMMANDS = {words: command for command, sentences in _WORDS for words in sentences}


def act_of(text: str) -> Command | None:
    """The command of a message that is only such words, also with a polite word around them."""
    plain = " ".join(re.sub(r"[^\w' ]", " ", fold(text)).split())
    return _COMMANDS.get(plain) or _COMMANDS.get(_POLITE.sub("", plain).strip())
