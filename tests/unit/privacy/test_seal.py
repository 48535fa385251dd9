"""What is sealed can be opened by this installation only."""

from __future__ import annotations

import subprocess
import sys

import pytest

from steunwijzer.privacy import Sealer, SealError

SECRET = "een geheim van de tests, lang genoeg"


def test_what_was_sealed_opens_again_and_does_not_show_what_it_is() -> None:
    sealed = Sealer(SECRET).seal("06-12 34 56 78, ëén")
    assert "06-12" not in sealed
    assert Sealer(SECRET).open(sealed) == "06-12 34 56 78, ëén"


def test_the_same_text_is_sealed_differently_each_time() -> None:
    sealer = Sealer(SECRET)
    assert sealer.seal("ja") != sealer.seal("ja")


def test_another_secret_does_not_open_it() -> None:
    with pytest.raises(SealError):
        Sealer(SECRET + "!").open(Sealer(SECRET).seal("ja"))


@pytest.mark.parametrize("broken", ["", "geen zegel", "é"])
def test_what_is_not_sealed_does_not_open(broken: str) -> None:
    with pytest.raises(SealError):
        Sealer(SECRET).open(broken)


def test_a_change_is_noticed() -> None:
    sealed = Sealer(SECRET).seal("ja")
    with pytest.raises(SealError):
        Sealer(SECRET).open(sealed[:-10] + ("A" if sealed[-10] != "A" else "B") + sealed[-9:])


def test_cryptography_is_loaded_only_when_something_is_sealed() -> None:
    code = "import sys; from steunwijzer.privacy import Sealer; Sealer('x' * 32); print('cryptography' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
