"""The rules of the safety gate, on sentences of our own (tests/nlu/veiligheid.yml holds many more)."""

from __future__ import annotations

import pytest

from bot.nlu.safety import Safety, assess, combine
from bot.nlu.safety.gate import rules
from bot.yamlsource import load
from tests.conftest import ROOT

SENTENCES = load(ROOT / "tests" / "nlu" / "veiligheid.yml")["sentences"]
# Seen by the classifier, not by a rule: the two together are measured in tests/nlu.
LEFT_TO_THE_CLASSIFIER = 0.12


def test_rules_see_nearly_all_danger() -> None:
    dangerous = [entry for entry in SENTENCES if entry["expect"] != "none"]
    missed = [entry["text"] for entry in dangerous if assess(entry["text"]).klasse in (None, "mild")]
    assert len(missed) <= LEFT_TO_THE_CLASSIFIER * len(dangerous), missed


@pytest.mark.parametrize("text", [entry["text"] for entry in SENTENCES if entry["expect"] == "none"])
def test_everyday_sentences_stay_calm(text: str) -> None:
    assert assess(text).klasse in (None, "mild"), assess(text).waarom


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("papa slaat mama en mij", "kind"),
        ("mijn dochter zegt dat ze dood wil", "ander"),
        ("ik heb mijn vrouw geslagen", "pleger"),
        ("ik wil niet meer leven", None),
    ],
)
def test_who_is_in_danger_decides_the_words(text: str, who: str | None) -> None:
    assert assess(text).wie == who


def test_danger_in_the_last_line_of_a_long_letter_is_seen() -> None:
    letter = (
        "Ik wil graag weten hoe het zit met de verlenging van mijn pgb. " * 8 + "Ondertussen slaat mijn man onze zoon."
    )
    assert assess(letter).klasse == "kindermishandeling"


def test_every_rule_says_why() -> None:
    assert all(rule.reason for rule in rules())
    assert {rule.klasse for rule in rules()} == {
        "crisis_suicide",
        "kindermishandeling",
        "huiselijk_geweld",
        "spoed",
        "mild",
    }


def test_the_classifier_counts_only_when_it_is_sure() -> None:
    calm = Safety()
    assert combine(calm, [{"name": "spoed", "confidence": 0.5}, {"name": "vervoer", "confidence": 0.4}]).klasse is None
    assert (
        combine(calm, [{"name": "spoed", "confidence": 0.5}, {"name": "huiselijk_geweld", "confidence": 0.4}]).klasse
        == "spoed"
    )
    assert combine(Safety("spoed", "regel"), []).waarom == "regel"
