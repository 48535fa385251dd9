"""Which municipality uses what is read from settings and a file; what is not complete stops the start, in Dutch."""

from __future__ import annotations

from pathlib import Path

import pytest

from steunwijzer import clock
from steunwijzer.connectors import Plan, read_plan
from steunwijzer.settings import SettingsError, load_settings
from tests.unit.connectors.receiver import SECRET

TEAM = "11111111-1111-4111-8111-111111111111"
OPENKLANT = {
    "CONNECTORS": "openklant",
    "OPENKLANT_URL": "https://ok.example.nl",
    "OPENKLANT_TOKEN": "t",
    "OPENKLANT_TEAM": TEAM,
}
MAIL = {
    "CONNECTORS": "email", "MAIL_TO": "kcc@example.nl", "MAIL_FROM": "chat@example.nl", "SMTP_HOST": "mail.example.nl",
    "PUBLIC_URL": "https://chat.example.nl",
}  # fmt: skip
WEBHOOK = {"CONNECTORS": "webhook", "WEBHOOK_URL": "https://haak.example.nl/", "WEBHOOK_SECRET": SECRET}


def plan(folder: Path, file: str = "", secrets: dict[str, str] | None = None, **given: str) -> Plan:
    path = folder / "koppelingen.yml"
    path.write_text(file, encoding="utf-8")
    environment = {f"STEUNWIJZER_{name}": value for name, value in {**given, "CONNECTORS_FILE": str(path)}.items()}
    return read_plan(load_settings(environment, folder), clock.now, lambda name: (secrets or {}).get(name, ""))


def test_without_settings_nothing_is_delivered(tmp_path: Path) -> None:
    assert list(plan(tmp_path).all()) == []


def test_every_municipality_uses_the_connectors_of_the_installation_unless_it_differs(tmp_path: Path) -> None:
    made = plan(tmp_path, "GM9999: {koppelingen: []}", **WEBHOOK)
    assert list(made.of("GM0363")) == ["webhook"]
    assert list(made.of("GM9999")) == []
    assert not made.closed


def test_a_municipality_has_an_address_and_a_secret_of_its_own(tmp_path: Path) -> None:
    file = "GM9999: {webhook: {url: 'https://eigen.example.nl', geheim_uit: HAAK_GM9999}}"
    made = plan(tmp_path, file, {"HAAK_GM9999": SECRET}, **WEBHOOK)
    assert made.connector("webhook", "GM9999") is not made.connector("webhook", "GM0363")


def test_all_kinds_together(tmp_path: Path) -> None:
    made = plan(
        tmp_path,
        **{**OPENKLANT, **MAIL, **WEBHOOK, "CONNECTORS": "openklant, email,webhook", "CONNECTORS_CLOSED": "on"},
    )
    assert [name for _, name, _ in made.all()] == ["openklant", "email", "webhook"]
    assert made.closed


@pytest.mark.parametrize(
    ("file", "given", "says"),
    [
        ("", {**OPENKLANT, "OPENKLANT_TEAM": "team wmo"}, "OPENKLANT_TEAM moet een UUID"),
        ("", {**OPENKLANT, "OPENKLANT_TEAM": ""}, "OPENKLANT_TEAM is leeg"),
        (
            "GM9999: {openklant: {url: 'https://eigen.example.nl', token_uit: T}}",
            OPENKLANT,
            "koppelingen van GM9999 zijn niet af",
        ),
        ("", {**MAIL, "MAIL_TO": "kcc@example.nl, baas@example.nl"}, "één e-mailadres"),
        ("", {**MAIL, "SMTP_SECURITY": "off"}, "op dit apparaat"),
        ("", {**MAIL, "PUBLIC_URL": ""}, "link nodig"),
        ("", {**MAIL, "SMTP_HOST": ""}, "SMTP_HOST is leeg"),
        ("Voorbeeldstad: {}", WEBHOOK, "'Voorbeeldstad' is geen gemeentecode"),
        ("", {"CONNECTORS": "postduif"}, "'postduif' is geen koppeling"),
        ("", {"CONNECTORS": "webhook"}, "STEUNWIJZER_WEBHOOK_URL is leeg"),
        ("", {**WEBHOOK, "WEBHOOK_SECRET": ""}, "STEUNWIJZER_WEBHOOK_SECRET is leeg"),
        ("", {**WEBHOOK, "WEBHOOK_SECRET": "whsec_kort"}, "24 bytes"),
        ("", {**WEBHOOK, "WEBHOOK_URL": "http://haak.example.nl"}, "https://"),
        ("GM9999: {webhook: {url: 'https://eigen.example.nl'}}", WEBHOOK, "eigen geheim"),
        ("GM9999: {webhook: {url: 'https://eigen.example.nl', geheim_uit: NERGENS}}", WEBHOOK, "NERGENS"),
        ("GM9999: {webhook: {geheim: abc}}", WEBHOOK, "docs/koppelingen.md"),
        ("GM9999: {koppelingen: [", WEBHOOK, "YAML"),
    ],
)
def test_what_is_not_complete_is_said_in_dutch(tmp_path: Path, file: str, given: dict[str, str], says: str) -> None:
    with pytest.raises(SettingsError) as wrong:
        plan(tmp_path, file, {"T": "token"}, **given)
    assert says in str(wrong.value)
