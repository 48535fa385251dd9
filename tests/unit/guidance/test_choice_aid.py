"""The picture after the choice aid: counted right, even-handed, never a verdict."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steunwijzer.guidance.choice_aid import VALUES, as_text, counts_in_words, picture, read
from steunwijzer.guidance.tally import OPEN
from tests.conftest import ROOT

DATA = read(ROOT / "content")
SLOTS = [question["slot"] for question in DATA["vragen"]]
ORDERS = [("zin", "pgb"), ("pgb", "zin")]
ABOUT = {
    question["stel_vraag"][form]: form for question in DATA["vragen"] for form in ("zin", "pgb")
}  # each question to ask, and which form it is about
some_answers = st.fixed_dictionaries(
    {}, optional={slot: st.sampled_from([*VALUES, None, "iets anders"]) for slot in SLOTS}
)
OTHER = {"zin": "pgb", "pgb": "zin"}


def all_say(value: str) -> dict[str, str]:
    return dict.fromkeys(SLOTS, value)


@given(some_answers, st.sampled_from(ORDERS))
def test_every_question_is_counted_once(answers: dict[str, Any], order: tuple[str, str]) -> None:
    found = picture(DATA, answers, order)
    assert sum(found.counts.values()) == len(SLOTS)
    assert len(found.given) == len(SLOTS) - found.counts[OPEN]


@given(some_answers, st.sampled_from(ORDERS))
def test_as_many_questions_to_ask_about_either_form(answers: dict[str, Any], order: tuple[str, str]) -> None:
    questions = picture(DATA, answers, order).questions
    about = [ABOUT[question] for question in questions]
    assert about.count("zin") == about.count("pgb") == 3
    assert len(set(questions)) == len(questions)
    assert about[0] == order[0]


@given(some_answers)
def test_the_order_changes_only_the_order(answers: dict[str, Any]) -> None:
    one, other = (picture(DATA, answers, order) for order in ORDERS)
    assert (one.counts, one.given) == (other.counts, other.given)
    first, second = (counts_in_words(found, DATA) for found in (one, other))
    assert (first["eerste"], first["tweede"], first["rest"]) == (second["tweede"], second["eerste"], second["rest"])


@given(some_answers)
def test_either_form_is_treated_alike(answers: dict[str, Any]) -> None:
    """Who chooses the other side everywhere gets the mirror image."""
    mirrored = {slot: OTHER.get(value, value) for slot, value in answers.items()}
    one, other = (picture(DATA, given_answers, ORDERS[0]) for given_answers in (answers, mirrored))
    assert (one.counts["zin"], one.counts["pgb"]) == (other.counts["pgb"], other.counts["zin"])
    assert one.questions == other.questions


@given(some_answers, st.sampled_from(ORDERS))
def test_the_text_says_every_answer_under_its_heading(answers: dict[str, Any], order: tuple[str, str]) -> None:
    found = picture(DATA, answers, order)
    groups = dict.fromkeys(VALUES, "")
    value = ""
    for line in as_text(found, DATA).splitlines():
        value = next((v for v, heading in DATA["uitkomst"]["kop"].items() if line.startswith(heading)), value)
        groups[value] += f"{line}\n"
    for item in found.given:
        assert item.subject in groups[item.value]
        assert item.value not in order or item.label in groups[item.value]


@given(some_answers, st.sampled_from(ORDERS))
def test_the_form_that_is_counted_first_is_listed_first(answers: dict[str, Any], order: tuple[str, str]) -> None:
    found = picture(DATA, answers, order)
    text, headings = as_text(found, DATA), DATA["uitkomst"]["kop"]
    if all(found.counts[form] for form in order):
        assert text.index(headings[order[0]]) < text.index(headings[order[1]])


def test_numbers_are_said_in_good_dutch() -> None:
    answers = {**all_say("pgb"), SLOTS[0]: "zin", SLOTS[1]: "weet_niet", SLOTS[2]: "maakt_niet_uit", SLOTS[3]: None}
    assert counts_in_words(picture(DATA, answers, ("zin", "pgb")), DATA) == {
        "eerste": "1 ding dat bij zorg in natura past",
        "tweede": "6 dingen die bij een pgb passen",
        "rest": "1 vraag heeft nog geen antwoord.",
    }


def test_none_of_a_form_is_said_too() -> None:
    words = counts_in_words(picture(DATA, all_say("zin"), ("pgb", "zin")), DATA)
    assert words["eerste"] == "niets dat bij een pgb past"
    assert words["rest"] is None


@pytest.mark.parametrize(("value", "says_something"), [("zin", True), ("weet_niet", False), ("maakt_niet_uit", False)])
def test_only_what_fits_a_form_says_something(value: str, says_something: bool) -> None:
    assert picture(DATA, all_say(value), ORDERS[0]).says_something is says_something


def test_what_somebody_does_not_know_is_asked_first() -> None:
    answers = {**all_say("zin"), SLOTS[-1]: "weet_niet"}
    first = picture(DATA, answers, ORDERS[0]).questions[0]
    assert first == DATA["vragen"][-1]["stel_vraag"]["zin"]


def test_no_question_leans_to_one_side() -> None:
    """Either answer is said as something to want: without "maar", "moeten", "wel" or "niet" on one side only to put off."""
    for question in DATA["vragen"]:
        labels = question["antwoorden"]
        assert not any(re.search(r"\b(?:helaas|maar|lastig|gedoe|risico)\b", label) for label in labels.values()), (
            labels
        )
        lengths = sorted(len(label.split()) for label in labels.values())
        assert lengths[1] <= 2 * lengths[0] + 1, labels
