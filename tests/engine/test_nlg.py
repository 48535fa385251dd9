"""What an editor saves is said from the next second on; what cannot be read leaves the old text in use."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from bot.answers import nlg
from bot.paths import CONTENT

OLD, NEW = "Ik ben Steunwijzer", "Ik heet Steunwijzer"


class Clock:
    """Time that passes when told to."""

    now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(nlg, "time", clock)
    return clock


@pytest.fixture
def made(content: Path, clock: Clock) -> nlg.ContentNlg:
    return nlg.ContentNlg(content)


def said(made: nlg.ContentNlg) -> str:
    made.refresh()
    situation = nlg.Situation({}, date(2026, 11, 27), None)
    return str(made._message("utter_welkom", {}, situation)["text"])


def save(content: Path, old: str, new: str) -> None:
    path = content / "antwoorden" / "patronen.yml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_saved_text_is_said_from_the_next_second_on(made: nlg.ContentNlg, content: Path, clock: Clock) -> None:
    assert OLD in said(made)
    save(content, OLD, NEW)
    clock.now += 0.5
    assert OLD in said(made)
    clock.now += 0.6
    assert NEW in said(made)


def test_what_cannot_be_read_leaves_the_old_text_until_it_is_mended(
    made: nlg.ContentNlg, content: Path, clock: Clock
) -> None:
    save(content, "responses:", "responses: [")
    clock.now += 2
    assert OLD in said(made)
    save(content, "responses: [", "responses:")
    save(content, OLD, NEW)
    clock.now += 2
    assert NEW in said(made)
