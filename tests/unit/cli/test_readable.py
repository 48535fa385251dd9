"""A resident who asks what is kept can read it; nothing that anybody typed becomes part of the page."""

from __future__ import annotations

from steunwijzer.cli.readable import as_page

FOUND = {
    "gesprek": {"id": "a1", "gemeente": "GM9999", "created_at": "2026-11-27T09:05:00+00:00", "solved": None},
    "berichten": [
        {"seq": 1, "sender": "inwoner", "at": "2026-11-27T09:06:00+00:00", "text": "<script>alert(1)</script>"},
        {"seq": 2, "sender": "medewerker", "at": "2026-11-27T09:07:00+00:00", "text": "Dag & welkom", "blocks": []},
    ],
    "notities": [{"text": "Belt <b>liever</b>.", "at": "2026-11-27T09:08:00+00:00"}],
    "labels": ["val"],
    "bezorgd": [],
}


def test_messages_come_first_in_the_time_of_the_netherlands() -> None:
    page = as_page(FOUND)
    assert page.index("Berichten") < page.index("Notities van medewerkers") < page.index("Labels")
    assert "<strong>U</strong> (27-11-2026 10:06): " in page
    assert "GM9999" in page


def test_what_was_typed_is_text() -> None:
    page = as_page(FOUND)
    assert "<script>" not in page
    assert "&lt;script>" in page
    assert "<b>" not in page
    assert "Dag &amp; welkom" in page


def test_what_there_is_not_is_not_named() -> None:
    page = as_page(FOUND)
    assert "Bezorgd" not in page
    assert "solved" not in page
