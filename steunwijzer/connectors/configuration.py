"""Reads which connectors there are: from the settings, and from a file for municipalities that differ. What is incomplete stops the start."""

from __future__ import annotations

import base64
import binascii
import re
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec
import yaml

from steunwijzer.clock import Clock
from steunwijzer.connectors.connector import Connector
from steunwijzer.connectors.http import Caller, address_fault, is_loopback
from steunwijzer.connectors.mail import Mail, MailSettings
from steunwijzer.connectors.openklant import OpenKlant, OpenKlantSettings
from steunwijzer.connectors.plan import Plan
from steunwijzer.connectors.webhook import Webhook, WebhookSettings
from steunwijzer.settings import PREFIX, ROOT, Settings, SettingsError, secret_of

STANDARD_FILE = ROOT / "content" / "koppelingen.yml"
_MIN_SECRET_BYTES = 24
_GEMEENTE = re.compile(r"GM[0-9]{4}")
_MAILBOX = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;]+")


class _WebhookChoice(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    url: str = ""
    geheim_uit: str = ""


class _OpenKlantChoice(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    url: str = ""
    token_uit: str = ""
    kanaal: str = ""
    team: str = ""
    assistent: str = ""


class _MailChoice(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    aan: str = ""


class _Choice(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """What one municipality has different from the installation."""

    koppelingen: list[str] | None = None
    openklant: _OpenKlantChoice = _OpenKlantChoice()
    webhook: _WebhookChoice = _WebhookChoice()
    email: _MailChoice = _MailChoice()


Choices = dict[str, _Choice]


def read_plan(settings: Settings, clock: Clock, secret: Callable[[str], str] = secret_of) -> Plan:
    """The connectors of the installation and of municipalities that differ. Raises :class:`SettingsError` with what is missing."""
    maker = _Maker(settings, clock, secret)
    choices = _choices(settings)
    return Plan(
        standard=maker.connectors("", _Choice()),
        own={gemeente: maker.connectors(gemeente, choice) for gemeente, choice in choices.items()},
        closed=settings.connectors_closed,
    )


def _choices(settings: Settings) -> Choices:
    path = Path(settings.connectors_file) if settings.connectors_file else STANDARD_FILE
    if not settings.connectors_file and not path.exists():
        return {}
    try:
        given: Any = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        choices = msgspec.convert(given, Choices)
    except OSError as error:
        raise SettingsError(f"{path}: niet te lezen.") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: geen geldige YAML.") from error
    except msgspec.ValidationError as error:
        where = str(error).rpartition("`")[0].rpartition("`")[2]
        raise SettingsError(f"{path}: {where or 'de opbouw'} klopt niet. Bekijk docs/koppelingen.md.") from error
    for code in choices:
        if not _GEMEENTE.fullmatch(code):
            raise SettingsError(f"{path}: '{code}' is geen gemeentecode, zoals GM0363.")
    return choices


class _Maker:
    """Makes connectors of settings, and says in Dutch which setting is missing."""

    def __init__(self, settings: Settings, clock: Clock, secret: Callable[[str], str]) -> None:
        self._settings, self._clock, self._secret = settings, clock, secret

    def connectors(self, gemeente: str, choice: _Choice) -> dict[str, Connector]:
        """By name, in the order they were named."""
        names = self._settings.connectors if choice.koppelingen is None else tuple(choice.koppelingen)
        makers: Mapping[str, Callable[[str, _Choice], Connector]] = {
            "openklant": self._openklant, "webhook": self._webhook, "email": self._mail,
        }  # fmt: skip
        for name in names:
            if name not in makers:
                raise SettingsError(f"'{name}' is geen koppeling{_of(gemeente)}. Kies uit {', '.join(makers)}.")
        return {name: makers[name](gemeente, choice) for name in names}

    def _openklant(self, gemeente: str, choice: _Choice) -> Connector:
        own, settings = choice.openklant, self._settings
        place = _address(own.url or settings.openklant_url, "OPENKLANT_URL", gemeente)
        token = self._secret_for(own.url, own.token_uit, settings.openklant_token, "OPENKLANT_TOKEN", gemeente)
        # An actor of one Open Klant is nobody in another.
        team = own.team or ("" if own.url else settings.openklant_team)
        actor = own.assistent or ("" if own.url else settings.openklant_actor)
        chosen = OpenKlantSettings(
            place, token, own.kanaal or settings.openklant_channel, _uuid(team, "OPENKLANT_TEAM", gemeente),
            _uuid(actor, "OPENKLANT_ACTOR", gemeente) if actor else "",
        )  # fmt: skip
        return OpenKlant(chosen, self._caller(), self._clock, settings.public_url)

    def _mail(self, gemeente: str, choice: _Choice) -> Connector:
        settings = self._settings
        host = _needed(settings.smtp_host, "SMTP_HOST", gemeente)
        if settings.smtp_security == "off" and not is_loopback(f"smtp://{host}"):
            raise SettingsError(f"{PREFIX}SMTP_SECURITY mag alleen 'off' zijn voor een mailserver op dit apparaat.")
        if not settings.mail_personal and not settings.public_url:
            raise SettingsError(
                f"E-mail zonder naam en nummer heeft een link nodig: vul {PREFIX}PUBLIC_URL in, of zet {PREFIX}MAIL_PERSONAL op 'on'."
            )
        chosen = MailSettings(
            to=_mailbox(choice.email.aan or settings.mail_to, "MAIL_TO", gemeente),
            sender=_mailbox(settings.mail_from, "MAIL_FROM", gemeente),
            host=host, port=settings.smtp_port, security=settings.smtp_security, user=settings.smtp_user,
            password=settings.smtp_password, personal=settings.mail_personal,
        )  # fmt: skip
        return Mail(chosen, settings.public_url)

    def _webhook(self, gemeente: str, choice: _Choice) -> Connector:
        own, settings = choice.webhook, self._settings
        place = _address(own.url or settings.webhook_url, "WEBHOOK_URL", gemeente)
        secret = self._secret_for(own.url, own.geheim_uit, settings.webhook_secret, "WEBHOOK_SECRET", gemeente)
        _must_be_strong(secret, gemeente)
        return Webhook(WebhookSettings(place, secret), self._caller(), self._clock, settings.public_url)

    def _caller(self) -> Caller:
        return Caller(self._settings.connectors_private)

    def _secret_for(self, own_url: str, name: str, standard: str, setting: str, gemeente: str) -> str:
        """The secret of this municipality; the installation's own never goes to another address."""
        if name:
            value = self._secret(name)
            if not value:
                raise SettingsError(f"De omgevingsvariabele {name}{_of(gemeente)} is leeg of ontbreekt.")
            return value
        if own_url:
            raise SettingsError(f"Een eigen adres{_of(gemeente)} vraagt ook om een eigen geheim. Noem de variabele.")
        return _needed(standard, setting, gemeente)


def _of(gemeente: str) -> str:
    return f" van {gemeente}" if gemeente else ""


def _needed(value: str, setting: str, gemeente: str) -> str:
    if not value:
        raise SettingsError(f"De koppelingen{_of(gemeente)} zijn niet af: {PREFIX}{setting} is leeg.")
    return value


def _address(url: str, setting: str, gemeente: str) -> str:
    fault = address_fault(_needed(url, setting, gemeente))
    if fault:
        raise SettingsError(f"{PREFIX}{setting}{_of(gemeente)} {fault}.")
    return url.rstrip("/")


def _uuid(value: str, setting: str, gemeente: str) -> str:
    needed = _needed(value, setting, gemeente)
    try:
        return str(uuid.UUID(needed))
    except ValueError as error:
        raise SettingsError(f"{PREFIX}{setting}{_of(gemeente)} moet een UUID zijn.") from error


def _mailbox(value: str, setting: str, gemeente: str) -> str:
    if not _MAILBOX.fullmatch(_needed(value, setting, gemeente)):
        raise SettingsError(f"{PREFIX}{setting}{_of(gemeente)} moet één e-mailadres zijn.")
    return value


def _must_be_strong(secret: str, gemeente: str) -> None:
    try:
        length = len(base64.b64decode(secret.removeprefix("whsec_") + "==", validate=False))
    except (binascii.Error, ValueError):
        length = 0
    if length < _MIN_SECRET_BYTES:
        raise SettingsError(
            f"{PREFIX}WEBHOOK_SECRET{_of(gemeente)} moet 'whsec_' zijn met daarachter base64 van minstens {_MIN_SECRET_BYTES} bytes."
        )
