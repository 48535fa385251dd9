"""A crisis text is approved by two people, for exactly these words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.content import Answer
from steunwijzer.checks import crisis
from steunwijzer.checks.project import Project
from tests.conftest import ROOT

TEXT = Answer(key="utter_x", text="Bel 112.", source="crisis.yml:9", simple="Bel.", checked_on="2026-11-26")
SIGNED = {"status": "goedgekeurd", "redacteur": "redactie", "deskundige": "ggz", "op": "2026-11-26"}


def found(answer: Answer) -> list[str]:
    project = replace(Project.read(ROOT, date(2026, 11, 26)), answers={answer.key: [answer]})
    return [finding.message for finding in crisis.check(project) if finding.blocks]


def approved(**changes: Any) -> Answer:
    return replace(TEXT, approval={**SIGNED, "vingerafdruk": crisis.fingerprint(TEXT), **changes})


def test_two_people_and_the_words_of_today_are_an_approval() -> None:
    assert found(approved()) == []


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"deskundige": ""}, "ontbreekt: deskundige"),
        ({"deskundige": "redactie"}, "één persoon"),
        ({"op": "2099-01-01"}, "geen dag van een akkoord"),
        ({"status": "klaar"}, "geen geldige 'goedkeuring'"),
        ({"vingerafdruk": "oud"}, "veranderd na het akkoord"),
    ],
)
def test_anything_less_is_refused(changes: dict[str, Any], complaint: str) -> None:
    assert any(complaint in message for message in found(approved(**changes)))


def test_a_changed_letter_or_number_ends_the_approval() -> None:
    signed = approved()
    assert any("veranderd" in message for message in found(replace(signed, text="Bel 113.")))
    assert any("veranderd" in message for message in found(replace(signed, blocks=({"type": "noodnummers"},))))


def test_a_text_without_any_approval_does_not_go_live() -> None:
    assert any("geen geldige" in message for message in found(TEXT))


def test_drafts_are_counted_honestly_and_do_not_stop_the_work() -> None:
    findings = list(crisis.check(Project.read(ROOT, date(2026, 11, 26))))
    assert any("nog niet door een deskundige goedgekeurd" in finding.message for finding in findings)
    assert not [finding for finding in findings if finding.blocks]
