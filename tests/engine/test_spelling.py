"""Typing errors are mended towards our own words; words that Dutch knows stay as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.nlu.languages import language_of
from bot.nlu.spelling import Speller, dutch_words

EXAMPLES = [
    "hoe vraag ik huishoudelijke hulp aan bij de gemeente",
    "ik zoek huishoudelijke hulp voor mijn moeder",
    "de gemeente geeft geen antwoord op mijn aanvraag voor een rolstoel",
    "mijn moeder wil een rolstoel van de gemeente",
    "ik wil een rolstoel en hulp voor mijn moeder van de gemeente",
]


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller.learn(EXAMPLES, dutch_words())


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("huishoudlijke hulp", "huishoudelijke hulp"),
        ("rolstoeel voor me moedr", "rolstoel voor me moeder"),
        ("gemeetne", "gemeente"),
        ("Huishoudelijke HULP!", "huishoudelijke hulp!"),
        ("voortaan kijken we in Breda", "voortaan kijken we in breda"),
        ("ik", "ik"),
        ("", ""),
    ],
)
def test_errors_are_mended_and_good_words_stay(speller: Speller, written: str, read: str) -> None:
    assert speller.correct(written) == read


def test_rough_sentences_tell_which_words_exist_and_not_what_is_usual() -> None:
    rough = ["help my mother is boos", "mother help mijn wicht", "t wicht wil mishandeling melden"]
    speller = Speller.learn(EXAMPLES, dutch_words(), rough)
    assert speller.correct("mishandelin") == "mishandeling"
    assert speller.knows("wicht")
    assert speller.share_of_ours("help my mother") == 0


def test_it_survives_storage(speller: Speller, tmp_path: Path) -> None:
    speller.save(tmp_path / "spelling.npz")
    again = Speller.read(tmp_path / "spelling.npz")
    assert again.correct("gemeetne") == "gemeente"
    assert again.knows("stoel")
    assert not again.knows("gemeetne")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I need help for my mother", "en"),
        ("how do I apply for home care", "en"),
        ("Annem için yardıma ihtiyacım var", "tr"),
        ("merhaba", "tr"),
        ("أحتاج إلى مساعدة لأمي", "ar"),
        ("Potrzebuję pomocy dla mojej mamy", "pl"),
        ("dzień dobry, nie mówię po niderlandzku", "pl"),
        ("ik heet Małgorzata en ik zoek hulp in huis", "nl"),
        ("Мені потрібна допомога", "uk"),
        ("wie kann ich einen Rollstuhl beantragen", "de"),
        ("comment demander une aide à domicile", "fr"),
        ("ik zoek hulp voor mijn moeder", "nl"),
        ("rolstoel", "nl"),
        ("hulp van de gemeente", "nl"),
        ("Zwolle", "nl"),
        ("anoniem chatten", "nl"),
        ("ontzettend bedankt", "nl"),
    ],
)
def test_languages_are_told_apart_and_dutch_stays_dutch(speller: Speller, text: str, language: str) -> None:
    assert language_of(text, speller) == language
