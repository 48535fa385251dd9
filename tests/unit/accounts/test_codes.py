"""The codes of the app: RFC 6238's own example, the clock of a telephone, a picture without style or script; and waiting."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta

import pytest

from steunwijzer.accounts import totp
from steunwijzer.accounts.lockout import Failures, wait_after

# RFC 6238 appendix B, with the last six of its eight digits.
RFC = base64.b32encode(b"12345678901234567890").decode()
EXAMPLES = [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (2000000000, "279037")]


@pytest.mark.parametrize(("seconds", "code"), EXAMPLES)
def test_the_examples_of_the_standard(seconds: int, code: str) -> None:
    assert totp.matching_step(RFC, code, datetime.fromtimestamp(seconds, UTC), 0) == seconds // 30


@pytest.mark.parametrize(("off", "fine"), [(-60, False), (-30, True), (30, True), (60, False)])
def test_a_clock_may_be_one_period_off(off: int, fine: bool) -> None:
    at = datetime.fromtimestamp(1111111109 + off, UTC)
    assert (totp.matching_step(RFC, "081804", at, 0) is not None) == fine


@pytest.mark.parametrize("code", ["", "08180", "0818040", "abcdef", "०८१८०४", "081804 of 1=1"])
def test_anything_else_is_wrong(code: str) -> None:
    assert totp.matching_step(RFC, code, datetime.fromtimestamp(1111111109, UTC), 0) is None


def test_a_code_may_be_typed_in_two_halves() -> None:
    assert totp.matching_step(RFC, "081 804", datetime.fromtimestamp(1111111109, UTC), 0)


def test_the_key_belongs_to_the_link_and_the_installation() -> None:
    key = totp.secret_for("geheim", "link")
    assert key == totp.secret_for("geheim", "link")
    assert len({key, totp.secret_for("ander", "link"), totp.secret_for("geheim", "andere")}) == 3
    assert len(base64.b32decode(key)) == 20


def test_the_picture_is_nothing_but_lines_and_grows_with_the_page() -> None:
    picture = totp.picture(totp.address(RFC, "anne@voorbeeldstad.example"))
    assert "viewBox" in picture
    for unwanted in ("style", "script", "href", "xlink", "onload", "data:"):
        assert unwanted not in picture


@pytest.mark.parametrize(
    ("failures", "minutes"), [(0, 0), (4, 0), (5, 1), (6, 2), (7, 4), (10, 32), (11, 60), (500, 60)]
)
def test_waiting_grows_to_an_hour(failures: int, minutes: int) -> None:
    assert wait_after(failures) == timedelta(minutes=minutes)


def test_one_household_of_ipv6_is_one_and_counting_ends_after_a_day() -> None:
    now = datetime(2026, 11, 27, tzinfo=UTC)
    failures = Failures(2)
    failures.failed("2001:db8::1", now)
    failures.failed("2001:db8::ffff", now)
    assert failures.locked_until("2001:db8::2", now)
    assert failures.locked_until("2001:db8:1::1", now) is None
    failures.failed("2001:db8::1", now + timedelta(days=2))
    assert failures.locked_until("2001:db8::1", now + timedelta(days=2)) is None
