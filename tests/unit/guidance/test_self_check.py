"""The self-check on pgb-vaardigheid ends in what may help, never in a verdict."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from steunwijzer.guidance.self_check import VALUES, as_text, counts_in_words, outcome, read
from steunwijzer.guidance.tally import OPEN
from tests.conftest import ROOT

DATA = read(ROOT / "content")
SLOTS = [question["slot"] for question in DATA["vragen"]]
some_answers = st.fixed_dictionaries(
    {}, optional={slot: st.sampled_from([*VALUES, None, "iets anders"]) for slot in SLOTS}
)


def test_there_are_ten_points() -> None:
    assert len(SLOTS) == 10


@given(some_answers)
def test_every_point_is_counted_once(answers: dict[str, Any]) -> None:
    found = outcome(DATA, answers)
    assert sum(found.counts.values()) == 10
    assert len(found.to_discuss) == 10 - found.counts["ja"] - found.counts[OPEN]
    assert found.complete is (found.counts[OPEN] == 0)


@given(some_answers)
def test_what_is_answered_with_less_than_yes_comes_with_help(answers: dict[str, Any]) -> None:
    text = as_text(outcome(DATA, answers)) or ""
    for question in DATA["vragen"]:
        less = answers.get(question["slot"]) in {"soms", "nee", "weet_niet"}
        assert (question["steun"] in text) is less


def test_yes_to_all_leaves_no_points() -> None:
    found = outcome(DATA, dict.fromkeys(SLOTS, "ja"))
    assert (found.complete, found.begun, as_text(found)) == (True, True, None)
    assert counts_in_words(found, DATA) == {"telling": "10 keer ja", "open": None}


def test_nothing_answered_is_not_begun() -> None:
    found = outcome(DATA, {})
    assert (found.complete, found.begun) == (False, False)
    assert counts_in_words(found, DATA) == {"telling": None, "open": "10 vragen hebben nog geen antwoord."}


def test_numbers_are_said_in_good_dutch() -> None:
    answers = {**dict.fromkeys(SLOTS[:6], "ja"), SLOTS[6]: "nee", SLOTS[7]: "soms", SLOTS[8]: "weet_niet"}
    assert counts_in_words(outcome(DATA, answers), DATA) == {
        "telling": "6 keer ja, 1 keer soms of met hulp, 1 keer nee, 1 keer weet ik niet",
        "open": "1 vraag heeft nog geen antwoord.",
    }
