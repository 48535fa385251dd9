"""Settings are known, documented and checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from steunwijzer.settings import PREFIX, ROOT, SETTINGS, SettingsError, load_settings, setting_names


def test_code_example_and_documentation_name_the_same_settings() -> None:
    names = {setting.name for setting in SETTINGS}
    example = dict(
        line.split("=", 1)
        for line in (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
        if line.startswith(PREFIX)
    )
    page = (ROOT / "docs" / "instellingen.md").read_text(encoding="utf-8")
    assert names == setting_names()
    assert example == {PREFIX + setting.name: setting.default for setting in SETTINGS}
    for setting in SETTINGS:
        default = f"`{setting.default}`" if setting.default else "leeg"
        assert f"| `{PREFIX}{setting.name}` | {default} | {setting.explanation} |" in page


def test_without_any_setting_everything_has_a_value(tmp_path: Path) -> None:
    settings = load_settings({}, tmp_path)
    assert settings.port == 8080
    assert settings.database_url.endswith("steunwijzer.sqlite")
    assert settings.secret_key == load_settings({}, tmp_path).secret_key
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("PORT", "tachtig", "getal"),
        ("PORT", "0", "tussen"),
        ("RETENTION_DAYS", "0", "tussen"),
        ("TRUSTED_PROXY", "ja", "'on' of 'off'"),
        ("SECRET_KEY", "geheim", "zwak"),
        ("SECRET_KEY", "a" * 40, "zwak"),
        ("ENGINE_TIMEOUT_SECONDS", "60", "tussen"),
        ("POORT", "8080", "Onbekende instelling"),
        ("OIDC_ISSUER", "https://inloggen.example", "hoort ook STEUNWIJZER_OIDC_CLIENT_ID"),
        ("OIDC_GEMEENTE", "Voorbeeldstad", "GM en vier cijfers"),
        ("OIDC_ROLE_NAMES", "Medewerker", "naam=rol"),
        ("REDIS_URL", "localhost:6379", "redis://"),
    ],
)
def test_a_wrong_setting_is_named(name: str, value: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=says):
        load_settings({PREFIX + name: value}, tmp_path)


def test_half_a_secret_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("", encoding="utf-8")
    with pytest.raises(SettingsError, match="zwak"):
        load_settings({}, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_a_strong_secret_of_our_own_is_used_and_not_written_down(tmp_path: Path) -> None:
    given = "0123456789abcdef0123456789abcdef"
    assert load_settings({PREFIX + "SECRET_KEY": given}, tmp_path).secret_key == given
    assert not list(tmp_path.iterdir())
