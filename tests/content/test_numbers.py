"""Phone numbers are pinned one by one; an amount that has run out is never said."""

from __future__ import annotations

import re
from datetime import date

import pytest

from bot.answers.render import Renderer, Situation
from bot.content import load_answers, load_facts
from tests.conftest import ROOT

CONTENT = ROOT / "content"
FACTS = load_facts(CONTENT)
ANSWERS = load_answers(CONTENT)
# A wrong digit here costs someone the help he needs: change both places, after calling the number.
PINNED = {
    "112": "112",
    "113": "113",
    "113_lang": "0800-0113",
    "veilig_thuis": "0800-2000",
    "kindertelefoon": "0800-0432",
    "in_je_bol": "0800-0450",
    "luisterlijn": "088-0767000",
    "mind_hulplijn": "0900-1450",
    "zorgwekkend_gedrag": "0800-1205",
    "dementielijn": "0800-5088",
    "juridisch_loket": "0800-8020",
    "nationale_ombudsman": "0800-33 55 555",
    "jeugdstem": "088-555 1000",
    "cak": "0800-1925",
    "geldfit": "0800-8115",
    "slachtofferhulp": "0900-0101",
    "centrum_seksueel_geweld": "0800-0188",
    "politie": "0900-8844",
}


@pytest.mark.parametrize(("key", "number"), PINNED.items())
def test_each_number_is_the_checked_one(key: str, number: str) -> None:
    assert str(FACTS.phones[key]["nummer"]) == number


def test_no_number_is_left_unpinned() -> None:
    assert set(FACTS.phones) == set(PINNED)


@pytest.mark.parametrize("key", sorted(FACTS.phones))
def test_each_number_has_a_source_and_a_day_of_checking(key: str) -> None:
    assert FACTS.phones[key]["bron"]
    assert date.fromisoformat(str(FACTS.phones[key]["gecontroleerd_op"])) <= date.today()


def _all_texts(today: date) -> dict[str, str]:
    renderer = Renderer(ANSWERS, FACTS, {})
    said = {
        name: "iets"
        for answers in ANSWERS.values()
        for answer in answers
        for name in _slots(f"{answer.text}{answer.simple}")
    }
    return {
        f"{key}{'_eenvoudig' if simple else ''}": renderer.render(key, Situation(said, today), simple=simple)["text"]
        for key in ANSWERS
        for simple in (False, True)
    }


def _slots(text: str) -> list[str]:
    """What an action or an earlier answer fills in, such as ``{dag_melding}``."""
    return re.findall(r"\{(\w+)\}", text)


def _rows() -> list[tuple[str, date]]:
    """Each amount with the last day of each of its rows."""
    return [(key, row.valid_until) for key, rows in FACTS.amounts.items() for row in rows if row.valid_until]


def test_this_year_the_contribution_is_named() -> None:
    assert any("€ 21,80" in text for text in _all_texts(date(2026, 11, 24)).values())


def test_next_year_nothing_says_an_amount_of_this_year() -> None:
    late = {key: text for key, text in _all_texts(date(2027, 1, 1)).items() if "21,80" in text or "€ 21.80" in text}
    assert not late


@pytest.mark.parametrize(("key", "last"), _rows())
def test_an_amount_is_gone_after_its_last_day_unless_a_newer_one_is_known(key: str, last: date) -> None:
    after = date.fromordinal(last.toordinal() + 1)
    newer = any(row.valid_on(after) for row in FACTS.amounts[key])
    assert FACTS.lookup(f"bedrag.{key}", last, None)
    assert bool(FACTS.lookup(f"bedrag.{key}", after, None)) == newer


@pytest.mark.parametrize("today", [date(2026, 11, 24), date(2027, 1, 1), date(2028, 6, 1)])
def test_no_text_is_ever_empty_or_half_filled(today: date) -> None:
    wrong = {key: text for key, text in _all_texts(today).items() if not text.strip() or "{" in text or "}" in text}
    assert not wrong
