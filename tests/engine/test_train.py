"""Training judges the new model: what it lost is shown, and the old one stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.training import acceptance, train


@pytest.fixture
def candidate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(train, "MODELS", tmp_path)
    monkeypatch.setattr(acceptance, "RECORDS", tmp_path / "begrip")
    model = train.wanted_model()
    model.write_bytes(b"model")
    acceptance.keep_record("vorig", {f"zin {number}": True for number in range(10)})
    return model


def test_a_model_that_understands_less_is_put_aside(candidate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(train, "understood_by", lambda _: {f"zin {number}": number > 4 for number in range(10)})
    with pytest.raises(train.UnderstandsLess, match=r"5 van 10 proefzinnen niet meer[\s\S]*zin 4"):
        train._judge(candidate, anyway=False)
    assert not candidate.exists()
    assert train.refused_model().exists()


def test_it_can_be_taken_all_the_same(candidate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(train, "understood_by", lambda _: {f"zin {number}": number > 4 for number in range(10)})
    train._judge(candidate, anyway=True)
    assert candidate.exists()
    assert acceptance.last_record()["zin 0"] is False


def test_a_better_model_is_the_new_measure(candidate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(train, "understood_by", lambda _: {f"zin {number}": True for number in range(10)})
    train._judge(candidate, anyway=False)
    assert candidate.exists()
    assert all(acceptance.last_record().values())
