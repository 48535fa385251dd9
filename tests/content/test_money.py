"""What help costs, on the days the texts have to live through: an amount that has run out is gone, what to do stays."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answers.render import Renderer, Situation
from bot.content import load_answers, load_facts
from bot.content.facts import Amount, Facts
from tests.conftest import ROOT

CONTENT = ROOT / "content"
RENDERER = Renderer(load_answers(CONTENT), load_facts(CONTENT), {})
AUTUMN, NEW_YEAR = date(2026, 11, 26), date(2027, 1, 2)
KNOWN_FOR_2026 = Amount(21.8, "EUR per maand", date(2026, 1, 1), date(2026, 12, 31))
KNOWN_FOR_2027 = Amount(23, "EUR per maand", date(2027, 1, 1), date(2027, 12, 31))


def say(key: str, today: date, **slots: str) -> str:
    return str(RENDERER.render(key, Situation(slots, today, "GM9999"))["text"])


def test_in_autumn_the_amount_of_this_year_is_said_and_next_year_is_unknown() -> None:
    text = say("utter_wmo_eigen_bijdrage", AUTUMN)
    assert "In 2026 is dat hoogstens € 21,80 per maand." in text
    assert "Het bedrag voor 2027 is nog niet bekend bij ons." in text


def test_after_new_year_the_amount_is_gone_and_the_way_to_ask_stays() -> None:
    text = say("utter_wmo_eigen_bijdrage", NEW_YEAR)
    assert "€" not in text
    assert "2026" not in text
    assert "Het bedrag voor 2027 is nog niet bekend bij ons." in text
    assert "hetcak.nl" in text
    assert "0800-1925" in text


@pytest.mark.parametrize("kind", ["rolstoel", "kind"])
def test_who_pays_nothing_is_not_said_past_its_year(kind: str) -> None:
    assert "meestal" in say("utter_wmo_eigen_bijdrage_bijzonder", AUTUMN, bijdrage_soort=kind)
    later = say("utter_wmo_eigen_bijdrage_bijzonder", NEW_YEAR, bijdrage_soort=kind)
    assert "meestal" not in later
    assert "0800-1925" in later
    assert "0800-1925" in say("utter_wmo_eigen_bijdrage_niet", NEW_YEAR)


@pytest.mark.parametrize(
    ("rows", "today", "unknown"),
    [
        ([KNOWN_FOR_2026], date(2026, 5, 1), None),
        ([KNOWN_FOR_2026], AUTUMN, "2027"),
        ([KNOWN_FOR_2026], NEW_YEAR, "2027"),
        ([KNOWN_FOR_2026, KNOWN_FOR_2027], AUTUMN, None),
        ([KNOWN_FOR_2026, KNOWN_FOR_2027], NEW_YEAR, None),
    ],
)
def test_a_year_is_unknown_until_an_editor_dates_it(rows: list[Amount], today: date, unknown: str | None) -> None:
    facts = Facts(amounts={"bijdrage": tuple(rows)})
    assert facts.lookup("bedrag.bijdrage.onbekend_jaar", today, None) == unknown


def test_the_energy_fund_names_its_days_only_while_it_is_open() -> None:
    assert "4 januari tot en met 7 mei 2027" in say("utter_inkomen_energie", AUTUMN)
    assert "€ 120 tot € 1.800" in say("utter_inkomen_energie", AUTUMN)
    closed = say("utter_inkomen_energie", date(2027, 5, 8))
    assert "Noodfonds" not in closed
    assert "3 werkdagen" in closed


def test_the_amounts_of_social_assistance_of_the_first_half_year_are_hidden() -> None:
    text = say("utter_inkomen_bijstand_bedragen", AUTUMN)
    assert "1.401" not in text
    assert "2.002" not in text
    assert "https://voorbeeldstad.example" in text
    later = say("utter_inkomen_bijstand_bedragen", NEW_YEAR)
    assert "€" not in later
    assert "https://voorbeeldstad.example" in later
