"""What each municipality has filled in of its profile (``content/gemeenten``), what is wrong and what still lacks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from bot.content.facts import NATIONAL
from bot.yamlsource import line_of, load
from steunwijzer.directory.opening import Hours

SCHEMA_FILE = "profiel.schema.json"
_CODE = re.compile(r"GM\d{4}", re.ASCII)
# About the profile itself; not something a resident is told.
_ABOUT = frozenset({"gemeente", "verzonnen", "ook_bekend_als", "websites", "bron", "gecontroleerd_op"})
# Not words for a text but how the desk works; a municipality that has no desk leaves them out.
HOURS, CALLBACK_DAYS = "chat_bemensing", "terugbellen_werkdagen"
_DESK = frozenset({HOURS, CALLBACK_DAYS})
CHECK_AGAIN_AFTER = timedelta(days=365)


@dataclass(frozen=True)
class Field:
    """One field of a profile: its name in texts, its title, what to fill in, and what residents read without it."""

    name: str
    title: str
    description: str
    national: str


@dataclass(frozen=True)
class Profile:
    """One municipality. ``missing``: fields for which residents read the national words.

    ``hours``: when staff answer in the chat, None when nothing was filled in; ``callback_days``: working days within which a
    call-back is promised, None when nothing is promised.
    """

    code: str
    name: str
    filled: Mapping[str, str]
    missing: tuple[Field, ...]
    checked_on: str
    invented: bool
    websites: tuple[str, ...] = ()
    hours: Hours | None = None
    callback_days: int | None = None

    def is_stale(self, today: date) -> bool:
        """Whether somebody should look at all of it again."""
        return date.fromisoformat(self.checked_on) + CHECK_AGAIN_AFTER < today


@dataclass(frozen=True)
class Problem:
    """Something wrong in a profile, in Dutch."""

    file: str
    line: int
    message: str
    remedy: str


def fields(content: Path) -> tuple[Field, ...]:
    """The fields a municipality fills in, in the order of the schema."""
    national = load(_folder(content) / f"{NATIONAL}.yml") or {}
    return tuple(
        Field(name, about["title"], about["description"], str(national.get(name, "")))
        for name, about in _schema(content)["properties"].items()
        if name not in _ABOUT | _DESK
    )


def profiles(content: Path) -> list[Profile]:
    """Every profile, by name."""
    known = fields(content)
    found = [_profile(path.stem, load(path) or {}, known) for path in _files(content)]
    return sorted(found, key=lambda profile: profile.name)


def profile(content: Path, code: str) -> Profile | None:
    """The profile of one municipality; None when it has none, or when ``code`` is no code."""
    path = _folder(content) / f"{code}.yml"
    return _profile(code, load(path) or {}, fields(content)) if _CODE.fullmatch(code) and path.exists() else None


def desk_profile(content: Path, code: str) -> Profile | None:
    """As :func:`profile`, remembered until the file changes: asked at every turn."""
    path = _folder(content) / f"{code}.yml"
    return _remembered(content, code, path.stat().st_mtime_ns) if _CODE.fullmatch(code) and path.exists() else None


@lru_cache(maxsize=400)
def _remembered(content: Path, code: str, changed: int) -> Profile | None:
    return profile(content, code)


def other_names(content: Path) -> dict[str, str]:
    """How residents call a municipality's counter or team too, with the municipality's code."""
    return {str(name): path.stem for path in _files(content) for name in (load(path) or {}).get("ook_bekend_als") or []}


def problems(content: Path) -> Iterator[Problem]:
    """Profiles that do not fit the schema, and fields without national words."""
    validator = Draft202012Validator(_schema(content))
    for path in _files(content):
        profile = load(path) or {}
        for error in sorted(validator.iter_errors(profile), key=str):
            yield _explain(path.name, profile, error)
        if profile.get(HOURS) and _hours(profile) is None:
            yield Problem(
                path.name,
                line_of(profile, HOURS),
                f"'{HOURS}' heeft een tijd of dag die niet bestaat, of een einde vóór het begin.",
                'Schrijf tijden als "09:00-17:00" en dagen als "2026-12-24".',
            )
        if profile.get("gemeente") != path.stem:
            yield Problem(
                path.name,
                line_of(profile, "gemeente"),
                f"'gemeente' is {profile.get('gemeente')!r}, maar het bestand heet {path.stem}.",
                "Maak die twee gelijk.",
            )
    for field in fields(content):
        if not field.national:
            yield Problem(
                f"{NATIONAL}.yml",
                1,
                f"er zijn geen landelijke woorden voor '{field.name}'.",
                "Schrijf wat een inwoner leest als een gemeente dit niet invult.",
            )


def _profile(code: str, given: Mapping[str, Any], known: tuple[Field, ...]) -> Profile:
    filled = {field.name: str(given[field.name]) for field in known if given.get(field.name)}
    missing = tuple(field for field in known if field.name not in filled)
    return Profile(
        code,
        str(given.get("naam", code)),
        filled,
        missing,
        str(given.get("gecontroleerd_op", "")),
        bool(given.get("verzonnen")),
        tuple(map(str, given.get("websites") or ())),
        _hours(given),
        given.get(CALLBACK_DAYS),
    )


def _hours(given: Mapping[str, Any]) -> Hours | None:
    """Hours that cannot be read count as none: :func:`problems` names them, and nobody is promised anything."""
    try:
        return Hours.read(given.get(HOURS))
    except (ValueError, TypeError, AttributeError):
        return None


def _explain(file: str, profile: Mapping[str, Any], error: Any) -> Problem:
    name = str(error.absolute_path[0]) if error.absolute_path else ""
    line = line_of(profile, name) if name else 1
    if error.validator == "required":
        missing = error.message.split("'")[1]
        return Problem(file, line, f"'{missing}' ontbreekt.", "Vul het in.")
    if error.validator == "additionalProperties":
        unknown = error.message.split("'")[1]
        return Problem(
            file, line_of(profile, unknown), f"'{unknown}' is geen veld van een profiel.", f"Kies uit {SCHEMA_FILE}."
        )
    about = error.schema.get("description", "")
    return Problem(file, line, f"'{name}' heeft niet de goede vorm: {error.instance!r}.", f"Bedoeld is: {about}.")


def _folder(content: Path) -> Path:
    return content / "gemeenten"


def _files(content: Path) -> list[Path]:
    return [path for path in sorted(_folder(content).glob("*.yml")) if not path.name.startswith("_")]


def _schema(content: Path) -> dict[str, Any]:
    path = _folder(content) / SCHEMA_FILE
    return _read_schema(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _read_schema(path: Path, changed: int) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return schema
