"""Personal data is covered; what is needed to help stays readable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steunwijzer.privacy import mask


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("mijn bsn is 111222333", "mijn bsn is [bsn]"),
        ("BSN: 111 222 333, graag hulp", "BSN: [bsn], graag hulp"),
        ("mijn burgerservicenummer 123456789 is verkeerd", "mijn burgerservicenummer [bsn] is verkeerd"),
        ("bel me op 06-12345678", "bel me op [telefoonnummer]"),
        ("mijn nummer is +31 6 12345678", "mijn nummer is [telefoonnummer]"),
        ("ik woon in de Dorpsstraat 12a", "ik woon in de [adres]"),
        ("NL91 ABNA 0417 1643 00", "[rekeningnummer]"),
        ("mail naar jan.jansen@voorbeeld.nl", "mail naar [e-mailadres]"),
        ("ik ben geboren op 3 november 1942", "ik ben geboren op [geboortedatum]"),
        ("geboortedatum 03-11-1942", "geboortedatum [geboortedatum]"),
        ("1234 AB Voorbeeldstad", "1234 ▮▮ Voorbeeldstad"),
        ("mijn postcode is 1234 ab", "mijn postcode is 1234 ▮▮"),
    ],
)
def test_personal_data_is_covered(said: str, kept: str) -> None:
    assert mask(said).text == kept


@pytest.mark.parametrize(
    "said",
    [
        "ik heb op 3 november 2026 gemeld",
        "gemeld op 03-11-2026",
        "mijn moeder van 82 krijgt 3 uur hulp per week",
        "is het nummer 112 of 113, of 0800-2000?",
        "ik bel 14 0182 van de gemeente",
        "ik wacht al sinds 2025 en nu?",
        "sinds 2025 al.",
        "mijn postcode is 1234",
        "de eigen bijdrage is € 21,80 per maand",
        "zaaknummer 2026-001234 van de gemeente",
        "Zuidplein heeft 3 loketten",
    ],
)
def test_what_helps_stays_readable(said: str) -> None:
    assert mask(said).text == said


def test_kinds_are_named_once_in_order() -> None:
    assert mask("06-12345678, jan@voorbeeld.nl, 06-87654321").kinds == ["telefoonnummer", "e-mailadres"]


@given(st.text(max_size=300))
def test_masking_never_fails_and_is_stable(text: str) -> None:
    once = mask(text)
    assert mask(once.text).text == once.text or once.found
    for _, start, end in once.found:
        assert 0 <= start < end <= len(text)
