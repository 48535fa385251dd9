"""Settings from the environment, prefix ``STEUNWIJZER_``. The only reader of ``os.environ`` in the front office.

The table :data:`SETTINGS` is what code, ``.env.example`` and ``docs/instellingen.md`` share; a test compares all three.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
PREFIX = "STEUNWIJZER_"
_MIN_SECRET_LENGTH = 32
_MIN_DIFFERENT = 10
_THIS_DEVICE = frozenset({"127.0.0.1", "localhost", "::1"})


class SettingsError(ValueError):
    """A setting is wrong. The message is Dutch and names it."""


@dataclass(frozen=True)
class Setting:
    """One setting: its name without prefix, default and a Dutch explanation."""

    name: str
    default: str
    explanation: str


SETTINGS = (
    Setting("HOST", "127.0.0.1", "Adres waarop de chat luistert. Achter een proxy: 127.0.0.1 laten staan."),
    Setting("PORT", "8080", "Poort van de chat."),
    Setting("ACTIONS_PORT", "5055", "Poort van de acties, altijd alleen op dit apparaat."),
    Setting("ENGINE_URL", "http://127.0.0.1:5005", "Adres van de machinekamer."),
    Setting("ENGINE_TIMEOUT_SECONDS", "8", "Zo lang wacht de front office op de machinekamer, per poging."),
    Setting("DATABASE_URL", "", "Database (SQLAlchemy-adres, async). Leeg: SQLite in var/."),
    Setting(
        "REDIS_URL",
        "",
        "Redis of Valkey (redis://, rediss:// of unix://), nodig bij meer dan één front office. Leeg: één proces.",
    ),
    Setting(
        "EXPORTS_PATH", "", "Map voor exports van de geschiedenis, die er hoogstens een dag staan. Leeg: var/exports."
    ),
    Setting("DIRECTORY_PATH", "", "Bestand met lokale hulp. Leeg: var/directory.sqlite."),
    Setting(
        "SECRET_KEY",
        "",
        "Geheim van minstens 32 tekens, voor vingerafdrukken en om te verzegelen. Leeg: eenmalig gemaakt in var/secret_key.",
    ),
    Setting(
        "PUBLIC_URL", "", "Het adres zoals inwoners het zien; staat in de OpenAPI-beschrijving. Leeg: zonder adres."
    ),
    Setting(
        "ALLOWED_ORIGINS",
        "",
        "Websites die de chat mogen gebruiken, met komma's ertussen. Leeg: alleen de eigen pagina.",
    ),
    Setting("RETENTION_DAYS", "28", "Na zoveel dagen wordt de tekst van een gesprek gewist; tellingen blijven."),
    Setting("CALLBACK_RETENTION_DAYS", "14", "Na zoveel dagen wordt een terugbelverzoek gewist."),
    Setting(
        "JUDGEMENT_RETENTION_DAYS",
        "180",
        "Na zoveel dagen wordt gewist wat collega's van een antwoord vonden, met de vraag erbij.",
    ),
    Setting("AUDIT_YEARS", "3", "Zo lang, in jaren, blijft staan wie wat deed aan de balie; minstens één jaar."),
    Setting("TOKEN_HOURS", "24", "Zo lang na het laatste bericht blijft een gesprek van de inwoner te openen."),
    Setting(
        "OIDC_ISSUER",
        "",
        "Adres van de aanmelddienst van de organisatie (OpenID Connect), precies zoals die het zelf schrijft. Leeg: alleen eigen accounts.",
    ),
    Setting("OIDC_CLIENT_ID", "", "Onder deze naam is de balie bij de aanmelddienst bekend."),
    Setting("OIDC_CLIENT_SECRET", "", "Geheim van de balie bij de aanmelddienst."),
    Setting(
        "OIDC_ROLES_CLAIM",
        "roles",
        "Waar de rollen in het ID-token staan; punten tussen de stappen, zoals resource_access.steunwijzer.roles.",
    ),
    Setting("OIDC_GEMEENTE", "", "Code van de gemeente voor rollen die zelf geen gemeente noemen, zoals GM9999."),
    Setting(
        "OIDC_ROLE_NAMES",
        "Klantcontactmedewerker=medewerker",
        "Namen die de organisatie aan rollen geeft, met onze naam erachter; komma's ertussen.",
    ),
    Setting(
        "LOG_FORMAT",
        "text",
        "'json' geeft één object per regel, met een regel per verzoek; nooit met wat een inwoner zei.",
    ),
    Setting("RATE_LIMITS", "on", "'off' zet de grenzen per gesprek en per adres uit, voor metingen."),
    Setting("TRUSTED_PROXY", "off", "'on': het adres van de inwoner komt uit X-Forwarded-For van de eigen proxy."),
    Setting(
        "CONNECTORS",
        "",
        "Koppelingen die bericht krijgen, met komma's ertussen: openklant, webhook, email. Leeg: geen.",
    ),
    Setting(
        "CONNECTORS_FILE", "", "Bestand met wat per gemeente anders is. Leeg: content/koppelingen.yml, als dat er is."
    ),
    Setting(
        "CONNECTORS_CLOSED", "off", "'on': ook van elk afgesloten gesprek gaat een samenvatting naar de koppelingen."
    ),
    Setting(
        "CONNECTORS_PRIVATE", "off", "'on': koppelingen mogen naar adressen in het eigen netwerk, ook via een proxy."
    ),
    Setting("WEBHOOK_URL", "", "Webadres dat ondertekende berichten krijgt; https, of http op dit apparaat."),
    Setting("WEBHOOK_SECRET", "", "Geheim van de webhook: 'whsec_' en base64 van minstens 24 bytes."),
    Setting("OPENKLANT_URL", "", "Adres van Open Klant, zonder of met /klantinteracties/api/v1."),
    Setting("OPENKLANT_TOKEN", "", "Token van Open Klant met schrijfrecht."),
    Setting("OPENKLANT_CHANNEL", "Live chat", "Kanaal van het klantcontact, precies zoals de gemeente het schrijft."),
    Setting("OPENKLANT_TEAM", "", "UUID van de actor die de interne taak krijgt."),
    Setting("OPENKLANT_ACTOR", "", "UUID van de actor die de assistent voorstelt. Leeg: zonder."),
    Setting("MAIL_TO", "", "Postbus die e-mail krijgt."),
    Setting("MAIL_FROM", "", "Afzender van de e-mail."),
    Setting(
        "MAIL_PERSONAL",
        "off",
        "'on': naam, telefoonnummer en beltijd staan in de e-mail. 'off': alleen een link naar de balie.",
    ),
    Setting("SMTP_HOST", "", "Mailserver."),
    Setting("SMTP_PORT", "587", "Poort van de mailserver."),
    Setting(
        "SMTP_SECURITY", "starttls", "Beveiliging: starttls, tls, of off (alleen voor een mailserver op dit apparaat)."
    ),
    Setting("SMTP_USER", "", "Naam bij de mailserver. Leeg: zonder aanmelden."),
    Setting("SMTP_PASSWORD", "", "Wachtwoord bij de mailserver."),
    Setting("DEMO", "off", "'on' toont /demo: een verzonnen gemeentesite met de chat. `make start` zet dit aan."),
)


@dataclass(frozen=True)
class Settings:
    """All settings, read and checked."""

    host: str
    port: int
    actions_port: int
    engine_url: str
    engine_timeout_seconds: float
    database_url: str
    redis_url: str
    exports_path: Path
    directory_path: Path
    secret_key: str
    public_url: str
    allowed_origins: tuple[str, ...]
    retention_days: int
    callback_retention_days: int
    judgement_retention_days: int
    audit_years: int
    token_hours: int
    oidc_issuer: str
    oidc_client_id: str
    oidc_client_secret: str
    oidc_roles_claim: str
    oidc_gemeente: str
    oidc_role_names: Mapping[str, str]
    log_format: str
    rate_limits: bool
    trusted_proxy: bool
    connectors: tuple[str, ...]
    connectors_file: str
    connectors_closed: bool
    connectors_private: bool
    webhook_url: str
    webhook_secret: str
    openklant_url: str
    openklant_token: str
    openklant_channel: str
    openklant_team: str
    openklant_actor: str
    mail_to: str
    mail_from: str
    mail_personal: bool
    smtp_host: str
    smtp_port: int
    smtp_security: str
    smtp_user: str
    smtp_password: str
    demo: bool


def load_settings(environment: Mapping[str, str] | None = None, var: Path = VAR) -> Settings:
    """Settings from the environment. Raises :class:`SettingsError` for an unknown name or a value that cannot be."""
    given = os.environ if environment is None else environment
    known = {PREFIX + setting.name for setting in SETTINGS}
    unknown = sorted(name for name in given if name.startswith(PREFIX) and name not in known)
    if unknown:
        raise SettingsError(f"Onbekende instelling: {', '.join(unknown)}. Bekijk docs/instellingen.md.")
    values = {
        setting.name: given.get(PREFIX + setting.name, setting.default) or setting.default for setting in SETTINGS
    }
    return Settings(
        host=values["HOST"],
        port=_number(values, "PORT", 1, 65535),
        actions_port=_number(values, "ACTIONS_PORT", 1, 65535),
        engine_url=values["ENGINE_URL"].rstrip("/"),
        engine_timeout_seconds=float(_number(values, "ENGINE_TIMEOUT_SECONDS", 1, 25)),
        database_url=values["DATABASE_URL"] or f"sqlite+aiosqlite:///{var / 'steunwijzer.sqlite'}",
        redis_url=_redis(values["REDIS_URL"]),
        exports_path=Path(values["EXPORTS_PATH"] or var / "exports"),
        directory_path=Path(values["DIRECTORY_PATH"] or var / "directory.sqlite"),
        secret_key=_secret(values["SECRET_KEY"], var),
        public_url=values["PUBLIC_URL"].rstrip("/"),
        allowed_origins=tuple(item.rstrip("/") for item in _listed(values["ALLOWED_ORIGINS"])),
        retention_days=_number(values, "RETENTION_DAYS", 1, 3650),
        callback_retention_days=_number(values, "CALLBACK_RETENTION_DAYS", 1, 3650),
        judgement_retention_days=_number(values, "JUDGEMENT_RETENTION_DAYS", 1, 3650),
        audit_years=_number(values, "AUDIT_YEARS", 1, 20),
        token_hours=_number(values, "TOKEN_HOURS", 1, 720),
        **_organisation(values),
        log_format=_one_of(values, "LOG_FORMAT", ("text", "json")),
        rate_limits=_switch(values, "RATE_LIMITS"),
        trusted_proxy=_switch(values, "TRUSTED_PROXY"),
        connectors=_listed(values["CONNECTORS"]),
        connectors_file=values["CONNECTORS_FILE"],
        connectors_closed=_switch(values, "CONNECTORS_CLOSED"),
        connectors_private=_switch(values, "CONNECTORS_PRIVATE"),
        webhook_url=values["WEBHOOK_URL"],
        webhook_secret=values["WEBHOOK_SECRET"],
        openklant_url=values["OPENKLANT_URL"],
        openklant_token=values["OPENKLANT_TOKEN"],
        openklant_channel=values["OPENKLANT_CHANNEL"],
        openklant_team=values["OPENKLANT_TEAM"],
        openklant_actor=values["OPENKLANT_ACTOR"],
        mail_to=values["MAIL_TO"],
        mail_from=values["MAIL_FROM"],
        mail_personal=_switch(values, "MAIL_PERSONAL"),
        smtp_host=values["SMTP_HOST"],
        smtp_port=_number(values, "SMTP_PORT", 1, 65535),
        smtp_security=_one_of(values, "SMTP_SECURITY", ("starttls", "tls", "off")),
        smtp_user=values["SMTP_USER"],
        smtp_password=values["SMTP_PASSWORD"],
        demo=_switch(values, "DEMO"),
    )


def secret_of(name: str) -> str:
    """The secret in a variable that a file names, without our prefix; empty when there is none."""
    return os.environ.get(name, "")


def _listed(value: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in value.split(",") if item.strip())


def _number(values: Mapping[str, str], name: str, lowest: int, highest: int) -> int:
    try:
        number = int(values[name])
    except ValueError as error:
        raise SettingsError(f"{PREFIX}{name} moet een getal zijn, niet '{values[name]}'.") from error
    if not lowest <= number <= highest:
        raise SettingsError(f"{PREFIX}{name} moet tussen {lowest} en {highest} liggen, niet {number}.")
    return number


def _organisation(values: Mapping[str, str]) -> dict[str, Any]:
    """The settings of the organisation's provider, which go together."""
    issuer = values["OIDC_ISSUER"]
    if issuer:
        missing = [name for name in ("OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "PUBLIC_URL") if not values[name]]
        if missing:
            raise SettingsError(f"Bij {PREFIX}OIDC_ISSUER hoort ook {', '.join(PREFIX + name for name in missing)}.")
        if not issuer.startswith("https://") and urlsplit(issuer).hostname not in _THIS_DEVICE:
            raise SettingsError(f"{PREFIX}OIDC_ISSUER moet met https:// beginnen.")
    if values["OIDC_GEMEENTE"] and not re.fullmatch(r"GM[0-9]{4}", values["OIDC_GEMEENTE"]):
        raise SettingsError(f"{PREFIX}OIDC_GEMEENTE moet GM en vier cijfers zijn, niet '{values['OIDC_GEMEENTE']}'.")
    pairs = [item.partition("=") for item in values["OIDC_ROLE_NAMES"].split(",") if item.strip()]
    if wrong := [name for name, _, role in pairs if not name.strip() or not role.strip()]:
        raise SettingsError(f"{PREFIX}OIDC_ROLE_NAMES: schrijf 'naam=rol', niet '{wrong[0]}'.")
    return {
        "oidc_issuer": issuer,
        "oidc_client_id": values["OIDC_CLIENT_ID"],
        "oidc_client_secret": values["OIDC_CLIENT_SECRET"],
        "oidc_roles_claim": values["OIDC_ROLES_CLAIM"],
        "oidc_gemeente": values["OIDC_GEMEENTE"],
        "oidc_role_names": {name.strip().casefold(): role.strip() for name, _, role in pairs},
    }


def _one_of(values: Mapping[str, str], name: str, known: tuple[str, ...]) -> str:
    if values[name] not in known:
        raise SettingsError(f"{PREFIX}{name} moet één van {', '.join(known)} zijn, niet '{values[name]}'.")
    return values[name]


def _switch(values: Mapping[str, str], name: str) -> bool:
    if values[name] not in {"on", "off"}:
        raise SettingsError(f"{PREFIX}{name} moet 'on' of 'off' zijn, niet '{values[name]}'.")
    return values[name] == "on"


def _redis(url: str) -> str:
    if url and urlsplit(url).scheme not in {"redis", "rediss", "unix"}:
        raise SettingsError(f"{PREFIX}REDIS_URL moet met redis://, rediss:// of unix:// beginnen.")
    return url


def _secret(given: str, var: Path) -> str:
    """The given secret when it is strong; else one made once and kept readable for this user only."""
    if given:
        return _strong(given, f"{PREFIX}SECRET_KEY")
    path = var / "secret_key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        # Written whole before it gets its name: a half-written secret would be used ever after.
        fresh = path.with_name(f"secret_key.{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48), encoding="utf-8")
        fresh.replace(path)
    return _strong(path.read_text(encoding="utf-8").strip(), str(path))


def _strong(secret: str, place: str) -> str:
    if len(secret) < _MIN_SECRET_LENGTH or len(set(secret)) < _MIN_DIFFERENT:
        raise SettingsError(f"{place} is te zwak: neem minstens {_MIN_SECRET_LENGTH} willekeurige tekens.")
    return secret


def setting_names() -> set[str]:
    """Field names of :class:`Settings`, for the test that compares them with the table."""
    return {field.name.upper() for field in fields(Settings)}
