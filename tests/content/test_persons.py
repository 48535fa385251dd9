"""Who asks for somebody else gets his own words and his own next step, and is asked for the consent of that person."""

from __future__ import annotations

import pytest

from bot.content import load_answers
from tests.conftest import ROOT

ANSWERS = load_answers(ROOT / "content")
# The first answer of each topic of daily life, and the step to the municipality.
SPOKEN_TO = [
    "utter_huishoudelijke_hulp",
    "utter_begeleiding_thuis",
    "utter_dagbesteding",
    "utter_vervoer_buurt",
    "utter_woningaanpassing",
    "utter_hulpmiddelen",
    "utter_opvang_vannacht",
    "utter_wijkverpleging",
    "utter_wlz",
    "utter_vrijwilliger_zoeken",
    "utter_clientondersteuning_en_melding",
]
CONSENT = ("toestemming", "goed vind", "wil", "overleg", "praat", "bespreek", "samen")


def for_whom(key: str) -> dict[str | None, str]:
    return {answer.conditions.get("voor_wie"): answer.text for answer in ANSWERS[key]}


@pytest.mark.parametrize("key", SPOKEN_TO)
@pytest.mark.parametrize("person", ["ouder", "ander", "client"])
def test_another_person_is_spoken_of_as_another_person(key: str, person: str) -> None:
    texts = for_whom(key)
    assert person in texts, f"{key}: geen tekst voor '{person}'"
    assert texts[person] != texts[None]


@pytest.mark.parametrize("person", ["ouder", "partner", "kind", "ander", "client"])
def test_the_step_to_the_municipality_asks_for_consent_and_names_support_before_the_call(person: str) -> None:
    text = for_whom("utter_clientondersteuning_en_melding")[person].lower()
    assert any(word in text for word in CONSENT)
    assert text.index("cliëntondersteun") < text.index("{gemeente.telefoon}")


@pytest.mark.parametrize("key", [key for key in SPOKEN_TO if key != "utter_clientondersteuning_en_melding"])
def test_every_variation_has_simple_words(key: str) -> None:
    assert all(answer.simple for answer in ANSWERS[key])


def test_nobody_without_a_home_is_sent_to_his_own_municipality() -> None:
    for answer in ANSWERS["utter_opvang_vannacht"]:
        assert "elke gemeente" in answer.text.lower()
        assert "eigen gemeente" not in answer.text.lower()
        assert "112" in answer.text
