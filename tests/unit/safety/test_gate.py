"""The rules of the safety gate, on sentences of our own (tests/nlu/veiligheid.yml holds many more)."""

from __future__ import annotations

import pytest

from bot.nlu.safety import Safety, Thresholds, assess, combine
from bot.nlu.safety.gate import rules
from bot.yamlsource import load
from tests.conftest import ROOT

SENTENCES = load(ROOT / "tests" / "nlu" / "veiligheid.yml")["sentences"]
# Seen by the classifier, not by a rule: the two together are measured in tests/nlu.
LEFT_TO_THE_CLASSIFIER = 0.12


def test_rules_see_nearly_all_danger() -> None:
    dangerous = [entry for entry in SENTENCES if entry["expect"] != "none"]
    missed = [entry["text"] for entry in dangerous if assess(entry["text"]).klasse is None]
    assert len(missed) <= LEFT_TO_THE_CLASSIFIER * len(dangerous), missed


@pytest.mark.parametrize("text", [entry["text"] for entry in SENTENCES if entry["expect"] == "none"])
def test_everyday_sentences_stay_calm(text: str) -> None:
    assert assess(text).klasse is None, assess(text).waarom


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


LEVELS = Thresholds(sure=0.5, doubt=0.3)


@pytest.mark.parametrize(
    ("chances", "klasse", "doubt"),
    [
        ({"spoed": 0.1, "huiselijk_geweld": 0.1}, None, False),
        ({"spoed": 0.2, "huiselijk_geweld": 0.15}, None, True),
        ({"spoed": 0.2, "huiselijk_geweld": 0.35}, "huiselijk_geweld", False),
        ({}, None, False),
    ],
)
def test_the_classifier_alone_acts_when_sure_and_asks_when_not(
    chances: dict[str, float], klasse: str | None, doubt: bool
) -> None:
    verdict = combine(Safety(), chances, LEVELS)
    assert (verdict.klasse, verdict.twijfel) == (klasse, doubt)


def test_what_a_rule_sees_stands() -> None:
    assert combine(Safety("spoed", "regel"), {"crisis_suicide": 0.9}, LEVELS) == Safety("spoed", "regel")


def test_who_carries_too_much_is_asked_gently_unless_the_classifier_is_very_sure_of_danger() -> None:
    assert combine(Safety(mild=True), {"crisis_suicide": 0.7}, LEVELS) == Safety(mild=True)
    assert combine(Safety(mild=True), {"crisis_suicide": 0.85}, LEVELS).klasse == "crisis_suicide"


def test_a_word_that_a_rule_saw_is_asked_about_when_the_classifier_sees_no_danger_at_all() -> None:
    levels = Thresholds(sure=0.5, doubt=0.3, calm=0.1)
    asked = combine(Safety("huiselijk_geweld", "regel"), {"huiselijk_geweld": 0.02}, levels)
    assert asked.twijfel
    assert asked.klasse is None
    assert combine(Safety("huiselijk_geweld", "regel"), {"huiselijk_geweld": 0.2}, levels).klasse == "huiselijk_geweld"
    assert combine(Safety("huiselijk_geweld", "regel"), {}, levels).klasse == "huiselijk_geweld", "another language"
