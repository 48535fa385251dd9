"""The walk along every branch: long questionnaires too, and it must still see what only one answer leads to."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.flows import Flow
from bot.flows.loader import load_file
from bot.flows.walker import walk

ANSWERS = ("ja", "soms", "nee", "weet_niet")
QUESTIONS = [f"vraag_{number}" for number in range(1, 13)]
VALUES = dict.fromkeys(QUESTIONS, ANSWERS)


def _flow(folder: Path, *last: str) -> Flow:
    lines = ["flows:", "  lang:", "    name: Lang", "    description: twaalf vragen", "    steps:"]
    lines += [f"      - collect: {question}" for question in QUESTIONS]
    path = folder / "lang.yml"
    path.write_text("\n".join([*lines, *(f"      {line}" for line in last)]), encoding="utf-8")
    return load_file(path)[0]


def test_twelve_questions_with_four_answers_are_walked_to_both_ends(tmp_path: Path) -> None:
    flow = _flow(
        tmp_path,
        "- noop: true",
        "  next:",
        '    - if: slots.vraag_1 is "nee" and slots.vraag_12 is "ja"',
        "      then: [{action: utter_een, next: END}]",
        "    - else: [{action: utter_ander, next: END}]",
    )
    seen = walk(flow, VALUES)
    assert seen.endings == {"utter_een", "utter_ander"}
    assert seen.steps == set(flow.steps)
    assert seen.stuck == []


def test_a_path_that_only_one_first_answer_leads_to_is_found_to_be_stuck(tmp_path: Path) -> None:
    flow = _flow(
        tmp_path,
        "- id: einde",
        "  noop: true",
        "  next:",
        '    - if: slots.vraag_1 in ["ja", "soms", "nee"]',
        "      then: [{action: utter_een, next: END}]",
    )
    assert set(walk(flow, VALUES).stuck) == {"einde"}


@pytest.mark.parametrize("answer", ANSWERS)
def test_a_loop_of_questions_comes_to_an_end(tmp_path: Path, answer: str) -> None:
    flow = _flow(
        tmp_path,
        "- noop: true",
        "  next:",
        f'    - if: slots.vraag_12 is "{answer}"',
        "      then: s1",
        "    - else: [{action: utter_een, next: END}]",
    )
    assert walk(flow, VALUES).endings == {"utter_een"}
