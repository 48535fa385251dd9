"""Whatever is said around them: personal numbers never survive, public numbers and plain dates always do."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_97_10
from stdnum.nl import bsn

from bot import yamlsource
from steunwijzer.privacy import mask
from tests.conftest import ROOT

BEFORE = st.sampled_from(["", "hallo, ", "ik ben ", "kunt u mij helpen? ", "dit is het: ", "(", "mijn moeder heeft "])
AFTER = st.sampled_from(["", ".", " en ik zoek hulp", ", graag", ")", " is van mij", "?", " 2 keer"])
PUBLIC = [
    str(entry["nummer"])
    for entry in yamlsource.load(ROOT / "content" / "telefoonnummers.yml")["nummers"].values()
    if str(entry["nummer"]).startswith(("0800", "0900", "088", "14", "11"))
]
MONTHS = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]


def digits_of(text: str) -> str:
    return "".join(filter(str.isdigit, text))


@st.composite
def citizen_numbers(draw: st.DrawFn) -> str:
    first = draw(st.integers(1_000_000, 99_999_999).map(lambda number: f"{number:08d}"))
    check = sum(weight * int(digit) for weight, digit in zip(range(9, 1, -1), first, strict=True)) % 11
    number = first + str(check % 10)
    return number if check < 10 and bsn.is_valid(number) else "111222333"


@given(citizen_numbers(), BEFORE, AFTER, st.sampled_from(["", " ", ".", "-"]))
def test_a_bsn_never_survives(number: str, before: str, after: str, between: str) -> None:
    written = between.join((number[:3], number[3:6], number[6:]))
    masked = mask(before + written + after)
    assert written not in masked.text
    assert number not in digits_of(masked.text)


@given(
    st.sampled_from(["ABNA", "INGB", "RABO"]),
    st.integers(0, 9_999_999_999),
    BEFORE,
    AFTER,
    st.booleans(),
    st.booleans(),
)
def test_an_iban_never_survives(bank: str, account: int, before: str, after: str, spaced: bool, small: bool) -> None:
    check = mod_97_10.calc_check_digits(f"{bank}{account:010d}NL")
    compact = f"NL{check}{bank}{account:010d}"
    written = " ".join(compact[i : i + 4] for i in range(0, 18, 4)) if spaced else compact
    written = written.lower() if small else written
    masked = mask(before + written + after)
    assert "rekeningnummer" in masked.kinds
    assert f"{account:010d}" not in digits_of(masked.text)


@given(st.integers(0, 99_999_999), BEFORE, AFTER, st.sampled_from(["06{}", "06-{}", "06 {}", "+316{}", "0031 6 {}"]))
def test_a_mobile_number_never_survives(number: int, before: str, after: str, form: str) -> None:
    masked = mask(before + form.format(f"{number:08d}") + after)
    assert f"{number:08d}" not in masked.text


@given(
    st.sampled_from(PUBLIC),
    st.sampled_from(["ik bel {}", "is {} gratis?", "telefoon {}", "tel. {} of de huisarts", "{}"]),
)
def test_a_public_number_always_survives(number: str, sentence: str) -> None:
    assert mask(sentence.format(number)).text == sentence.format(number)


@given(
    st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    st.booleans(),
    st.sampled_from(["op {} gemeld", "brief van {}", "vanaf {} heb ik hulp"]),
)
def test_a_plain_date_always_survives(day: date, in_words: bool, sentence: str) -> None:
    said = sentence.format(f"{day.day} {MONTHS[day.month - 1]} {day.year}" if in_words else f"{day:%d-%m-%Y}")
    assert mask(said).text == said


@given(
    st.dates(date(1910, 1, 1), date(2026, 12, 31)),
    st.booleans(),
    st.sampled_from(["geboren op {}", "geboortedatum {}", "zij is geboren te Voorbeeldstad op {}"]),
)
def test_a_birth_date_never_survives(day: date, in_words: bool, sentence: str) -> None:
    written = f"{day.day} {MONTHS[day.month - 1]} {day.year}" if in_words else f"{day:%d-%m-%Y}"
    assert mask(sentence.format(written)).kinds == ["geboortedatum"]


@given(st.text(max_size=300))
def test_only_what_is_found_changes(text: str) -> None:
    masked = mask(text)
    rest, position = [], 0
    for _, start, end in masked.found:
        assert position <= start < end <= len(text)
        rest.append(text[position:start])
        position = end
    remaining = masked.text
    for piece in [*rest, text[position:]]:
        assert piece in remaining
        remaining = remaining.split(piece, 1)[1] if piece else remaining
