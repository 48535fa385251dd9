"""Three recognisers on the same labelled messages: ours, deduce, and Presidio with recognisers of its own and ours for Dutch.

Run in an environment of its own (``bench/privacy/requirements.lock``), from the project's root; see docs/privacy.md.
Prints a table: recall and precision of the part not looked at while building and of all, start-up and milliseconds a message.
"""

from __future__ import annotations

import logging
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))
from steunwijzer.privacy.measure import Message, Recogniser, Span, measure, read  # noqa: E402

MESSAGES = ROOT / "tests" / "privacy" / "berichten.jsonl"


def ours() -> Recogniser:
    """``steunwijzer.privacy``."""
    from steunwijzer.privacy import mask

    return lambda text: mask(text).found


def deduce() -> Recogniser:
    """deduce (UMC Utrecht), as it comes."""
    from deduce import Deduce

    engine = Deduce()

    def recognise(text: str) -> list[Span]:
        return [
            (note.tag, note.start_char, note.end_char)
            for note in engine.deidentify(text).annotations
            if note.tag not in {"leeftijd", "instelling", "ziekenhuis", "datum"}
        ]

    return recognise


def deduce_with_dates() -> Recogniser:
    """deduce, all it finds that may be personal: dates too."""
    from deduce import Deduce

    engine = Deduce()
    return lambda text: [(n.tag, n.start_char, n.end_char) for n in engine.deidentify(text).annotations]


def presidio() -> Recogniser:
    """Presidio with its own e-mail, IBAN and phone recognisers, and a BSN, address, postcode and birth-date recogniser in its own way."""
    import spacy
    from presidio_analyzer import AnalyzerEngine, Pattern, PatternRecognizer, RecognizerRegistry
    from presidio_analyzer.nlp_engine import SpacyNlpEngine
    from presidio_analyzer.predefined_recognizers import EmailRecognizer, IbanRecognizer, PhoneRecognizer
    from stdnum.nl import bsn

    class Engine(SpacyNlpEngine):
        """Without a trained Dutch model: none can be had from a package index."""

        def __init__(self) -> None:
            super().__init__()
            self.nlp = {"nl": spacy.blank("nl")}

    class Bsn(PatternRecognizer):
        """Nine digits that pass the 11-test."""

        def validate_result(self, pattern_text: str) -> bool:
            return bool(bsn.is_valid(re.sub(r"\D", "", pattern_text).zfill(9)))

    def by_pattern(kind: str, regex: str, words: list[str]) -> PatternRecognizer:
        return PatternRecognizer(kind, patterns=[Pattern(kind, regex, 0.5)], context=words, supported_language="nl")

    registry = RecognizerRegistry(supported_languages=["nl"])
    for recogniser in (
        EmailRecognizer(supported_language="nl"),
        IbanRecognizer(supported_language="nl"),
        PhoneRecognizer(supported_language="nl", supported_regions=["NL", "BE"]),
        Bsn(
            "BSN",
            patterns=[Pattern("bsn", r"\b\d{3}[ .-]?\d{3}[ .-]?\d{3}\b", 0.4)],
            context=["bsn", "burgerservicenummer"],
            supported_language="nl",
        ),
        by_pattern("adres", r"\b[A-Za-z]+(?:straat|laan|weg|plein|kade|gracht|hof|dijk) \d{1,4}[a-z]?\b", ["woon"]),
        by_pattern("postcode", r"(?<=\b\d{4} )[A-Z]{2}\b|(?<=\b\d{4})[A-Za-z]{2}\b", ["postcode"]),
        by_pattern("datum", r"(?<=geboren op )\d{1,2}[-/ ]\w+[-/ ]\d{2,4}|(?<=geboortedatum )\S+", ["geboren"]),
        by_pattern("naam", r"(?:(?<=naam is )|(?<=mevrouw )|(?<=meneer ))(?:[\w']+)(?: (?:van|de|der) \w+)*", ["naam"]),
    ):
        registry.add_recognizer(recogniser)
    engine = AnalyzerEngine(registry=registry, nlp_engine=Engine(), supported_languages=["nl"])
    return lambda text: [(found.entity_type, found.start, found.end) for found in engine.analyze(text, "nl")]


def main() -> int:
    """Print the table (Markdown)."""
    logging.disable(logging.WARNING)
    messages = read(MESSAGES)
    unseen = [message for message in messages if message.part == "ongezien"]
    print("| herkenner | vindt (ongezien) | vindt (alles) | terecht (alles) | klaar na | per bericht |")
    print("|---|---|---|---|---|---|")
    makers = {"Steunwijzer": ours, "deduce": deduce, "deduce, met datums": deduce_with_dates, "Presidio": presidio}
    for name, maker in makers.items():
        print(_row(name, maker, messages, unseen), flush=True)
    return 0


def _row(name: str, maker: Callable[[], Recogniser], messages: list[Message], unseen: list[Message]) -> str:
    began = time.perf_counter()
    recogniser = maker()
    list(recogniser("mijn naam is Jan"))
    ready = time.perf_counter() - began
    began = time.perf_counter()
    everything = measure(messages, recogniser)
    each = (time.perf_counter() - began) * 1000 / len(messages)
    new = measure(unseen, recogniser)
    return (
        f"| {name} | {new.recall:.1%} | {everything.recall:.1%} | {everything.precision:.1%} "
        f"| {ready:.1f} s | {each:.2f} ms |"
    )


if __name__ == "__main__":
    sys.exit(main())
