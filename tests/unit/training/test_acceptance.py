"""A model that understands less than the one before it is refused."""

from __future__ import annotations

from bot.training.acceptance import judge

ALL = {f"zin {number}": True for number in range(200)}


def test_a_model_that_understands_the_same_is_accepted() -> None:
    assert judge(ALL, ALL).accepted


def test_a_model_that_loses_sentences_is_refused_and_says_which() -> None:
    worse = {**ALL, "zin 3": False, "zin 7": False, "zin 9": False}
    verdict = judge(worse, ALL)
    assert not verdict.accepted
    assert verdict.lost == ("zin 3", "zin 7", "zin 9")


def test_what_is_won_elsewhere_makes_up_for_what_is_lost() -> None:
    before = {**ALL, "zin 1": False, "zin 2": False}
    after = {**ALL, "zin 3": False, "zin 7": False, "zin 9": False}
    assert judge(after, before).accepted


def test_only_sentences_both_have_seen_count() -> None:
    assert judge({"nieuwe zin": False}, ALL).accepted
    assert judge({}, {}).accepted
