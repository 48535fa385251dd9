"""What stands beside a talk: the memo of the editors, and the sources the resident could see."""

from __future__ import annotations

from typing import Any

from steunwijzer.chat.texts import Texts
from steunwijzer.desk.memos import memos
from steunwijzer.store import Message
from tests.conftest import ROOT

SOURCE = {"type": "bron", "items": [{"titel": "Wmo 2015", "url": "https://wetten.example"}], "gecontroleerd_op": "2026-11-22"}  # fmt: skip


def said(key: str | None, text: str, *blocks: dict[str, Any]) -> Message:
    return Message(sender="assistent", answer_key=key, text=text, blocks=list(blocks))


def test_the_memo_goes_first_and_sources_are_those_the_resident_saw() -> None:
    talk = [
        said("utter_pgb_uitleg", "Pgb betekent persoonsgebonden budget.", SOURCE),
        said("utter_kosten", "Meestal betaalt u een bijdrage.", SOURCE),
        # For the young the same answer has a source; this resident read another wording, without one.
        said("utter_niet_begrepen_tweede", "Het spijt me, ik begrijp u nog steeds niet."),
        said(None, "Een medewerker leest mee."),
    ]
    first, second = memos(talk, Texts(ROOT / "content"))
    assert first.key == "utter_pgb_uitleg"
    assert first.texts
    assert (second.key, second.texts) == ("utter_kosten", [])
    assert second.sources == [("Wmo 2015", "https://wetten.example")]
    assert second.checked_on == "2026-11-22"
