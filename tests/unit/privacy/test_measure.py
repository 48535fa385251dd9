"""The labelled messages are sound, and the masking holds the level it reached on them."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from stdnum.nl import bsn

from steunwijzer.privacy import mask
from steunwijzer.privacy.measure import Message, measure, read
from tests.conftest import ROOT

MESSAGES = read(ROOT / "tests" / "privacy" / "berichten.jsonl")
KINDS = {"bsn", "rekeningnummer", "telefoonnummer", "e-mailadres", "adres", "postcode", "geboortedatum", "naam"}
# Numbers nobody has: the range for tests, and two that stand in every manual. One is mistyped on purpose.
TEST_NUMBERS = {"111222333", "123456782", "123456781"}


def test_the_set_is_large_and_half_of_it_holds_no_personal_data() -> None:
    assert len(MESSAGES) >= 300
    assert len({message.text for message in MESSAGES}) == len(MESSAGES)
    assert sum(not message.spans for message in MESSAGES) >= 150
    assert {kind for message in MESSAGES for kind, _, _ in message.spans} == KINDS
    assert set(Counter(message.part for message in MESSAGES)) == {"gezien", "ongezien"}


@pytest.mark.parametrize("message", [m for m in MESSAGES if m.spans], ids=lambda m: m.text[:40])
def test_labels_point_at_whole_pieces(message: Message) -> None:
    for kind, start, end in message.spans:
        piece = message.text[start:end]
        assert piece == piece.strip()
        assert piece
        if kind == "bsn":
            digits = "".join(filter(str.isdigit, piece))
            assert digits in TEST_NUMBERS or (digits.startswith("9999") and bsn.is_valid(digits))
    assert all(one[2] <= other[1] for one, other in pairwise(message.spans))


@pytest.mark.parametrize("part", ["gezien", "ongezien"])
def test_what_is_personal_is_found_and_the_rest_stays(part: str) -> None:
    figures = measure([message for message in MESSAGES if message.part == part], lambda text: mask(text).found)
    assert figures.recall >= 0.95, figures.missed
    assert figures.precision >= 0.98, figures.too_much
    assert figures.found["bsn"] == figures.wanted["bsn"], figures.missed


def test_half_a_name_is_not_found_and_too_much_is_counted() -> None:
    message = Message("ik heet Jan Smit", "gezien", (("naam", 8, 16),))
    half = measure([message], lambda text: [("naam", 8, 11)])
    assert (half.recall, half.precision) == (0.0, 1.0)
    beside = measure([message], lambda text: [("naam", 8, 16), ("naam", 0, 2)])
    assert (beside.recall, beside.precision) == (1.0, 0.5)
