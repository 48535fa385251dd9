"""Personal data is covered; what is needed to help stays readable."""

from __future__ import annotations

import sys
from collections import Counter

import pytest

from steunwijzer.privacy import mask


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("mijn bsn is 111222333", "mijn bsn is [bsn]"),
        ("BSN: 111 222 333, graag hulp", "BSN: [bsn], graag hulp"),
        ("mijn burgerservicenummer 123456789 is verkeerd", "mijn burgerservicenummer [bsn] is verkeerd"),
        ("bsn van mijn moeder 123456789", "bsn van mijn moeder [bsn]"),
        ("ik ben 1112.22.333", "ik ben [bsn]"),
        ("bel me op 06-12345678", "bel me op [telefoonnummer]"),
        ("bel 06.12.34.56.78", "bel [telefoonnummer]"),
        ("mijn nummer is +31 6 12345678", "mijn nummer is [telefoonnummer]"),
        ("tel (030) 234 56 78", "tel [telefoonnummer]"),
        ("mijn mobiel is 6 12345678", "mijn mobiel is [telefoonnummer]"),
        ("ik woon in de Dorpsstraat 12a", "ik woon in de [adres]"),
        ("kerkstraat12 in het dorp", "[adres] in het dorp"),
        ("dorpsweg nr 5", "[adres]"),
        ("ik woon op Damrak 1", "ik woon op [adres]"),
        ("mijn adres is Lange Voorhout 10", "mijn adres is [adres]"),
        ("Markt 1, 1234 AB Voorbeeldstad", "[adres], 1234 ▮▮ Voorbeeldstad"),
        ("NL91 ABNA 0417 1643 00", "[rekeningnummer]"),
        ("rekening NL91ABNA0417164300 is van mij", "rekening [rekeningnummer] is van mij"),
        ("nl91abna0417164301 met een typfout", "[rekeningnummer] met een typfout"),
        ("BE68 5390 0754 7034 is Belgisch", "[rekeningnummer] is Belgisch"),
        ("mail naar jan.jansen@voorbeeld.nl", "mail naar [e-mailadres]"),
        ("mail naar jan(at)voorbeeld.nl", "mail naar [e-mailadres]"),
        ("ik ben geboren op 3 november 1942", "ik ben geboren op [geboortedatum]"),
        ("mijn dochter (geb. 3 nov. 2012) heeft hulp nodig", "mijn dochter (geb. [geboortedatum]) heeft hulp nodig"),
        ("geboortedatum 03-11-1942", "geboortedatum [geboortedatum]"),
        ("geboren 1942-11-03", "geboren [geboortedatum]"),
        ("geboortedatum: 03111942", "geboortedatum: [geboortedatum]"),
        ("3-11-1942 is mijn geboortedatum", "[geboortedatum] is mijn geboortedatum"),
        ("1234 AB Voorbeeldstad", "1234 ▮▮ Voorbeeldstad"),
        ("wij wonen 1234 xk", "wij wonen 1234 ▮▮"),
        ("mijn postcode is 1234 al", "mijn postcode is 1234 ▮▮"),
        ("1234ab", "1234▮▮"),
        ("mijn naam is jan de vries", "mijn naam is [naam]"),
        ("mijn zoon Daan heeft autisme", "mijn zoon [naam] heeft autisme"),
        ("mevrouw van der Berg belt", "mevrouw [naam] belt"),
        ("groetjes, marieke", "groetjes, [naam]"),
        ("P. Hendriks, 3-4-1951", "[naam], [geboortedatum]"),
        ("ik woon op Burgemeester de Vlugtlaan 8", "ik woon op [adres]"),
        ("Postbus 123", "[adres]"),
    ],
)
def test_personal_data_is_covered(said: str, kept: str) -> None:
    assert mask(said).text == kept


@pytest.mark.parametrize(
    "said",
    [
        "ik heb op 3 november 2026 gemeld",
        "gemeld op 03-11-2026",
        "ik ben geboren in Utrecht en op 3 november 2026 heb ik gemeld",
        "de brief van 3 november 2026",
        "mijn moeder van 82 krijgt 3 uur hulp per week",
        "ik ben onderweg 2 uur kwijt",
        "mijn man is al weg 3 weken",
        "we zijn in het park 2 keer gevallen",
        "in het winkelcentrum Zandpad 12 jaar gewerkt",
        "ik woon samen met 2 kinderen",
        "ik woon op kamers met 3 anderen",
        "we wonen aan de rand van het dorp 5 km verderop",
        "is het nummer 112 of 113, of 0800-2000?",
        "telefoon 0800-2000 of tel. 14 0182",
        "ik bel 14 0182 van de gemeente",
        "ik wacht al sinds 2025 en nu?",
        "sinds 2025 al.",
        "SINDS 2025 AL GEEN HULP",
        "1500 km en 2000kg",
        "mijn postcode is 1234",
        "de eigen bijdrage is € 21,80 per maand",
        "ik betaal 1.234 euro",
        "zaaknummer 2026-001234 van de gemeente",
        "van 2024-2025 2 keer",
        "Zuidplein heeft 3 loketten",
        "supermarkt 2 straten verder",
        "hoe heet die wet ook alweer",
        "mijn moeder wil thuis blijven",
        "mevrouw van de gemeente was aardig",
        "kan ik mijn achternaam wijzigen",
        "ik spreek alleen Frans",
        "ik ben Nederlander",
        "ik woon hier sinds 3-4-1998",
    ],
)
def test_what_helps_stays_readable(said: str) -> None:
    assert mask(said).text == said


def test_kinds_are_named_once_in_order() -> None:
    assert mask("06-12345678, jan@voorbeeld.nl, 06-87654321").kinds == ["telefoonnummer", "e-mailadres"]


def test_the_places_point_into_the_text_as_it_was_said() -> None:
    said = "mijn bsn is 111222333, postcode 1234 AB"
    assert [(kind, said[start:end]) for kind, start, end in mask(said).found] == [
        ("bsn", "111222333"),
        ("postcode", "AB"),
    ]


@pytest.mark.parametrize(
    "piece",
    [
        "12345678 ",
        "NL91 ",
        "a.a@",
        "woon op a ",
        "A 1 ",
        "geboren 3 mei ",
        "1234 ab ",
        "straat 1",
        "Jan van ",
        "A. ",
        "De de ",
        "mevrouw ",
    ],
)
def test_a_text_four_times_as_long_takes_four_times_the_work(piece: str) -> None:
    assert calls_to_mask((piece * 2000)[:2000]) < 5 * calls_to_mask((piece * 500)[:500])


def calls_to_mask(text: str) -> int:
    """How many functions are called to mask ``text``: the same on every machine, however busy."""
    events: Counter[str] = Counter()
    sys.setprofile(lambda _frame, event, _arg: events.update([event]))
    try:
        mask(text)
    finally:
        sys.setprofile(None)
    return events["call"] + events["c_call"]
