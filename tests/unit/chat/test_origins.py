"""Only sites on a list, and a municipality's site only for its own residents."""

from __future__ import annotations

from pathlib import Path

import pytest

from steunwijzer.chat.errors import ChatError
from steunwijzer.chat.origins import Origins, sites_of_municipalities

ORIGINS = Origins(("https://steunwijzer.example",), {"GM9999": ("https://voorbeeldstad.example",), "GM0344": ()})


@pytest.mark.parametrize(
    ("origin", "host", "gemeente"),
    [
        ("", "chat.example", "GM0344"),
        ("https://chat.example", "chat.example", "GM0344"),
        ("https://steunwijzer.example", "chat.example", None),
        ("https://voorbeeldstad.example", "chat.example", "GM9999"),
    ],
)
def test_who_is_on_the_list_may_start(origin: str, host: str, gemeente: str | None) -> None:
    ORIGINS.check_start(origin, host, gemeente)


@pytest.mark.parametrize(
    ("origin", "host", "gemeente"),
    [
        ("https://boef.example", "chat.example", "GM9999"),
        ("https://voorbeeldstad.example", "chat.example", "GM0344"),
        ("https://voorbeeldstad.example", "chat.example", None),
        ("http://voorbeeldstad.example", "chat.example", "GM9999"),
        ("https://voorbeeldstad.example.boef.example", "chat.example", "GM9999"),
        ("https://chat.example.boef.example", "chat.example", None),
        ("https://chat.example@boef.example", "chat.example", None),
        ("null", "chat.example", None),
        ("https://", "", None),
        ("https://[", "chat.example", None),
    ],
)
def test_who_is_not_may_not(origin: str, host: str, gemeente: str | None) -> None:
    with pytest.raises(ChatError):
        ORIGINS.check_start(origin, host, gemeente)


def test_the_sites_come_from_the_profiles(tmp_path: Path) -> None:
    folder = tmp_path / "gemeenten"
    folder.mkdir()
    (folder / "GM9999.yml").write_text(
        "gemeente: GM9999\nwebsites: [https://voorbeeldstad.example]\n", encoding="utf-8"
    )
    (folder / "GM0344.yml").write_text("gemeente: GM0344\n", encoding="utf-8")
    assert sites_of_municipalities(tmp_path) == {"GM9999": ("https://voorbeeldstad.example",), "GM0344": ()}
